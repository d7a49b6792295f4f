"""What grows with the graph: nothing that is asked of one thing, and no list faster than its rows.

The real records are held against ten times as many, built the real way. CPU time is compared, each question in
turns with itself, medians of several runs; the bounds are wide enough for a busy machine.
"""

from __future__ import annotations

import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import pytest

from benchmarks import copies
from cagraph import queries
from cagraph.answers import (
    chain,
    checks,
    citation,
    conflicts,
    coverage,
    duplicates,
    evidence,
    figures,
    listing,
    lookup,
    overview,
    search,
    showing,
    status,
    timeline,
)  # fmt: skip
from cagraph.answers.listings import LISTINGS
from cagraph.iris import iri
from cagraph.network import graph as networks
from cagraph.queries import ask

if TYPE_CHECKING:
    from collections.abc import Callable

    from cagraph.rows import Rows
    from cagraph.store import Store
    from cagraph.store.embedded import Embedded

    Answer = Callable[[Store], Any]

ROOT = Path(__file__).parents[1]
TIMES = 10
CONSTANT, LINEAR = 3.0, 20.0
"""How many times as long what is asked of one thing, and a list of ten times the rows, may take."""
_RUNS = 5
_LEAST = 0.004
"""Seconds that are measured at once at least; the clock and what else runs are no part of the answer."""
AGREEMENT, MEMORANDUM, LAW = "kz-uz-labour-agreement-2019", "tj-be-labour-memorandum-2025", "kz-law-477-iv-2011"
FIGURES = "kz-remittances-figures"


def _each(called: str, answer: Callable[[Store, str], Any], *names: str) -> dict[str, Answer]:
    """Return an answer about each of some names, by what the test is called."""

    def about(name: str) -> Answer:
        return lambda store: answer(store, name)

    return {called.format(name): about(name) for name in names}


def _asked(store: Store, name: str) -> Rows:
    """Return the rows of a named query with the values of its example."""
    question = queries.load(name)
    return store.select(question.bind(lookup.parameters(store, question, question.example)))


def _searched(store: Store, words: str) -> Rows:
    search.words_of.cache_clear()
    return search.answer(store, words)


def _passages(store: Store) -> list[str]:
    """Return the ids of 1,200 passages, or of ten times as many in the store that has ten times as many."""
    number = 1200 if len(ask(store, "acted-on")) < 5000 else 1200 * TIMES
    return [str(row[0]) for row in store.select(f"SELECT ?e {{ ?e a ca:Evidence }} LIMIT {number}").rows]


