"""What an endpoint makes of its default graph is found by one probe, and a wrong count is refused."""

from __future__ import annotations

import json
from collections.abc import Callable

import pyoxigraph
import pytest
import rdflib

from cagraph.errors import QueryFault, StoreFault
from cagraph.iris import iri
from cagraph.rows import Rows
from cagraph.store import Store, probing, remote
from cagraph.store.embedded import Embedded
from cagraph.store.opening import connect

Post = Callable[[remote.Remote, str, str], tuple[str, bytes]]
PARTIES = "SELECT (COUNT(*) AS ?n) { ?agreement ca:party ?party }"


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Return each question that is sent to an endpoint, with the default graph sent with it."""
    found: list[tuple[str, str]] = []
    post = remote.Remote._post

    def spy(self: remote.Remote, sparql: str, default_graph: str) -> tuple[str, bytes]:
        found.append((sparql, default_graph))
        return post(self, sparql, default_graph)

    monkeypatch.setattr(remote.Remote, "_post", spy)
    return found


def of_oxigraph(engine: pyoxigraph.Store) -> Post:
    """Return what answers as an endpoint over the engine would."""

    def post(_: remote.Remote, sparql: str, default_graph: str) -> tuple[str, bytes]:
        names = [pyoxigraph.NamedNode(default_graph)] if default_graph else None
        found = engine.query(sparql, default_graph=[*names] if names else None)
        assert isinstance(found, pyoxigraph.QuerySolutions)
        return "application/json", found.serialize(format=pyoxigraph.QueryResultsFormat.JSON) or b""

    return post


def of_rdflib(engine: rdflib.Dataset) -> Post:
    def post(_: remote.Remote, sparql: str, default_graph: str) -> tuple[str, bytes]:
        assert not default_graph
        return "application/json", engine.query(sparql).serialize(format="json") or b""

    return post


def test_oxigraph_is_probed_once_and_sent_no_name(graph: Store, endpoint: str, sent: list[tuple[str, str]]) -> None:
    remote_ = connect(endpoint)
    assert not sent, "an endpoint that is only named is not asked"
    assert remote_.select(PARTIES) == remote_.select(PARTIES) == graph.select(PARTIES)
    assert [name for _, name in sent] == ["", "", ""]


def test_virtuoso_is_sent_the_name_of_its_default_graph(
    graph: Store, virtuoso: str, sent: list[tuple[str, str]]
) -> None:
    remote_ = connect(virtuoso)
    assert remote_.select(PARTIES) == remote_.select(PARTIES) == graph.select(PARTIES)
    name = probing.DEFAULT_GRAPH
    assert [name for _, name in sent] == ["", name, name, name]


def test_a_union_that_counts_twice_is_refused(serve: Callable[..., str]) -> None:
    remote_ = connect(serve("--union-default-graph"))
    for _ in range(2):
        with pytest.raises(StoreFault, match="counts a statement more than once") as caught:
            remote_.select(PARTIES)
    assert "docs/endpoints.md" in caught.value.hint
    assert probing.DEFAULT_GRAPH in caught.value.hint


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # raised by rdflib's own parsers
def test_a_union_that_is_a_set_is_accepted(tiny: Embedded, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = rdflib.Dataset(default_union=True)
    quads = pyoxigraph.serialize(tiny.quads(), format=pyoxigraph.RdfFormat.N_QUADS) or b""
    engine.parse(data=quads, format="nquads")
    monkeypatch.setattr(remote.Remote, "_post", of_rdflib(engine))
    assert connect("http://127.0.0.1:9/query").select(PARTIES) == tiny.select(PARTIES)


def test_an_endpoint_with_nothing_of_ours_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote.Remote, "_post", of_oxigraph(pyoxigraph.Store()))
    assert connect("http://127.0.0.1:9/query").select(PARTIES) == Rows(("n",), [(0,)])


@pytest.mark.parametrize(
    ("default_graph", "told"), [(True, r"\b0 in the graphs of the evidence"), (False, "holds 0 parties")]
)
def test_half_of_the_quads_is_refused(
    tiny: Embedded, monkeypatch: pytest.MonkeyPatch, default_graph: bool, told: str
) -> None:
    """The facts without their evidence, or the evidence with nothing in the default graph but what is editorial."""
    engine = pyoxigraph.Store()
    for quad in tiny.quads():
        if isinstance(quad.graph_name, pyoxigraph.DefaultGraph):
            kept = default_graph or quad.predicate.value == iri("rdf:type")
        else:
            kept = not default_graph
        if kept:
            engine.add(quad)
    monkeypatch.setattr(remote.Remote, "_post", of_oxigraph(engine))
    with pytest.raises(StoreFault, match=told):
        connect("http://127.0.0.1:9/query").select(PARTIES)


def test_what_cannot_count_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    body = json.dumps({"head": {"vars": ["counted", "held", "told"]}, "results": {"bindings": []}}).encode()
    monkeypatch.setattr(remote.Remote, "_post", lambda *_: ("application/json", body))
    with pytest.raises(StoreFault, match="cannot count"):
        connect("http://127.0.0.1:9/query").select(PARTIES)


@pytest.mark.parametrize("name", ["id:tj", "<https://w3id.org/cagraph/id/tj>", ":tj"])
def test_on_virtuoso_graph_takes_a_variable(virtuoso: str, endpoint: str, name: str) -> None:
    sparql = f"PREFIX : <https://w3id.org/cagraph/id/> ASK {{ GRAPH {name} {{ ?s ?p ?o }} }}"
    assert connect(endpoint).query(sparql) is False
    with pytest.raises(QueryFault, match="GRAPH of a fixed name") as caught:
        connect(virtuoso).query(sparql)
    assert "VALUES" in caught.value.hint


def test_the_cure_of_a_fixed_graph_works(graph: Store, virtuoso: str) -> None:
    sparql = "SELECT ?p ?o { VALUES ?e { id:yearbook-2023-ca633a4a029e } GRAPH ?e { ?s ?p ?o } } # GRAPH <x>"
    assert sorted(map(str, connect(virtuoso).select(sparql).rows)) == sorted(map(str, graph.select(sparql).rows))


@pytest.fixture
def believed(virtuoso: str) -> Callable[[str], remote.Remote]:
    """Return what opens Virtuoso with a limit that it takes from the address, as if probed already."""

    def opened(limit: str) -> remote.Remote:
        found = remote.Remote(f"{virtuoso}?{limit}")
        found._default_graph = probing.DEFAULT_GRAPH
        return found

    return opened


def test_an_answer_out_of_time_is_no_answer(believed: Callable[[str], remote.Remote]) -> None:
    heavy = "SELECT (COUNT(*) AS ?n) { ?a ?p ?b . ?c ?q ?d . ?e ?r ?f FILTER(STR(?b) > STR(?f)) }"
    with pytest.raises(StoreFault, match="ran out of time and answered in part"):
        believed("timeout=1000").query(heavy)


def test_an_answer_cut_short_is_no_answer(believed: Callable[[str], remote.Remote]) -> None:
    assert len(believed("maxrows=5").select("SELECT * { ?s a ca:Source } LIMIT 4").rows) == 4
    with pytest.raises(StoreFault, match="cut its answer at 5 rows") as caught:
        believed("maxrows=5").query("SELECT * { ?s a ca:Evidence }")
    assert "ResultSetMaxRows" in caught.value.hint


@pytest.mark.parametrize(
    ("sparql", "kind"),
    [
        ("SELECT * {}", "json"),
        ("# construct\nPREFIX construct: <http://x/> SELECT * {}", "json"),
        ("ask {}", "json"),
        ("BASE <http://x/>\n# it\nprefix a: <b> Construct WHERE { ?s ?p ?o }", "n-triples"),
        ("PREFIX : <http://x/> DESCRIBE :a", "n-triples"),
    ],
)
def test_the_form_of_a_question_tells_the_type_of_its_answer(sparql: str, kind: str) -> None:
    assert kind in remote._accept(sparql)


def test_the_page_loads_the_default_graph_under_the_name_that_is_sent() -> None:
    from pathlib import Path

    page = (Path(__file__).parents[1] / "docs/endpoints.md").read_text(encoding="utf-8")
    assert f"ld_dir('.', 'cagraph.nq', '{probing.DEFAULT_GRAPH}');" in page
    assert f"default-graph-uri={probing.DEFAULT_GRAPH}" in page
