"""The network: as a networkx graph, and as a page in a real browser with the network off."""

from __future__ import annotations

import io
import json
import os
import pickle
import re
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from click.testing import CliRunner

from cagraph import queries
from cagraph.api import Cagraph
from cagraph.cli import main
from cagraph.errors import UnknownName, UsageFault
from cagraph.network import exchange, layout, look, springs
from cagraph.network import graph as graphs
from cagraph.network import page as pages

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from playwright.sync_api import Page

    from cagraph.store import Store

BELGIUM = "tj-be-labour-memorandum-2025"
EVIL = (
    "</script><script>globalThis.broken=1</script>",
    "<img src=x onerror=globalThis.broken=1>",
    'javascript:globalThis.broken=1 href="javascript:globalThis.broken=1"',
    "<!--<script>",
    "{{ 7*7 }}",
    "\"'&lt;b&gt;",
)


# The graph


def network(store: Store, ids: Sequence[str] = (), **about: Any) -> nx.MultiDiGraph:
    """Return the network around some things as networkx holds it."""
    return exchange.multigraph(graphs.network(store, ids, **about))


def written(drawn: nx.MultiDiGraph, heading: str) -> str:
    """Return the page of a networkx graph."""
    return pages.page(exchange.of_multigraph(drawn), heading)


@pytest.fixture(scope="module")
def whole(graph: Store) -> nx.MultiDiGraph:
    return network(graph, as_of="2026-06-01")


def test_every_agreement_is_in_the_whole_network(graph: Store) -> None:
    kinds = ("BilateralAgreement", "MultilateralAgreement", "AgreementGroup")
    known = graph.select(queries.load("of-kind", "lookups").bind({"kind": kinds})).rows
    assert {str(row[0]) for row in known} <= set(network(graph, as_of="9999"))


def test_the_whole_network_holds_parties_and_acts_and_nothing_else(whole: nx.MultiDiGraph) -> None:
    known = {"party", "hub", "partner", "signatory", "ratifies", "approves", "byInstrument"}
    assert {key for _, _, key in whole.edges(keys=True)} <= known
    loose = [id_ for id_ in nx.isolates(whole) if "Agreement" not in whole.nodes[id_]["kind"]]
    assert loose == []


def test_a_node_tells_what_it_is(whole: nx.MultiDiGraph) -> None:
    about = whole.nodes[BELGIUM]
    assert (about["kind"], about["date"], about["status"]) == ("BilateralAgreement", "2025-11", "awaiting-approval")
    assert "Belgium" in about["label"]
    assert "timesca-2026" in about["sources"]
    assert (whole.nodes["tj"]["code"], whole.nodes["tj"]["status"]) == ("TJ", "")


def test_an_edge_tells_who_says_so(whole: nx.MultiDiGraph) -> None:
    about = whole.edges[BELGIUM, "tj", "party"]
    assert about["label"] == "party"
    assert about["evidence"]
    assert "timesca-2026" in about["sources"]


def test_no_evidence_is_a_node(graph: Store) -> None:
    found = network(graph, ["tj"], depth=2)
    named = {one for _, _, evidence in found.edges(data="evidence") for one in evidence.split()}
    assert named
    assert not named & set(found)


def test_parallel_edges_are_kept(graph: Store) -> None:
    found = network(graph, [BELGIUM])
    assert {"party", "destination"} <= set(found[BELGIUM]["be"])


WRITERS = (
    "graphml",
    "graphml_xml",
    "gexf",
    "gml",
    "adjlist",
    "multiline_adjlist",
    "edgelist",
    "weighted_edgelist",
    "pajek",
)


@pytest.mark.filterwarnings("ignore:.*is not processed:UserWarning")  # Pajek has no empty attributes
@pytest.mark.parametrize("name", WRITERS)
def test_every_writer_of_networkx_takes_what_is_handed_out_and_no_edge_is_lost(graph: Store, name: str) -> None:
    drawn = Cagraph(graph).networkx("TJ")
    assert drawn.number_of_edges() > len({frozenset(edge) for edge in drawn.edges()}), "there are parallel edges"
    file = io.BytesIO()
    getattr(nx, f"write_{name}")(drawn, file)
    file.seek(0)
    read = getattr(nx, f"read_{name.removesuffix('_xml')}")
    found = read(file, **({"create_using": nx.MultiDiGraph} if "list" in name else {}))
    assert sorted(found.edges()) == sorted(drawn.edges())
    if name.startswith("graphml"):
        ids = re.findall(rb'<edge [^>]*\bid="([^"]*)"', file.getvalue())
        assert len(set(ids)) == len(ids) == drawn.number_of_edges(), "Gephi keeps one edge an id"


