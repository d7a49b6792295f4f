"""The same questions on real SPARQL endpoints, oxigraph and Virtuoso, on the loopback only."""

from __future__ import annotations

import json
import socket
import subprocess
import sys

import pytest

from cagraph import queries
from cagraph.answers import conflicts, listing
from cagraph.answers.listings import AGREEMENTS
from cagraph.errors import QueryFault, StoreFault
from cagraph.rows import Rows
from cagraph.store import Store, remote
from cagraph.store.opening import connect

AS_OF = listing.Filters(as_of="2026-03-01")


SERVERS = ["endpoint", "virtuoso"]


@pytest.fixture(params=SERVERS)
def url(request: pytest.FixtureRequest) -> str:
    """Return the address of each server in turn."""
    return str(request.getfixturevalue(request.param))


@pytest.mark.parametrize("name", queries.names())
def test_a_named_query_gives_the_same_rows(graph: Store, url: str, name: str) -> None:
    question = queries.load(name)
    from cagraph.answers import lookup

    sparql = question.bind(lookup.parameters(graph, question, question.example))
    ours, theirs = graph.select(sparql), connect(url).select(sparql)
    assert ours.columns == theirs.columns
    assert sorted(map(str, ours.rows)) == sorted(map(str, theirs.rows))


@pytest.mark.parametrize("name", queries.names("checks"))
def test_a_check_finds_the_same(graph: Store, url: str, name: str) -> None:
    assert connect(url).select(queries.load(name, "checks").sparql) == graph.select(queries.load(name, "checks").sparql)


def test_lists_and_conflicts_are_the_same(graph: Store, url: str) -> None:
    remote = connect(url)
    assert listing.entries(remote, AGREEMENTS, "tj", AS_OF) == listing.entries(graph, AGREEMENTS, "tj", AS_OF)
    assert conflicts.contradictions(remote).rows == conflicts.contradictions(graph).rows


def test_the_command_line_asks_the_endpoint(graph: Store, endpoint: str) -> None:
    def answer(*more: str) -> list[dict[str, object]]:
        command = [sys.executable, "-m", "cagraph", "agreements", "Тоҷикистон", "--format", "json", *more]
        found: list[dict[str, object]] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
        return found

    assert answer("--store", endpoint) == answer()


def test_ask_construct_and_errors(url: str) -> None:
    remote = connect(url)
    assert remote.query("ASK { id:tj a ca:Country }") is True
    assert remote.query("# none\nASK { id:tj a ca:Source }") is False
    triples = remote.query("CONSTRUCT { id:tj rdfs:label ?l } WHERE { id:tj rdfs:label ?l }")
    assert not isinstance(triples, Rows | bool)
    assert len(triples) == 1
    with pytest.raises(QueryFault, match="400"):
        remote.query("SELECT ?s { ?s ?p }")
    with pytest.raises(QueryFault, match="SERVICE"):
        remote.query("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")


def test_other_clients_read_the_same(graph: Store, endpoint: str) -> None:
    from SPARQLWrapper import JSON, SPARQLWrapper

    client = SPARQLWrapper(endpoint)
    client.setReturnFormat(JSON)
    client.setQuery("SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/cagraph/ontology#Agreement> }")
    found = client.queryAndConvert()
    assert isinstance(found, dict)
    count = graph.select("SELECT (COUNT(*) AS ?n) { ?s a ca:Agreement }").rows[0][0]
    assert int(found["results"]["bindings"][0]["n"]["value"]) == count


def test_what_is_no_endpoint_is_named() -> None:
    with pytest.raises(StoreFault, match="cannot be reached"):
        connect("http://127.0.0.1:9/query").select("SELECT * {}")


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("text/html", b"<html>"),
        ("text/plain", b"all is well"),
        ("application/json", b"[]"),
        ("application/json", b'{"head": {}}'),
        ("application/json", b'{"head": {"vars": ["x"]}, "results": {"bindings": ["x"]}}'),
        ("", b"\xff\xfe"),
    ],
)
def test_an_answer_that_is_no_sparql_result_is_named(monkeypatch: pytest.MonkeyPatch, kind: str, body: bytes) -> None:
    monkeypatch.setattr(remote.Remote, "_post", lambda *_: (kind, body))
    with pytest.raises(StoreFault, match="not with SPARQL results"):
        remote.Remote("http://127.0.0.1:9/query").query("SELECT * {}")


def test_an_endpoint_that_is_silent_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/query"
        with pytest.raises(StoreFault, match="no answer within"):
            remote.Remote(url, timeout=0.2).query("SELECT * {}")
