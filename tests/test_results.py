"""The W3C formats for results: what other people's readers make of them, whoever is asked."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
import rdflib
from click.testing import CliRunner, Result
from rdflib.query import Result as Found

from cagraph import cli, formats
from cagraph.api import Cagraph
from cagraph.errors import CagraphError, StoreFault, UsageFault
from cagraph.store import Store
from cagraph.store.embedded import Embedded
from cagraph.store.remote import Remote

READERS = {"sparql-json": "json", "sparql-xml": "xml", "sparql-tsv": "tsv", "sparql-csv": "csv"}
QUESTION = """SELECT ?thing ?label ?number ?flag ?nothing ?blank WHERE {
  VALUES (?thing ?label ?number ?flag) {
    (id:tj "Таджикистан"@ru 12345678901234567.89 true)
    (<http://example.org/a> "a \\"quoted\\" \\t tab, comma"  0.1 false)
    (ca:party "two\\r\\nlines" "7"^^xsd:integer true)
    (id:uz "" "2.5e0"^^xsd:double true)
  } BIND(BNODE() AS ?blank) }"""
STEERING = "".join(
    map(chr, (*range(9), *range(11, 32), *range(127, 160), 0x2028, *range(0x202A, 0x202F), 0x2066, 0xFFFE))
)


def run(*args: str) -> Result:
    return CliRunner().invoke(cli.main, ["query", *args])


def terms(format_: str, text: str) -> list[dict[str, Any]]:
    """Return what rdflib reads; blank nodes, whose names mean nothing, as one word."""
    found = Found.parse(io.BytesIO(text.encode()), format=READERS[format_])
    assert found.bindings is not None
    return [
        {str(name): "blank" if isinstance(term, rdflib.BNode) else term for name, term in row.items()}
        for row in found.bindings
    ]


@pytest.fixture(scope="module")
def exact(graph: Store) -> list[dict[str, Any]]:
    """Return the terms as the engine holds them."""
    return terms("sparql-json", graph.results(QUESTION, "sparql-json"))


@pytest.mark.parametrize("format_", ["sparql-json", "sparql-xml", "sparql-tsv"])
def test_another_library_reads_language_datatype_and_kind_of_each_term(graph: Store, exact: Any, format_: str) -> None:
    found = terms(format_, run("--format", format_, QUESTION).stdout)
    assert found == exact
    label, number = found[0]["label"], found[0]["number"]
    assert (label.language, label.value) == ("ru", "Таджикистан")
    assert number.toPython() == Decimal("12345678901234567.89")
    assert isinstance(found[0]["thing"], rdflib.URIRef)
    assert found[2]["label"].value == "two\r\nlines"


def test_sparql_csv_is_a_table_of_plain_text_with_full_iris(graph: Store) -> None:
    lines = list(csv.reader(io.StringIO(run("--format", "sparql-csv", QUESTION).stdout, newline="")))
    assert lines[0] == ["thing", "label", "number", "flag", "nothing", "blank"]
    assert lines[1][:4] == ["https://w3id.org/cagraph/id/tj", "Таджикистан", "12345678901234567.89", "true"]
    assert len(lines) == 5


@pytest.mark.parametrize("format_", formats.RESULTS)
def test_a_named_query_and_an_ask_are_written_too_and_the_api_gives_the_same(graph: Store, format_: str) -> None:
    named = run("--format", format_, "partners", "-p", "country=Кыргызстан").stdout_bytes.decode()
    api = Cagraph(graph)
    assert named == api.results("partners", format_, country="kg")
    if format_ != "sparql-csv":
        assert len(terms(format_, named)) == len(api.query("partners", country="kg"))  # type: ignore[arg-type]
    for question, truth in (("ASK {}", "true"), ("ASK { id:tj a ca:Law }", "false")):
        told = run("--format", format_, question).stdout
        assert truth in told
        assert told == api.results(question, format_)


def test_what_has_no_results_and_what_is_wrong_is_refused_as_ever(graph: Store) -> None:
    for format_ in formats.RESULTS:
        for question in ("DESCRIBE id:tj", "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"):
            found = run("--format", format_, question)
            assert found.exit_code == 2
            assert f"triples cannot be written as {format_}" in found.stderr
        assert run("--format", format_, "SELECT * {").exit_code == 2
        assert run("--format", format_, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }").exit_code == 2
    with pytest.raises(UsageFault, match="no format of results"):
        Cagraph(graph).results("ASK {}", "turtle")
    assert "nothing has the id 'tjj'" in run("--format", "sparql-json", "SELECT * { id:tjj ?p ?o }").stderr
    command = [sys.executable, "-m", "cagraph", "query", "--format", "sparql-xml", "DESCRIBE id:tj"]
    told = subprocess.run(command, capture_output=True, text=True)
    assert "unsendable" not in told.stderr, "an answer dies in its own thread"
    assert "Traceback" not in told.stderr


@pytest.fixture(scope="module")
def hostile() -> Embedded:
    """Return a store with a literal of every sign that steers a terminal or breaks XML."""
    engine = pyoxigraph.Store()
    node = pyoxigraph.NamedNode("http://example.org/x")
    engine.add(pyoxigraph.Quad(node, node, pyoxigraph.Literal(STEERING, language="en")))
    return Embedded(engine)


def test_results_with_controls_are_well_formed_and_exact_where_the_format_can_be(hostile: Embedded) -> None:
    text = {name: hostile.results("SELECT ?o { ?s ?p ?o }", name) for name in formats.RESULTS}
    assert json.loads(text["sparql-json"])["results"]["bindings"][0]["o"]["value"] == STEERING
    tsv = pyoxigraph.parse_query_results(text["sparql-tsv"], format=pyoxigraph.QueryResultsFormat.TSV)
    assert [solution[0].value for solution in tsv] == [STEERING]  # type: ignore[union-attr]
    literal = next(ET.fromstring(text["sparql-xml"]).iter("{http://www.w3.org/2005/sparql-results#}literal"))  # noqa: S314
    no_xml = dict.fromkeys([*range(9), 11, 12, *range(14, 32), 0xFFFE], "\ufffd")
    assert literal.text == STEERING.translate(no_xml)
    for name in ("sparql-json", "sparql-tsv"):
        assert not set(text[name]) & set(STEERING)
    triples = hostile.query("CONSTRUCT WHERE { ?s ?p ?o }")
    for format_ in formats.TRIPLES:
        written = formats.triples(triples, format_)  # type: ignore[arg-type]
        assert not set(written) & set(STEERING)
        chosen = pyoxigraph.RdfFormat.from_extension(formats.TRIPLES[format_])
        assert [quad.object.value for quad in pyoxigraph.parse(written, format=chosen)] == [STEERING]


def test_an_endpoint_gives_the_same_results(graph: Store, endpoint: str, exact: Any) -> None:
    remote = Remote(endpoint)
    for format_ in ("sparql-json", "sparql-xml", "sparql-tsv"):
        assert terms(format_, remote.results(QUESTION, format_)) == exact
        assert remote.results("ASK { id:tj a ca:Country }", format_) == graph.results("ASK {}", format_)
    with pytest.raises(UsageFault, match="triples cannot"):
        remote.results("DESCRIBE id:tj", "sparql-xml")
    with pytest.raises(CagraphError):
        remote.results("SELECT * {", "sparql-xml")


def test_virtuoso_gives_the_same_results(virtuoso: str, graph: Store) -> None:
    remote = Remote(virtuoso)
    question = "SELECT ?a ?l WHERE { ?a a ca:Law ; rdfs:label ?l } ORDER BY ?a"
    assert terms("sparql-xml", remote.results(question, "sparql-xml")) == terms(
        "sparql-json", graph.results(question, "sparql-json")
    )
    for question in ("ASK { id:tj a ca:Country }", "ASK { id:tj a ca:Law }"):
        assert remote.results(question, "sparql-json") == graph.results(question, "sparql-json")


def test_what_an_endpoint_answers_beside_results_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    remote = Remote("http://127.0.0.1:9/")
    monkeypatch.setattr(remote, "_graph", lambda _: "")
    for body in (b"", b"<html>", b"{}", b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":1}]}}', b"\xff"):
        monkeypatch.setattr(remote, "_post", lambda *_, body=body: ("application/sparql-results+json", body))
        with pytest.raises(StoreFault, match="not with SPARQL results"):
            remote.results("SELECT * {}", "sparql-xml")


def test_the_choice_of_a_format_is_told_in_help_and_docs(pytestconfig: pytest.Config) -> None:
    told = run("--help").stdout + (Path(pytestconfig.rootpath) / "README.md").read_text(encoding="utf-8")
    reads: Callable[[str], bool] = told.__contains__
    assert all(map(reads, formats.RESULTS))
    assert "excel-csv" in told