def test_the_network_goes_through_pickle_and_json_and_back_to_a_page(graph: Store) -> None:
    drawn = Cagraph(graph).networkx(BELGIUM)
    for found in (
        pickle.loads(pickle.dumps(drawn)),  # noqa: S301 - the bytes are its own
        nx.node_link_graph(json.loads(json.dumps(nx.node_link_data(drawn, edges="links"))), edges="links"),
        nx.cytoscape_graph(json.loads(json.dumps(nx.cytoscape_data(drawn)))),
    ):
        assert {*found.edges(keys=True)} == {*drawn.edges(keys=True)}
    day = drawn.graph["as_of"]
    assert exchange.of_multigraph(drawn) == graphs.network(graph, [BELGIUM], as_of=day)
    assert exchange.of_multigraph(network(graph, [BELGIUM])) == graphs.network(graph, [BELGIUM], as_of=day)


def test_a_thing_at_depth_one_is_linked_to_a_centre(graph: Store) -> None:
    found = network(graph, ["tj", "uz"]).to_undirected()
    assert all(id_ in {"tj", "uz"} or {"tj", "uz"} & set(found[id_]) for id_ in found)


def test_more_depth_shows_more(graph: Store) -> None:
    near, far = (set(network(graph, [BELGIUM], depth=depth)) for depth in (1, 2))
    assert near < far


def test_a_topic_shows_less(graph: Store) -> None:
    every, some = network(graph, ["ru"]), network(graph, ["ru"], topic="pensions")
    assert "ru" in some
    assert set(some) < set(every)
    assert "tj-ru-pension-agreement" in some


def test_a_topic_narrows_the_whole_network_too(graph: Store, whole: nx.MultiDiGraph) -> None:
    some = network(graph, topic="pensions", as_of="2026-06-01")
    assert "tj-ru-pension-agreement" in some
    assert set(some) < set(whole)


def test_what_had_not_begun_is_left_out_and_status_is_of_the_day(graph: Store) -> None:
    assert BELGIUM not in network(graph, as_of="2020")
    assert BELGIUM not in network(graph, ["be"], as_of="2020")
    assert network(graph, as_of="2025-12-31").nodes[BELGIUM]["status"] == "signed"


def test_the_thing_asked_for_is_shown_even_before_it_began(graph: Store) -> None:
    assert network(graph, [BELGIUM], as_of="2020").nodes[BELGIUM]["status"] == "no-trace"


def test_a_country_without_links_stands_alone(graph: Store) -> None:
    linked = network(graph, ["tj", "uz", "kz", "kg", "tm", "ru"], depth=9)
    every = graph.select(queries.load("of-kind", "lookups").bind({"kind": "Country"})).rows
    alone = next(str(row[0]) for row in every if row[0] not in linked)
    assert list(network(graph, [alone])) == [alone]


def test_an_unknown_id_topic_or_day_is_refused(graph: Store) -> None:
    with pytest.raises(UnknownName, match="nothing has the id 'xx-none'"):
        network(graph, ["xx-none"])
    with pytest.raises(UsageFault, match="is not a topic"):
        network(graph, topic="no-such-topic")
    with pytest.raises(UsageFault):
        network(graph, as_of="some day")


def test_the_same_question_gives_the_same_graph_in_the_same_order(graph: Store) -> None:
    one, other = (network(graph, ["tj"], depth=2, as_of="2026-06-01") for _ in range(2))
    assert list(one.nodes(data=True)) == list(other.nodes(data=True))
    assert list(one.edges(keys=True, data=True)) == list(other.edges(keys=True, data=True))
    assert list(one) == sorted(one)
    assert written(one, "Tajikistan") == written(other, "Tajikistan")


# Positions


def _boxes(
    places: dict[str, springs.Point], sizes: dict[str, springs.Point]
) -> list[tuple[float, float, float, float]]:
    return [(x, y, *sizes[id_]) for id_, (x, y) in places.items()]