OF_ONE_THING: dict[str, Answer] = {
    **_each("show {}", showing.shown, AGREEMENT, LAW, MEMORANDUM, "uz-agency-for-migration", FIGURES,
            "matnazarova-2025"),
    **_each("conflicts {}", conflicts.contradictions, FIGURES, "kg-law-4-2006", "kg-migration-policy-concept-2021-2030"),
    "find": lambda store: lookup.find(store, "Tajikistan-Belgium memorandum"),
    "network": lambda store: networks.network(store, (AGREEMENT,)).links,
    "network of a memorandum": lambda store: networks.network(store, (MEMORANDUM,)).links,
    "timeline": lambda store: timeline.steps_of(store, AGREEMENT),
    "status": lambda store: status.statuses(store, AGREEMENT),
    "evidence": lambda store: evidence.of_thing(store, AGREEMENT),
    "chain": lambda store: chain.links(store, "tm-law-migration-2012"),
    "cite-as": lambda store: citation.cite(store, [LAW]),
    "figures of a thing": lambda store: figures.figures_of(store, FIGURES),
    "values": lambda store: ask(store, "values", id=(AGREEMENT, LAW), property=iri("ca:mainDate")),
    "parties": lambda store: ask(store, "parties", id=(AGREEMENT, MEMORANDUM)),
    "neighbours": lambda store: ask(store, "neighbours", id=(AGREEMENT, LAW)),
    "links": lambda store: ask(store, "links-from", id=(AGREEMENT, LAW)),
    "sources": lambda store: ask(store, "sources-of", id=(AGREEMENT, LAW)),
    "gaps of instruments": lambda store: ask(store, "missing-links", id=(AGREEMENT, LAW)),
    "bibliography": lambda store: ask(store, "bibliography"),
    "actions-on": lambda store: ask(store, "actions-on", "named", thing=AGREEMENT),
    "status-on": lambda store: ask(store, "status-on", "named", day="2020-06-01", thing=AGREEMENT),
}  # fmt: skip
_OPEN = [
    name for name in queries.names()
    if (known := queries.load(name).parameters) and all(parameter.optional for parameter in known)
]  # fmt: skip
"""Named queries that can be asked of all."""
LISTED: dict[str, Answer] = {
    **_each("check {}", lambda store, name: checks.check(store, [name]), *queries.names("checks"), *checks.COMPUTED),
    **_each("{}", _asked, *queries.names()),
    **_each("{}, of all", lambda store, name: store.select(queries.load(name).sparql), *_OPEN),
    **_each("agreements {}", lambda store, place: listing.listed(store, LISTINGS["agreements"], place), "", "kz"),
    **_each("laws {}", lambda store, place: listing.listed(store, LISTINGS["laws"], place), "", "kz"),
    "show TJ": lambda store: showing.shown(store, "tj"),
    "show BE": lambda store: showing.shown(store, "be"),
    "conflicts": conflicts.contradictions,
    "network": lambda store: networks.network(store).links,
    "network of BE": lambda store: networks.network(store, ("be",)).links,
    "timeline TJ": lambda store: timeline.steps_of(store, "tj"),
    "duplicates": duplicates.pairs,
    "figures TJ": lambda store: figures.figures(store, "tj"),
    "coverage": coverage.sections,
    "coverage by country": coverage.counts,
    "countries": overview.countries,
    "sources": overview.sources,
    "evidence of 1,200 passages": lambda store: evidence.cited(store, _passages(store)),
    "search": lambda store: _searched(store, "belgium memorandum"),
}  # fmt: skip
TENFOLD = (
    "actions-between, of all", "agreement-groups, of all", "agreements-signed-between, of all",
    "agreements-under-negotiation, of all", "conflicts", "figures, of all", "not-joined, of all",
    "ratifying-instruments, of all", "signed-without-ratification, of all", "things-of-country", "in-force-on",
    "agreements-between", "only-in-source", "timeline TJ",
)  # fmt: skip
"""Lists of which every copy has the same rows."""


@pytest.fixture(scope="module")
def tenfold(compile_folder: Callable[[Path], Embedded], tmp_path_factory: pytest.TempPathFactory) -> Embedded:
    """Return a graph of ten times the real records."""
    folder = tmp_path_factory.mktemp("tenfold") / "data"
    return compile_folder(copies.written(ROOT / "data", ROOT / "ontology", TIMES, folder))


def _seconds(answer: Answer, store: Store, times: int = 1) -> tuple[float, int]:
    """Return the CPU time of so many answers, and the rows of one."""
    start = time.process_time()
    for _ in range(times - 1):
        answer(store)
    rows = len(answer(store))
    return time.process_time() - start, rows


def _ratio(answer: Answer, small: Store, large: Store) -> float:
    """Return how many times as long an answer of the large store takes: the medians of several runs, in turns."""
    times = max(1, int(_LEAST / max(_seconds(answer, small)[0], _LEAST / 40)))
    pairs = [(_seconds(answer, small, times)[0], _seconds(answer, large, times)[0]) for _ in range(_RUNS)]
    return median(large for _, large in pairs) / max(median(small for small, _ in pairs), _LEAST / 2)


@pytest.mark.parametrize("asked", OF_ONE_THING)
def test_what_is_asked_of_one_thing_costs_the_same_in_a_graph_of_ten_times_the_size(
    asked: str, graph: Store, tenfold: Store
) -> None:
    answer = OF_ONE_THING[asked]
    assert len(answer(tenfold)) == len(answer(graph)) > 0
    assert _ratio(answer, graph, tenfold) <= CONSTANT


@pytest.mark.parametrize("asked", LISTED)
def test_a_list_costs_no_more_than_its_rows(asked: str, graph: Store, tenfold: Store) -> None:
    answer = LISTED[asked]
    few = [_seconds(answer, graph) for _ in range(3)]
    bound = LINEAR * max(median(seconds for seconds, _ in few), _LEAST / 4)
    seconds, rows = _seconds(answer, tenfold)
    assert seconds <= bound or _seconds(answer, tenfold)[0] <= bound  # a slow run may be chance; two are not
    assert rows == TIMES * few[0][1] or asked not in TENFOLD
