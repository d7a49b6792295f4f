"""SHACL: the whole graph meets the profile, and each promise of the profile has a record that breaks it."""

from __future__ import annotations

from pathlib import Path

import pyshacl
import pytest
import rdflib
from pyoxigraph import RdfFormat, serialize
from rdflib import RDF, SH
from rdflib.collection import Collection
from rdflib.term import Node

from cagraph.curated import vocabulary
from cagraph.iris import CA, CAP, ID, PREFIXES
from cagraph.kinds import KINDS
from cagraph.store import Store
from cagraph.store.embedded import Embedded

ONTOLOGY = Path(__file__).parents[1] / "ontology"
HEAD = "\n".join(f"@prefix {name}: <{base}> ." for name, base in PREFIXES.items())
PROFILE = rdflib.Graph().parse(ONTOLOGY / "profile.ttl")
FIELDS = [rdflib.URIRef(str(shape)) for shape in PROFILE.subjects(RDF.type, SH.PropertyShape)]
XSD_STRING = rdflib.XSD.string

BAD = {
    "A thing has one label.": "id:x a ca:Instrument .",
    "An official number is a string.": 'id:x a ca:Instrument ; rdfs:label "x" ; eli:number 7 .',
    "A form is a concept of the scheme ca:forms.": 'id:x a ca:Instrument ; rdfs:label "x" ; ca:form id:topic-visas .',
    "A topic is a concept of the scheme ca:topics.": 'id:x a ca:Instrument ; rdfs:label "x" ; ca:topic id:form-law .',
    "A bilateral agreement has two parties.": "id:x a ca:BilateralAgreement ; ca:party id:tj . id:tj a ca:Country .",
    "A party is a country, a region or a body.": "id:x a ca:Agreement ; ca:party id:y . id:y a ca:Law .",
    "A law, decree or agency has a jurisdiction that is a country.": "id:x a ca:Agency .",
    "An action is on one thing.": "id:x a ca:Action ; ca:actionOn id:a, id:b .",
    "An action has one type of the scheme ca:actionTypes.": "id:x a ca:Action ; ca:actionOn id:a ; ca:actionType id:form-law .",
    "A date is EDTF.": 'id:x a ca:Action ; ca:actionOn id:a ; ca:date "21 May 2021" .',
    "The earliest day does not come after the latest.": 'id:x a ca:Action ; ca:earliest "2021-02-01"^^xsd:date ; ca:latest "2021-01-01"^^xsd:date .',
    "A figure is of one thing.": "id:x a ca:Figure ; ca:value 1.0 .",
    "A figure has a value or a bound.": "id:x a ca:Figure ; ca:figureOf id:a .",
    "Evidence has one source.": "id:x a ca:Evidence .",
    "Evidence has one position.": "id:x a ca:Evidence .",
    "Evidence has one SHA-256 fingerprint.": 'id:x a ca:Evidence ; spdx:checksum [ spdx:checksumValue "abc" ] .',
    "A source has a title.": "id:x a ca:Source .",
    "A source has a date.": "id:x a ca:Source .",
    "A source has the checksum of its file.": "id:x a ca:Source .",
    "A country has its ISO 3166-1 alpha-2 code.": 'id:x a ca:Country ; rdfs:label "x" ; skos:notation "tjk" .',
}  # fmt: skip
"""Message -> a record that breaks the shape; beside the fields, each of which is broken below."""


def constraints(field: Node) -> set[str]:
    """Return the constraints of a field, as the names of the properties that state them."""
    kinds = (
        "datatype",
        "class",
        "or",
        "node",
        "nodeKind",
        "in",
        "pattern",
        "lessThanOrEquals",
        "minCount",
        "maxCount",
        "maxLength",
    )
    return {kind for kind in kinds if (field, SH[kind], None) in PROFILE}


CASES = [(field, kind) for field in FIELDS for kind in sorted(constraints(field))]


def record(field: Node, kind: str, subject: rdflib.URIRef) -> rdflib.Graph:
    """Return a thing that breaks one constraint of one field."""
    graph = rdflib.Graph()
    shape = next(shape for shape in PROFILE.subjects(SH.property, field) if (shape, SH.targetClass, None) in PROFILE)
    graph.add((subject, RDF.type, min(PROFILE.objects(shape, SH.targetClass), key=str)))
    path = PROFILE.value(field, SH.path, any=False)
    assert path is not None
    *way, last = Collection(PROFILE, path) if (path, RDF.first, None) in PROFILE else [path]
    node: Node = subject
    for step in way:
        inner = rdflib.BNode()
        graph.add((node, step, inner))
        node = inner
    for value in wrong(field, kind):
        graph.add((node, last, value))
    for later in PROFILE.objects(field, SH.lessThanOrEquals):
        graph.add((node, later, rdflib.Literal("2020-01-01", datatype=rdflib.XSD.date)))
    return graph