def _overlaps(boxes: list[tuple[float, float, float, float]]) -> int:
    pairs = ((a, b) for number, a in enumerate(boxes) for b in boxes[number + 1 :])
    return sum(abs(a[0] - b[0]) < (a[2] + b[2]) / 2 - 1 and abs(a[1] - b[1]) < (a[3] + b[3]) / 2 - 1 for a, b in pairs)


@pytest.mark.parametrize(
    "drawn",
    [nx.star_graph(60), nx.path_graph(2), nx.empty_graph(7), nx.complete_graph(12), nx.karate_club_graph(),
     nx.complete_bipartite_graph(2, 30), nx.disjoint_union(nx.star_graph(9), nx.path_graph(5))],
)  # fmt: skip
def test_no_two_boxes_overlap(drawn: nx.Graph) -> None:
    sizes = {str(node): (60.0, 40.0) for node in drawn}
    places = layout.positions(sizes, [(str(a), str(b)) for a, b in drawn.edges()])
    assert places.keys() == sizes.keys()
    assert _overlaps(_boxes(places, sizes)) == 0


def test_an_empty_network_has_no_positions() -> None:
    assert layout.positions({}, []) == {}


def test_parallel_edges_bend_apart(graph: Store) -> None:
    found = network(graph, [BELGIUM])
    edges = [
        edge
        for edge in look.data(exchange.of_multigraph(found))["edges"]
        if {edge["from"], edge["to"]} == {BELGIUM, "be"}
    ]
    assert len({str(edge["smooth"]) for edge in edges}) == len(edges) > 1


# The command


def _run(*arguments: str) -> Any:
    return CliRunner().invoke(main, ["network", *arguments])


def test_the_command_writes_the_page_and_says_how_much(tmp_path: Path) -> None:
    path = tmp_path / "network.html"
    result = _run("Tajikistan", "uz", "--topic", "labour-migration", "-o", str(path))
    assert result.exit_code == 0, result.output
    assert "nodes and" in result.stderr
    assert not result.stdout
    title = "<title>Tajikistan and Uzbekistan: labour migration \u2013 cagraph</title>"
    assert title in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["Tajikstan"], "Tajikistan"),
        (["--topic", "pension"], "is not a topic"),
        (["--as-of", "yesterday"], "yesterday"),
        (["--depth", "0"], "--depth"),
    ],
)
def test_a_wrong_question_is_refused_and_nothing_written(arguments: list[str], says: str, tmp_path: Path) -> None:
    path = tmp_path / "network.html"
    result = _run(*arguments, "-o", str(path))
    assert result.exit_code == 2
    assert says in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_topic_without_agreements_leaves_nothing_to_draw(graph: Store, tmp_path: Path) -> None:
    lonely = """SELECT ?topic { ?concept skos:inScheme ca:topics ; skos:notation ?topic
      FILTER NOT EXISTS { ?narrower skos:broader ?concept }
      FILTER NOT EXISTS { ?thing ca:topic ?concept ; a ?kind VALUES ?kind { ca:Agreement ca:AgreementGroup } } }"""
    topic = str(min(graph.select(lonely).rows)[0])
    result = _run("--topic", topic, "-o", str(tmp_path / "network.html"))
    assert result.exit_code == 2
    assert "nothing to draw" in result.output


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    result = _run("tj", "-o", str(tmp_path / "none" / "network.html"))
    assert result.exit_code == 1
    assert "none" in result.output
    assert "Traceback" not in result.output


def test_the_page_is_utf_8_whatever_the_locale(tmp_path: Path, graph: Store) -> None:
    path = tmp_path / "network.html"
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    start = [sys.executable, "-c", "from cagraph.cli import main; main()"]
    command = [*start, "network", "tj", "--as-of", "2026-06-01", "-o", str(path)]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    expected = written(network(graph, ["tj"], as_of="2026-06-01"), "Tajikistan: as of 2026-06-01")
    assert path.read_bytes() == expected.encode("utf-8")


# The page


def _open(page: Page, folder: Path, drawn: nx.MultiDiGraph, heading: str = "Network") -> None:
    path = folder / "network.html"
    path.write_text(written(drawn, heading), encoding="utf-8")
    page.goto(path.as_uri())
    page.wait_for_selector("html[data-drawn]", state="attached")


def _places(page: Page) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = page.evaluate("cagraph.network.getPositions()")
    return found


