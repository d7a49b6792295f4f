"""SHACL: the whole graph meets the shapes, and each shape has a record that breaks it."""

from __future__ import annotations

from pathlib import Path

import pyshacl
import pytest
import rdflib
from pyoxigraph import RdfFormat, serialize

from cagraph.iris import PREFIXES
from cagraph.store import Store
from cagraph.store.embedded import Embedded

SHAPES = Path(__file__).parents[1] / "ontology" / "shapes.ttl"
HEAD = "\n".join(f"@prefix {name}: <{base}> ." for name, base in PREFIXES.items())

BAD = {
    "An instrument has one label.": "id:x a ca:Instrument .",
    "An official number is a string.": 'id:x a ca:Instrument ; rdfs:label "x" ; eli:number 7 .',
    "A form is a concept of the scheme ca:forms.": 'id:x a ca:Instrument ; rdfs:label "x" ; ca:form id:topic-visas .',
    "A topic is a concept of the scheme ca:topics.": 'id:x a ca:Instrument ; rdfs:label "x" ; ca:topic id:form-law .',
    "A bilateral agreement has two parties.": "id:x a ca:BilateralAgreement ; ca:party id:tj . id:tj a ca:Country .",
    "A party is a country, a region or a body.": "id:x ca:party id:y . id:y a ca:Law .",
    "A law, decree or agency has a jurisdiction that is a country.": "id:x a ca:Agency .",
    "An action is on one thing.": "id:x a ca:Action ; ca:actionOn id:a, id:b .",
    "An action has one type of the scheme ca:actionTypes.": "id:x a ca:Action ; ca:actionOn id:a ; ca:actionType id:form-law .",
    "A date is EDTF.": 'id:x a ca:Action ; ca:actionOn id:a ; ca:date "21 May 2021" .',
    "The earliest day does not come after the latest.": 'id:x a ca:Action ; ca:earliest "2021-02-01"^^xsd:date ; ca:latest "2021-01-01"^^xsd:date .',
    "A figure is of one thing.": "id:x a ca:Figure ; ca:value 1.0 .",
    "A figure has one decimal value.": 'id:x a ca:Figure ; ca:figureOf id:a ; ca:value "many" .',
    "Evidence has one source.": "id:x a ca:Evidence .",
    "Evidence has one position.": "id:x a ca:Evidence .",
    "Evidence has one SHA-256 fingerprint.": 'id:x a ca:Evidence ; spdx:checksum [ spdx:checksumValue "abc" ] .',
    "A source has a title.": "id:x a ca:Source .",
    "A source has a date.": "id:x a ca:Source .",
    "A source has the checksum of its file.": "id:x a ca:Source .",
    "A country has its ISO 3166-1 alpha-2 code.": 'id:x a ca:Country ; rdfs:label "x" ; skos:notation "tjk" .',
    "A country has one label.": 'id:x a ca:Country ; skos:notation "TJ" .',
}  # fmt: skip


def shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(SHAPES)


def test_every_shape_has_a_record_that_breaks_it() -> None:
    messages = {str(m) for m in shapes().objects(None, rdflib.URIRef("http://www.w3.org/ns/shacl#message"))}
    assert set(BAD) == messages


@pytest.mark.parametrize("message", BAD)
def test_a_bad_record_breaks_its_shape(message: str) -> None:
    graph = rdflib.Graph().parse(data=f"{HEAD}\n{BAD[message]}", format="turtle")
    conforms, _, text = pyshacl.validate(graph, shacl_graph=shapes())
    assert not conforms
    assert message in text


def test_the_whole_graph_meets_the_shapes(graph: Store) -> None:
    assert isinstance(graph, Embedded)
    triples = serialize({quad.triple for quad in graph.quads()}, format=RdfFormat.N_TRIPLES)
    found = rdflib.Graph().parse(data=triples, format="nt")
    conforms, _, text = pyshacl.validate(found, shacl_graph=shapes())
    assert conforms, text[:4000]
