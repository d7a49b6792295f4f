"""The ontology states terms of ours and no others, each whole; the graph uses no term that is not stated."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
import rdflib
from rdflib import DCAT, DCTERMS, OWL, RDF, RDFS, VOID

import cagraph
from cagraph.answers import coverage, lookup
from cagraph.curated import canonical, vocabulary
from cagraph.curated.reader import Reader
from cagraph.curated.tables import read_table
from cagraph.iris import CA, ID, iri
from cagraph.store import Store

ROOT = Path(__file__).parents[1]
IRI = rdflib.URIRef("https://w3id.org/cagraph/ontology")
TERMS = rdflib.Graph().parse(ROOT / "ontology/cagraph.ttl", publicID=str(IRI))
SCHEMES = rdflib.Graph().parse(ROOT / "ontology/concepts.ttl").parse(ROOT / "ontology/lawtime.ttl")
DATASET = rdflib.Graph().parse(ROOT / "ontology/dataset.ttl")


@pytest.fixture(scope="module")
def vocabulary_() -> vocabulary.Vocabulary:
    return vocabulary.load(ROOT / "ontology")


def test_the_ontology_states_only_terms_of_ours_and_each_whole() -> None:
    for term in set(TERMS.subjects()) - {IRI}:
        assert str(term).startswith(CA), term
        assert (term, RDFS.isDefinedBy, IRI) in TERMS, term
        assert TERMS.value(term, RDFS.label), term
        assert TERMS.value(term, RDFS.comment), term
    schemes = {term for term in SCHEMES.subjects() if str(term).startswith(CA)} - set(TERMS.subjects())
    assert all((scheme, RDFS.isDefinedBy, IRI) in SCHEMES for scheme in schemes)


def test_ontology_and_profile_agree_on_what_leads_to_a_thing(vocabulary_: vocabulary.Vocabulary) -> None:
    for term in vocabulary_.terms.values():
        if term.iri.startswith(CA):
            kind = OWL.ObjectProperty if term.is_relation else OWL.DatatypeProperty
            assert (rdflib.URIRef(term.iri), RDF.type, kind) in TERMS, term.name


def test_a_range_in_the_ontology_is_that_of_the_profile(vocabulary_: vocabulary.Vocabulary) -> None:
    for term in vocabulary_.terms.values():
        stated = {str(one) for one in TERMS.objects(rdflib.URIRef(term.iri), RDFS.range)}
        held = {CA + name for name in term.ranges} or {term.datatype}
        assert not stated or stated == held, term.name


def test_the_graph_uses_no_term_of_ours_that_is_not_stated(graph: Store) -> None:
    used = "SELECT DISTINCT ?term { { ?s ?term ?o } UNION { ?s a ?term } FILTER(STRSTARTS(STR(?term), STR(ca:))) }"
    terms = {rdflib.URIRef(iri(str(term))) for term in graph.select(used)["term"]}
    assert len(terms) > 80
    assert terms <= set(TERMS.subjects())


def test_the_store_holds_no_node_without_a_name(graph: Store) -> None:
    """A blank node is called otherwise at each build: two exports would differ."""
    assert not graph.select("SELECT ?s { ?s ?p ?o FILTER(ISBLANK(?s) || ISBLANK(?o)) } LIMIT 1").rows


def test_an_actor_is_shown_as_what_it_is(graph: Store) -> None:
    """Its class is what parties have in common, and no kind of thing."""
    assert [lookup.find(graph, name).kind for name in ("tj", "iom")] == ["Country", "InternationalOrganization"]
    assert "Actor" not in {str(row["kind"]) for row in coverage.counts(graph).dicts()}
    actors = "SELECT (COUNT(*) AS ?n) { ?party a ca:Actor MINUS { ?party a ?kind FILTER(?kind IN (ca:Body, ca:Country, ca:Region)) } }"
    assert graph.select(actors).rows == [(0,)]
    assert not graph.select("SELECT ?p { ?a a ca:Agreement ; ca:party ?p MINUS { ?p a ca:Actor } }").rows


def test_whom_a_source_names_is_a_thing_or_a_name(graph: Store) -> None:
    kinds = "SELECT DISTINCT ?p (ISIRI(?who) AS ?thing) { VALUES ?p { ca:accordingTo ca:accordingToName } ?e ?p ?who }"
    assert sorted(graph.select(kinds).rows) == [("ca:accordingTo", True), ("ca:accordingToName", False)]


def test_the_data_set_describes_itself(graph: Store) -> None:
    node = rdflib.URIRef(ID + "cagraph")
    citation = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    assert str(DATASET.value(node, DCTERMS.title)) == re.findall('title: "(.+)"', citation)[0]
    assert str(DATASET.value(node, DCTERMS.issued)) == re.findall('date-released: "(.+)"', citation)[0]
    assert {str(word) for word in DATASET.objects(node, DCAT.keyword)} == set(
        re.findall("^  - (?!name)(.+)", citation, re.MULTILINE)
    )
    titles = " ".join(str(DATASET.value(one, DCTERMS.title)) for one in DATASET.objects(node, DCAT.distribution))
    for file in re.findall(r"[\w.]+\.(?:ttl|csv|graphml)", titles):
        assert (ROOT / "exports" / file).is_file(), file
    for example in DATASET.objects(node, VOID.exampleResource):
        assert lookup.find(graph, str(example).removeprefix(ID))


def test_the_counts_of_the_data_set_are_those_of_the_graph(graph: Store) -> None:
    said = "SELECT ?kind ?n { id:cagraph void:classPartition ?part . ?part void:class ?kind ; void:entities ?n }"
    found = "SELECT ?kind (COUNT(DISTINCT ?id) AS ?n) { id:cagraph void:classPartition/void:class ?kind . ?id a ?kind } GROUP BY ?kind"
    assert sorted(graph.select(said).rows) == sorted(graph.select(found).rows)
    assert len(graph.select(said).rows) > 12


@pytest.mark.parametrize("name", ["cagraph.ttl", "profile.ttl"])
def test_ontology_and_profile_have_the_version_of_the_software(name: str) -> None:
    found = rdflib.Graph().parse(ROOT / "ontology" / name, publicID=str(IRI))
    (subject,) = found.subjects(RDF.type, OWL.Ontology)
    assert str(found.value(subject, OWL.versionInfo)) == cagraph.__version__
    assert found.value(subject, OWL.versionIRI) == rdflib.URIRef(f"{subject}/{cagraph.__version__}")


FIELD = """
cap:least a sh:PropertyShape ; sh:path ca:least ; sh:order 261 ; sh:name "least"@en ; sh:datatype xsd:decimal ; sh:maxCount 1 ;
  sh:message "A figure has one least."@en .
