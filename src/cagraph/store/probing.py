"""What an endpoint is asked before its answers are believed.

Servers differ in what a question that names no graph is put to. Wanted is what our own store does: a
statement stands once, and GRAPH reaches the evidence beside it.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, Protocol

from cagraph.errors import QueryFault, StoreFault
from cagraph.rows import Rows
from cagraph.store import datasets, grammar, guard

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from cagraph.store.datasets import Dataset

DEFAULT_GRAPH = "https://w3id.org/cagraph/graph"
"""The name under which docs/endpoints.md loads the default graph where a server knows only named graphs."""
_PROBE = """SELECT ?counted ?held ?told WHERE {
  { SELECT (COUNT(*) AS ?counted) WHERE { ?agreement ca:party ?party } }
  { SELECT (COUNT(*) AS ?held) WHERE { SELECT DISTINCT ?agreement ?party WHERE { ?agreement ca:party ?party } } }
  { SELECT (COUNT(*) AS ?told) WHERE { SELECT DISTINCT ?agreement ?party WHERE {
    GRAPH ?e { ?agreement ca:party ?party } FILTER EXISTS { ?e a ca:Evidence } } } }
}"""
"""Parties stand for all statements: each rests on evidence, and many on several passages."""
_SETTING = "load it and set it up as docs/endpoints.md says"


class Endpoint(Protocol):
    """What is probed."""

    url: str

    def send(self, sparql: str, default_graph: str = "") -> Rows | bool | list[Triple]:
        """Put a question as it stands, to the default graph of this name where one is given."""
        ...


class _Counts(NamedTuple):
    counted: int
    held: int
    told: int


def default_graph(endpoint: Endpoint) -> str:
    """Return the name of the default graph that must go with each question; empty where none must.

    Never sent where it is not needed: on a server that knows a default graph without a name, it
    takes every named graph out of reach.

    Raises:
        StoreFault: if the endpoint counts a statement more than once, or GRAPH does not reach the evidence.
    """
    plain = _counts(endpoint, "")
    if plain.counted == plain.held:
        return _whole(endpoint, plain, "")
    named = _counts(endpoint, DEFAULT_GRAPH)
    if not named.held or named.counted != named.held:
        raise StoreFault(f"{endpoint.url} counts a statement more than once: its default graph is a union of graphs "
                         "as a bag", f"{_SETTING}, its default graph as <{DEFAULT_GRAPH}>")  # fmt: skip
    return _whole(endpoint, named, DEFAULT_GRAPH)


def _whole(endpoint: Endpoint, found: _Counts, name: str) -> str:
    if found.held != found.told:
        raise StoreFault(f"{endpoint.url} holds {found.held} parties of agreements in its default graph, "
                         f"{found.told} in the graphs of the evidence", _SETTING)  # fmt: skip
    return name


def _counts(endpoint: Endpoint, name: str) -> _Counts:
    answer = endpoint.send(_PROBE, name)
    try:
        assert isinstance(answer, Rows)  # noqa: S101 - caught below
        return _Counts(*map(int, answer.rows[0]))
    except (AssertionError, IndexError, TypeError, ValueError):
        raise StoreFault(f"{endpoint.url} cannot count: {answer!r}", "is it a SPARQL 1.1 endpoint?") from None


def refuse_fixed_graph(sparql: str) -> None:
    """Refuse GRAPH with a fixed name where the name of a default graph goes with the question.

    Virtuoso then finds nothing in it, and counts that as one.

    Raises:
        QueryFault: if the question has one.
    """
    if not guard.mentions("graph", sparql):
        return
    if any(one.text.lower() == "graph" and two.kind != "variable" for one, two in pairwise(grammar.pieces(sparql))):
        raise QueryFault("this endpoint finds nothing in a GRAPH of a fixed name",
                         "write VALUES ?e { NAME } GRAPH ?e { ... }")  # fmt: skip


def refuse_disobeyed(endpoint: Endpoint, sparql: str, dataset: Dataset) -> None:
    """Refuse a question whose FROM the endpoint would not obey.

    Raises:
        QueryFault: if it names a graph that the endpoint does not hold, or means what the endpoint gets wrong.
    """
    for graph in dict.fromkeys(dataset.default + dataset.named):
        if endpoint.send(f"ASK {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}") is not True:
            raise datasets.refusal(graph)
    clause = " ".join(f"FROM <{graph}>" for graph in dataset.default)
    if len(dataset.default) > 1:
        every, distinct = "{ ?s ?p ?o }", "{ SELECT DISTINCT ?s ?p ?o WHERE { ?s ?p ?o } }"
        count = f"SELECT (COUNT(*) AS ?n) {clause} WHERE"
        if endpoint.send(f"{count} {every}") != endpoint.send(f"{count} {distinct}"):
            raise QueryFault(f"{endpoint.url} counts a statement as often as the graphs that FROM names hold it",
                             "name one graph, or ask your own store")  # fmt: skip
    if dataset.named or not guard.mentions("graph", sparql):
        return
    if endpoint.send(f"ASK {clause} {{ GRAPH ?g {{ ?s ?p ?o }} }}") is not False:
        raise QueryFault(f"{endpoint.url} lets GRAPH reach graphs that the question does not name",
                         "name those that GRAPH shall reach by FROM NAMED")  # fmt: skip
