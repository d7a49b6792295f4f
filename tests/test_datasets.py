"""FROM and FROM NAMED: obeyed, or refused with a word; a graph that is not there is refused by name."""

from __future__ import annotations

import subprocess
import sys
from typing import NamedTuple

import pytest
from click.testing import CliRunner

from cagraph import cli
from cagraph.errors import QueryFault
from cagraph.iris import ID
from cagraph.rows import Rows
from cagraph.store import Store
from cagraph.store.opening import connect

COUNT = "SELECT (COUNT(*) AS ?n)"
EVERY = "{ ?s ?p ?o }"


class Pair(NamedTuple):
    """Two pieces of evidence that give one statement both, and how many statements each gives."""

    one: str
    other: str
    in_one: int
    in_other: int
    in_both: int


@pytest.fixture(params=["graph", "endpoint", "virtuoso"])
def store(request: pytest.FixtureRequest) -> Store:
    """Return the store, and each endpoint that serves it."""
    found = request.getfixturevalue(request.param)
    return connect(found) if isinstance(found, str) else found


def number(store: Store, sparql: str) -> int:
    return int(str(store.select(sparql).rows[0][0]))


@pytest.fixture(scope="session")
def pair(graph: Store) -> Pair:
    found = graph.select(
        "SELECT ?one ?other (COUNT(*) AS ?n) { GRAPH ?one { ?s ?p ?o } GRAPH ?other { ?s ?p ?o } "
        "FILTER(STR(?one) < STR(?other)) } GROUP BY ?one ?other ORDER BY ?one ?other LIMIT 1"
    )
    one, other, shared = found.rows[0]

    def size(name: object) -> int:
        return number(graph, f"{COUNT} {{ VALUES ?g {{ id:{name} }} GRAPH ?g {EVERY} }}")

    return Pair(f"id:{one}", f"id:{other}", size(one), size(other), int(str(shared)))


@pytest.fixture(scope="session")
def apart(graph: Store, pair: Pair) -> str:
    """Return a piece of evidence that shares nothing with the first."""
    found = graph.select(
        f"SELECT ?e {{ ?e a ca:Evidence FILTER NOT EXISTS {{ GRAPH {pair.one} {EVERY} GRAPH ?e {EVERY} }} }} ORDER BY ?e LIMIT 1"
    )
    return f"id:{found.rows[0][0]}"


def test_one_graph_is_asked_alone(store: Store, pair: Pair) -> None:
    assert number(store, f"{COUNT} FROM {pair.one} {EVERY}") == pair.in_one
    assert number(store, f"{COUNT} from {pair.one} {EVERY}") == pair.in_one
    assert number(store, f"{COUNT} FROM <{ID}{pair.one[3:]}> {EVERY}") == pair.in_one


def test_a_graph_of_the_page_is_asked(graph: Store) -> None:
    assert number(graph, f"{COUNT} FROM id:yearbook-2023-ca633a4a029e {EVERY}") == 24


def test_several_graphs_are_merged(graph: Store, pair: Pair) -> None:
    merged = pair.in_one + pair.in_other - pair.in_both
    assert pair.in_both
    assert number(graph, f"{COUNT} FROM {pair.one} FROM {pair.other} {EVERY}") == merged


def test_of_merged_graphs_only_those_of_from_named_are_reached(graph: Store, pair: Pair, apart: str) -> None:
    clause = f"FROM {pair.one} FROM {pair.other} FROM NAMED {pair.one} FROM NAMED {apart}"
    found = graph.select(f"SELECT DISTINCT ?g {clause} {{ GRAPH ?g {EVERY} }}")
    assert {f"id:{name}" for name in found["g"]} == {pair.one, apart}
    assert number(graph, f"{COUNT} {clause} {EVERY}") == pair.in_one + pair.in_other - pair.in_both


@pytest.mark.parametrize("server", ["endpoint", "virtuoso"])
def test_an_endpoint_that_makes_a_bag_of_several_is_not_believed(
    server: str, pair: Pair, apart: str, request: pytest.FixtureRequest
) -> None:
    remote = connect(request.getfixturevalue(server))
    with pytest.raises(QueryFault, match="as often as the graphs that FROM names hold it"):
        remote.query(f"{COUNT} FROM {pair.one} FROM {pair.other} {EVERY}")
    alone = number(remote, f"{COUNT} FROM {pair.one} {EVERY}") + number(remote, f"{COUNT} FROM {apart} {EVERY}")
    assert number(remote, f"{COUNT} FROM {pair.one} FROM {apart} {EVERY}") == alone


def test_one_graph_named_twice_is_counted_once(graph: Store, endpoint: str, virtuoso: str, pair: Pair) -> None:
    sparql = f"{COUNT} FROM {pair.one} FROM {pair.one} {EVERY}"
    assert number(graph, sparql) == number(connect(virtuoso), sparql) == pair.in_one
    with pytest.raises(QueryFault, match="as often as"):
        connect(endpoint).query(sparql)


def test_from_named_is_what_graph_reaches(store: Store, pair: Pair) -> None:
    assert number(store, f"{COUNT} FROM NAMED {pair.one} {{ GRAPH ?g {EVERY} }}") == pair.in_one
    assert number(store, f"{COUNT} FROM NAMED {pair.one} {{ GRAPH {pair.one} {EVERY} }}") == pair.in_one
    assert number(store, f"{COUNT} FROM NAMED {pair.one} {EVERY}") == 0
    both = f"FROM {pair.one} FROM NAMED {pair.other}"
    assert number(store, f"{COUNT} {both} {EVERY}") == pair.in_one
    assert number(store, f"{COUNT} {both} {{ GRAPH ?g {EVERY} }}") == pair.in_other
    assert number(store, f"{COUNT} {both} {{ GRAPH {pair.one} {EVERY} }}") == 0


