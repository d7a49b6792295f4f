"""Time until a network of 1,000 nodes can be used: our page against pyvis' own, in one browser.

Both pages hold the same synthetic graph and are opened by headless Chromium, in one run, with the
network off: every request beyond the file fails at once. (Where requests hang instead, the page of
pyvis stays blank for as long as they do.) Ours is usable once the picture is drawn; that of pyvis
once its stabilisation has ended and its loading bar is gone. Time to write the files is not
counted in either.

Run: python benchmarks/network_view.py
"""

from __future__ import annotations

import random
import re
import statistics
import sys
import tempfile
import time
from pathlib import Path

import networkx as nx
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import TimeoutError as GivenUp
from pyvis.network import Network

from cagraph.network import exchange, page

NODES, EDGES, COUNTRIES, CAP_SECONDS, LEAST_RATIO = 1_000, 1_500, 40, 120, 50
_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
_DRAWN = "() => document.documentElement.dataset.drawn === 'true'"
_STABLE = """() => {
  const bar = document.getElementById('loadingBar');
  return typeof network !== 'undefined' && (!bar || bar.style.display === 'none');
}"""


def synthetic() -> nx.MultiDiGraph:
    """Return a graph like ours: countries as hubs, and things tied to one or two of them."""
    chance = random.Random(1)  # noqa: S311 - a graph, no secret
    kinds = ("BilateralAgreement", "Law", "Agency", "Scheme", "Decree", "PolicyDocument")
    found = nx.MultiDiGraph(as_of="2026-01-01")
    for number in range(NODES):
        kind = "Country" if number < COUNTRIES else chance.choice(kinds)
        found.add_node(
            f"thing-{number}", label=f"{kind} number {number} on labour migration", kind=kind, code="", date="2020",
            status="in-force", status_reason="in force 2020", sources=("yearbook-2023",),
        )  # fmt: skip
    ends = [(number, _end(chance)) for number in range(COUNTRIES, NODES)]
    ends += [(chance.randrange(COUNTRIES, NODES), _end(chance)) for _ in range(EDGES - len(ends))]
    for one, other in ends:
        found.add_edge(f"thing-{one}", f"thing-{other}", label="party", evidence=(), sources=("yearbook-2023",))
    return found


def _end(chance: random.Random) -> int:
    """Return the number of a country, the first ones most often, or now and then of any thing."""
    return int(COUNTRIES * chance.random() ** 2) if chance.random() < 0.85 else chance.randrange(NODES)


def of_pyvis(drawn: nx.MultiDiGraph) -> str:
    """Return the page pyvis makes by default, with its library in the file."""
    net = Network(directed=True, cdn_resources="in_line")
    for id_, label in drawn.nodes(data="label"):
        net.add_node(id_, label=label)
    for one, other, label in drawn.edges(data="label"):
        net.add_edge(one, other, label=label)
    return str(net.generate_html())


def seconds(browser: Browser, path: Path, usable: str) -> float:
    """Return the seconds from opening a page until a condition holds, at most `CAP_SECONDS`."""
    tab = _cut_off(browser)
    begin = time.perf_counter()
    try:
        tab.goto(path.as_uri(), wait_until="commit")
        tab.wait_for_function(usable, timeout=CAP_SECONDS * 1_000, polling=20)
    except GivenUp:
        return float(CAP_SECONDS)
    finally:
        took = time.perf_counter() - begin
        tab.context.close()
    return took


def _cut_off(browser: Browser) -> Page:
    tab = browser.new_context(viewport={"width": 1280, "height": 800}).new_page()
    tab.route(re.compile("^https?://"), lambda route: route.abort())
    return tab


def main() -> None:
    """Write both pages, time them, and print the ratio; exit 1 if it is under `LEAST_RATIO`."""
    drawn = synthetic()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        ours, theirs = Path(folder, "ours.html"), Path(folder, "pyvis.html")
        begin = time.perf_counter()
        text = page.page(exchange.of_multigraph(drawn), "Synthetic network")
        wrote = time.perf_counter() - begin
        ours.write_text(text, encoding="utf-8")
        theirs.write_text(of_pyvis(drawn), encoding="utf-8")
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=_ARGUMENTS)
        seconds(browser, ours, _DRAWN)  # the first page a browser opens pays for its start
        mine = statistics.median(seconds(browser, ours, _DRAWN) for _ in range(5))
        other = seconds(browser, theirs, _STABLE)
        browser.close()
    print(f"{NODES:,} nodes, {drawn.number_of_edges():,} edges")
    print(f"ours, usable after            {mine:8.2f} s  (positions and page written before in {wrote:.2f} s)")
    print(f"pyvis in_line, usable after   {other:8.2f} s{'  (given up)' if other >= CAP_SECONDS else ''}")
    print(f"ratio                         {other / mine:8.0f} x")
    sys.exit(other / mine < LEAST_RATIO)


if __name__ == "__main__":
    main()
