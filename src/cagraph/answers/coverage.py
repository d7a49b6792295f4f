"""What of each source the evidence touches, and what it leaves untouched."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING

from cagraph.answers.stored import number
from cagraph.errors import refuse_beyond
from cagraph.queries import ask, load
from cagraph.rows import Rows

if TYPE_CHECKING:
    from pathlib import Path

    from cagraph.curated.documents import Document
    from cagraph.curated.records import Passage
    from cagraph.rows import Cell
    from cagraph.store import Store

SECTIONS = ("source", "section", "passages", "first_line", "last_line")
STRETCHES = ("source", "section", "first_line", "last_line", "words")


def touched(store: Store, folder: Path | None = None, *, by_country: bool = False, least: int = 40) -> Rows:
    """Return what the evidence touches: passages by section; or what it leaves out, or things by country.

    Args:
        store: what is asked.
        folder: where the source documents lie: then the stretches that no evidence touches.
        by_country: how many things of each kind each country has instead.
        least: stretches of fewer words are left out.
    """
    refuse_beyond("number of words", least, 1)
    if by_country:
        return counts(store)
    return untouched(store, folder, least) if folder else sections(store)


def sections(store: Store) -> Rows:
    """Return how many passages are cited from each section of each source, in reading order.

    Footnotes count to the section they stand in.
    """
    spans: dict[tuple[str, str], list[int]] = {}
    for source, section, passages, first, last in ask(store, "sections").rows:
        key = (str(source), str(section).partition(", footnote")[0])
        known = spans.setdefault(key, [0, number(first), number(last)])
        known[:] = known[0] + number(passages), min(known[1], number(first)), max(known[2], number(last))
    order = sorted(spans, key=lambda key: (key[0], spans[key][1]))
    return Rows(SECTIONS, [(*key, *spans[key]) for key in order])


def untouched(store: Store, folder: Path, least: int = 40) -> Rows:
    """Return the stretches of at least so many words on which no evidence rests.

    Args:
        store: what is asked.
        folder: where the source documents lie.
        least: shorter stretches are left out.
    """
    from cagraph.answers.evidence import cited, documents, passage

    by_source: dict[str, list[Passage]] = defaultdict(list)
    for row in cited(store).values():
        where = passage(row)
        by_source[where.source].append(where)
    headings: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for source, line, section in ask(store, "headings").rows:
        headings[str(source)].append((number(line), str(section)))
    stretches: list[tuple[Cell, ...]] = []
    at_hand = documents(store, folder)
    for source, document in sorted(at_hand.items()):
        its_headings = sorted(headings[source])
        for start, end in _gaps(document, by_source[source]):
            if end - start >= least:
                lines = document.line(start), document.line(end - 1)
                stretches.append((source, _section(its_headings, lines[0]), *lines, end - start))
    missing = sorted(by_source.keys() - at_hand.keys())
    notes = (f"not in the folder: {', '.join(missing)}",) if missing else ()
    return Rows(STRETCHES, stretches, notes=notes)


def _section(headings: list[tuple[int, str]], line: int) -> str:
    """Return the section that a line stands in; the headings stand in the order of their lines."""
    before = bisect_right(headings, line, key=lambda heading: heading[0])
    return headings[before - 1][1] if before else ""


def _gaps(document: Document, passages: list[Passage]) -> list[tuple[int, int]]:
    """Return the half-open spans of words between the passages."""
    reached, gaps = 0, []
    places = document.find_all(passages).items()
    for start, length in sorted((start, where.length) for where, start in places if start is not None):
        if start > reached:
            gaps.append((reached, start))
        reached = max(reached, start + length)
    return [*gaps, (reached, len(document.found))]


def counts(store: Store) -> Rows:
    """Return how many things of each class each country has; `all` counts them whatever the country."""
    return store.select(load("counts", "lookups").sparql)