def test_from_alone_leaves_graph_nothing_to_reach(graph: Store, endpoint: str, virtuoso: str, pair: Pair) -> None:
    sparql = f"{COUNT} FROM {pair.one} {{ GRAPH ?g {EVERY} }}"
    assert number(graph, sparql) == number(connect(endpoint), sparql) == 0
    with pytest.raises(QueryFault, match="FROM NAMED"):
        connect(virtuoso).query(sparql)


@pytest.mark.parametrize("clause", ["FROM", "FROM NAMED"])
@pytest.mark.parametrize("name", ["<http://example.org/x#y>", "id:no-such-evidence", "id:tj"])
def test_a_graph_that_is_not_there_is_named(store: Store, clause: str, name: str) -> None:
    with pytest.raises(QueryFault, match=f"holds no graph {name}") as caught:
        store.query(f"ASK {clause} {name} {{}}")
    assert "cagraph evidence" in caught.value.hint


def test_every_form_of_question_obeys(store: Store, pair: Pair) -> None:
    assert store.query(f"ASK FROM {pair.one} {{ id:tj rdfs:label ?l }}") is False
    for sparql in (
        f"CONSTRUCT {{ ?s ?p ?o }} FROM {pair.one} WHERE {EVERY}",
        f"CONSTRUCT FROM {pair.one} WHERE {EVERY}",
    ):
        triples = store.query(sparql)
        assert isinstance(triples, list)
        assert len(triples) == pair.in_one
    described = store.query(f"DESCRIBE {pair.one} FROM {pair.one}")
    assert described == []


def test_names_are_resolved_as_the_prologue_has_it(graph: Store, pair: Pair) -> None:
    local = pair.one[3:]
    for sparql in (
        f"PREFIX x: <{ID}> {COUNT} FROM x:{local} {EVERY}",
        f"PREFIX x: <{ID}> {COUNT} FROM {pair.one} {EVERY}",
        f"PREFIX : <{ID}> {COUNT} FROM :{local} {EVERY}",
        f"BASE <https://w3id.org/cagraph/> PREFIX x: <id/> {COUNT} FROM x:{local} {EVERY}",
        f"BASE <https://w3id.org/cagraph/> {COUNT} FROM <id/{local}> {EVERY}",
        f"{COUNT} FROM {pair.one.replace('-', chr(92) + '-', 1)} {EVERY}",
        f"# FROM <http://example.org/x>\n{COUNT} # none\nFROM # nor here\n {pair.one} {EVERY}",
    ):
        assert number(graph, sparql) == pair.in_one, sparql


@pytest.mark.parametrize(
    ("sparql", "line"),
    [
        ("SELECT ?s\nFROM id:tj\nWHERE { ?s ?p }", "WHERE { ?s ?p }"),
        ("ASK FROM <x> {}", "ASK FROM <x> {}"),
        ("SELECT ?s { FROM id:tj }", "SELECT ?s { FROM id:tj }"),
        (r"ASK \u0046ROM id:tj {}", r"ASK \u0046ROM id:tj {}"),
    ],
)
def test_a_syntax_error_is_told_before_the_graph(graph: Store, sparql: str, line: str) -> None:
    with pytest.raises(QueryFault, match="this is not SPARQL") as caught:
        graph.query(sparql)
    assert caught.value.hint.splitlines()[0] == line


@pytest.mark.parametrize("deep", ["{ ?s ?p ?o LATERAL { ?s ?p ?o } }", "{" * 400 + "}" * 400])
def test_what_the_parser_cannot_read_is_refused(graph: Store, endpoint: str, pair: Pair, deep: str) -> None:
    for store in (graph, connect(endpoint)):
        with pytest.raises(QueryFault, match=r"the graphs that FROM names cannot be told|too deep"):
            store.query(f"{COUNT} FROM {pair.one} {deep}")


def test_an_endpoint_tells_what_is_wrong_itself(endpoint: str) -> None:
    with pytest.raises(QueryFault, match="answered 400"):
        connect(endpoint).query("SELECT ?s FROM id:tj { ?s ?p }")


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { ?from ?p 'FROM <http://example.org/x>' }",
        "ASK { id:from-x ?p <http://example.org/from> } # FROM <http://example.org/x>",
        "ASK { ?s ca:from ?o }",
    ],
)
def test_the_word_in_a_name_or_text_costs_nothing(graph: Store, sparql: str) -> None:
    code = (
        "import sys; from cagraph.store.opening import connect; "
        f"connect(None, say=False).query({sparql!r}); assert not {{'rdflib', 'pyparsing'}} & sys.modules.keys()"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_a_prefix_called_from_is_no_clause(graph: Store) -> None:
    assert graph.query(f"PREFIX from: <{ID}> ASK {{ from:tj a ca:Country }}") is True


def test_the_command_line_refuses_it_as_a_wrong_question(graph: Store) -> None:
    found = CliRunner().invoke(cli.main, ["query", "SELECT * FROM <http://example.org/x> { ?s ?p ?o }"])
    assert found.exit_code == 2
    assert "holds no graph <http://example.org/x>" in found.stderr
    assert isinstance(graph.query("SELECT * { id:tj rdfs:label ?l }"), Rows)