def _click(page: Page, id_: str) -> None:
    spot = page.evaluate("id => cagraph.network.canvasToDOM(cagraph.network.getPosition(id))", id_)
    page.locator("#picture").click(position=spot)


def test_the_page_opens_with_every_node_placed_and_still(page: Page, tmp_path: Path, whole: nx.MultiDiGraph) -> None:
    _open(page, tmp_path, whole)
    before = _places(page)
    assert before.keys() == set(whole)
    assert len({(spot["x"], spot["y"]) for spot in before.values()}) == len(whole)
    page.wait_for_timeout(500)
    assert _places(page) == before


def test_the_page_says_how_much_it_shows_and_whence(page: Page, tmp_path: Path, whole: nx.MultiDiGraph) -> None:
    _open(page, tmp_path, whole, "Agreements")
    size = f"{whole.number_of_nodes()} nodes, {whole.number_of_edges()} edges"
    assert page.locator("#counts").text_content() == size
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.title() == "Agreements \u2013 cagraph"
    assert "CC BY 4.0" in str(page.locator("footer").text_content())
    assert page.evaluate("cagraph.edges.length") == whole.number_of_edges()


def test_the_policy_holds_back_any_other_script(browser: Any, tmp_path: Path, whole: nx.MultiDiGraph) -> None:
    page = browser.new_context(offline=True).new_page()
    _open(page, tmp_path, whole)
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: 'broken = 1'}))")
    page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"broken = 1\">')")
    page.wait_for_timeout(200)
    assert page.evaluate("globalThis.broken") is None
    page.context.close()


def test_a_click_tells_label_kind_date_status_and_sources(page: Page, tmp_path: Path, graph: Store) -> None:
    _open(page, tmp_path, network(graph, [BELGIUM], as_of="2026-06-01"))
    _click(page, BELGIUM)
    about = str(page.locator("#about").inner_text())
    for told in ("Belgium", "Bilateral agreement", "2025-11", "awaiting approval", "timesca-2026", "Tajikistan"):
        assert told in about
    assert page.evaluate("cagraph.network.getSelectedNodes()") == [BELGIUM]


def test_a_click_on_an_edge_tells_what_it_says_and_who(page: Page, tmp_path: Path, graph: Store) -> None:
    _open(page, tmp_path, network(graph, [BELGIUM]))
    edge = "cagraph.edges.get({filter: one => one.label === 'destination' && one.to === 'be'})[0].id"
    line = f"cagraph.network.body.edges[{edge}].edgeType.getPoint(0.35)"
    page.locator("#picture").click(position=page.evaluate(f"cagraph.network.canvasToDOM({line})"))
    assert page.locator("#name").text_content() == "destination"
    about = str(page.locator("#about").inner_text())
    assert "timesca-2026" in about
    assert "Belgium" in about


def test_pointing_tells_and_leaving_forgets(page: Page, tmp_path: Path, graph: Store) -> None:
    _open(page, tmp_path, network(graph, [BELGIUM]))
    spot = page.evaluate("cagraph.network.canvasToDOM(cagraph.network.getPosition('be'))")
    page.locator("#picture").hover(position=spot)
    page.wait_for_function("document.getElementById('name').textContent === 'Belgium'")
    page.locator("h1").hover()
    page.locator("#picture").hover(position={"x": 3, "y": 3})
    page.wait_for_function("document.getElementById('name').textContent === 'Nothing chosen'")


def test_a_neighbour_in_the_panel_leads_on(page: Page, tmp_path: Path, graph: Store) -> None:
    _open(page, tmp_path, network(graph, [BELGIUM]))
    _click(page, BELGIUM)
    page.locator("#links").get_by_role("button", name=re.compile("^Tajikistan")).first.click()
    assert page.locator("#name").text_content() == "Tajikistan"


def test_typing_selects_and_enter_zooms(page: Page, tmp_path: Path, whole: nx.MultiDiGraph) -> None:
    _open(page, tmp_path, whole)
    before = page.evaluate("cagraph.network.getScale()")
    page.get_by_label("Find").fill("TURKİYE")
    assert page.evaluate("cagraph.network.getSelectedNodes()")[0] == "tr"
    assert page.locator("#name").text_content() == "Türkiye"
    page.keyboard.press("Enter")
    assert page.evaluate("cagraph.network.getScale()") > before
    seen = page.evaluate("cagraph.network.canvasToDOM(cagraph.network.getPosition('tr'))")
    box = page.locator("#picture").bounding_box()
    assert box
    assert (seen["x"], seen["y"]) == pytest.approx((box["width"] / 2, box["height"] / 2), abs=2)