cap:place_of a sh:PropertyShape ; sh:path ca:placeOf ; sh:order 261.5 ; sh:name "place of"@en ; sh:class ca:Actor ; sh:message "A place is an actor."@en .
cap:guess a sh:PropertyShape ; sh:path ca:guess ; sh:order 261.7 ; sh:name "guess"@en ; sh:in ( "yes" ) ; sh:message "A guess is one."@en .
cap:FigureShape sh:property cap:least, cap:place_of, cap:guess .
"""
FIGURE = '[[evidence.figure]]\nindicator = "labour-quota"\nleast = {least}\nplace_of = ["{place_of}"]\nguess = "{guess}"\nvalue = 5\n'


def test_a_shape_is_all_that_a_field_needs(tmp_path: Path) -> None:
    """Reader and canonical order follow the profile; no list of fields stands elsewhere."""
    shutil.copytree(ROOT / "ontology", tmp_path / "ontology")
    with (tmp_path / "ontology/profile.ttl").open("a", encoding="utf-8") as profile:
        profile.write(FIELD)
    terms = vocabulary.load(tmp_path / "ontology")
    path = tmp_path / "kz-x.toml"

    def faults(**values: object) -> list[str]:
        path.write_text(
            f'id = "kz-x"\nkind = "Law"\nlabel = "X"\n[[evidence]]\n{FIGURE.format(**values)}', encoding="utf-8"
        )
        reader = Reader(path, "kz-x", terms, ({"kz": "Country", "act": "Law"}, {}))
        reader.thing(read_table(path))
        return [fault.problem for fault in reader.faults]

    sound = {"least": 3000, "place_of": "kz", "guess": "yes"}
    known = faults(**sound)
    assert not {"least holds 'few'", "'act' is a Law", "'no' is not in guess"} & set(known)
    for wrong, says in (
        ({"least": '"few"'}, "least holds 'few'"),
        ({"place_of": "act"}, "'act' is a Law"),
        ({"guess": "no"}, "'no' is not in guess"),
    ):
        assert set(faults(**sound | wrong)) - set(known) == {says}
    faults(**sound)
    order = re.findall(r"(\w+) = ", canonical.dump(read_table(path), terms))
    assert order[-5:] == ["indicator", "least", "place_of", "guess", "value"]