def wrong(field: Node, kind: str) -> list[Node]:
    """Return values that break a constraint; none where a value is what is wanted."""
    if kind == "minCount":
        return []
    if kind == "maxCount":
        return [rdflib.Literal("one"), rdflib.Literal("two")]
    if kind == "maxLength":
        return [rdflib.Literal("long" * 100)]
    if kind in {"nodeKind", "in", "pattern"}:
        return [rdflib.Literal("neither")] if (field, SH.path, RDF.type) not in PROFILE else [rdflib.BNode()]
    if kind == "lessThanOrEquals":
        return [rdflib.Literal("2021-01-01", datatype=rdflib.XSD.date)]
    is_word = (field, SH.datatype, XSD_STRING) in PROFILE or (field, SH.node, None) in PROFILE
    return [rdflib.Literal(7) if is_word else rdflib.Literal("word"), rdflib.URIRef(f"{ID}nothing")]


def subject_of(field: Node, kind: str) -> rdflib.URIRef:
    return rdflib.URIRef(f"{ID}bad-{str(field).removeprefix(CAP)}-{kind}")


@pytest.fixture(scope="module")
def broken() -> set[tuple[str, ...]]:
    """Return what one validation of all bad records finds: subject, shape, constraint, message.

    The profile itself is held against the shapes of SHACL on the way.
    """
    graph = sum((record(*case, subject_of(*case)) for case in CASES), rdflib.Graph())
    _, results, _ = pyshacl.validate(graph, shacl_graph=PROFILE, meta_shacl=True)
    names = (SH.focusNode, SH.sourceShape, SH.sourceConstraintComponent, SH.resultMessage)
    return {
        tuple(str(results.value(result, name)) for name in names)
        for result in results.subjects(RDF.type, SH.ValidationResult)
    }


@pytest.mark.parametrize(("field", "kind"), CASES, ids=lambda part: str(part).removeprefix(CAP))
def test_a_bad_value_breaks_its_field(broken: set[tuple[str, ...]], field: Node, kind: str) -> None:
    component = f"{SH}{kind[0].upper()}{kind[1:]}ConstraintComponent"
    message = str(PROFILE.value(field, SH.message))
    assert (str(subject_of(field, kind)), str(field), component, message) in broken


def test_every_field_promises_something_and_says_what_it_is() -> None:
    ours = rdflib.Graph().parse(ONTOLOGY / "cagraph.ttl")
    for field in FIELDS:
        assert constraints(field), field
        assert all(PROFILE.value(field, SH[name]) for name in ("name", "order", "message")), field
        assert (None, SH.property, field) in PROFILE, f"{field} is in the list of no class"
        path = PROFILE.value(field, SH.path)
        stated = (path, rdflib.RDFS.comment, None) in ours or isinstance(path, rdflib.BNode)
        assert stated or PROFILE.value(field, SH.description), f"{field} is not described"


def test_every_other_promise_has_a_bad_record() -> None:
    fields = {str(PROFILE.value(field, SH.message)) for field in FIELDS}
    messages = {str(message) for message in PROFILE.objects(None, SH.message)}
    assert messages - fields <= set(BAD) <= messages


@pytest.mark.parametrize("message", BAD)
def test_a_bad_record_breaks_its_shape(message: str) -> None:
    graph = rdflib.Graph().parse(data=f"{HEAD}\n{BAD[message]}", format="turtle")
    conforms, _, text = pyshacl.validate(graph, shacl_graph=PROFILE)
    assert not conforms
    assert message in text


def test_the_profile_speaks_of_every_kind_and_of_no_unknown_class() -> None:
    kinds = vocabulary.load(ONTOLOGY).kinds
    targets = {str(target).removeprefix(CA) for target in PROFILE.objects(None, SH.targetClass)}
    assert targets <= set(kinds)
    assert all(kinds[kind.name] & targets for kind in KINDS)


def test_no_two_fields_have_one_place_in_the_order() -> None:
    """Two fields with one number would stand now so, now so."""
    order = [PROFILE.value(field, SH.order) for field in FIELDS]
    assert len(set(order)) == len(order)


def test_the_whole_graph_meets_the_shapes(graph: Store) -> None:
    assert isinstance(graph, Embedded)
    triples = serialize({quad.triple for quad in graph.quads()}, format=RdfFormat.N_TRIPLES)
    found = rdflib.Graph().parse(data=triples, format="nt")
    conforms, _, text = pyshacl.validate(found, shacl_graph=PROFILE)
    assert conforms, text[:4000]