def test_a_code_finds_its_country_first(page: Page, tmp_path: Path, whole: nx.MultiDiGraph) -> None:
    _open(page, tmp_path, whole)
    page.get_by_label("Find").fill("uz")
    page.keyboard.press("Enter")
    assert page.locator("#name").text_content() == "Uzbekistan"


def test_a_search_without_result_says_so(page: Page, tmp_path: Path, whole: nx.MultiDiGraph) -> None:
    _open(page, tmp_path, whole)
    page.get_by_label("Find").fill("xyzzy")
    assert page.locator("#found").text_content() == "none found"
    assert "Nothing in this network is called so" in str(page.locator("#matches").text_content())
    assert page.evaluate("cagraph.network.getSelectedNodes()") == []


def test_a_kind_switched_off_is_hidden_with_its_edges(page: Page, tmp_path: Path, whole: nx.MultiDiGraph) -> None:
    _open(page, tmp_path, whole)
    page.get_by_label("Country").uncheck()
    hidden = set(page.evaluate("cagraph.nodes.getIds({filter: one => one.hidden})"))
    countries = {id_ for id_, kind in whole.nodes(data="kind") if kind == "Country"}
    assert hidden == countries
    drawn = page.evaluate("cagraph.edges.get({filter: one => !one.hidden}).map(one => [one.from, one.to])")
    assert len(drawn) == sum(not {a, b} & countries for a, b in whole.edges())
    assert f"{len(whole) - len(countries)} of {len(whole)} nodes" in str(page.locator("#counts").text_content())
    page.get_by_role("button", name="All", exact=True).click()
    assert page.evaluate("cagraph.nodes.getIds({filter: one => one.hidden})") == []


def test_the_page_works_by_keyboard_alone(page: Page, tmp_path: Path, graph: Store) -> None:
    _open(page, tmp_path, network(graph, [BELGIUM]))
    page.locator("#list button").first.focus()
    page.keyboard.press("Enter")
    assert page.locator("#name").text_content() == page.locator("#list button").first.text_content()
    page.get_by_label("Bilateral agreement").focus()
    page.keyboard.press("Space")
    assert page.evaluate("cagraph.nodes.getIds({filter: one => one.hidden})") == [BELGIUM]
    page.locator("#picture .vis-network").focus()
    before = page.evaluate("cagraph.network.getViewPosition().x")
    page.keyboard.down("ArrowRight")
    page.wait_for_function("before => cagraph.network.getViewPosition().x > before", arg=before)
    page.keyboard.up("ArrowRight")


def test_the_page_fits_a_phone(page: Page, tmp_path: Path, whole: nx.MultiDiGraph) -> None:
    page.set_viewport_size({"width": 360, "height": 740})
    _open(page, tmp_path, whole)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert page.locator("#picture canvas").bounding_box()["height"] >= 300  # type: ignore[index]


def _malicious() -> nx.MultiDiGraph:
    """Return a graph in which every text tries to be markup or script."""
    drawn = nx.MultiDiGraph(as_of=EVIL[0])
    names = ("label", "kind", "code", "date", "status", "status_reason")
    for number, text in enumerate(EVIL):
        drawn.add_node(f"{text}{number}", **dict.fromkeys(names, text), sources=(text, EVIL[1]))
    for one in list(drawn):
        for text in EVIL:
            drawn.add_edge(one, f"{EVIL[0]}0", text, label=text, evidence=(text,), sources=(text,))
    return drawn


def test_malicious_records_stay_text(page: Page, tmp_path: Path) -> None:
    drawn = _malicious()
    for heading in EVIL:
        _open(page, tmp_path, drawn, heading)
        assert page.locator("h1").text_content() == heading
    for id_, label in drawn.nodes(data="label"):
        page.get_by_label("Find").fill(label)
        page.keyboard.press("Enter")
        page.evaluate("id => cagraph.network.selectNodes([id])", id_)
        _click(page, id_)
    assert page.locator("img, iframe, object, embed, base, a, [href], [onerror], [onclick]").count() == 0
    assert page.evaluate("document.scripts.length") == 3
    assert page.evaluate("globalThis.broken") is None
    assert set(_places(page)) == set(drawn)
