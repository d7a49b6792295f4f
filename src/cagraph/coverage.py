"""What of each source the evidence touches, and what it leaves untouched."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from cagraph import passages, queries
from cagraph.rows import Rows

if TYPE_CHECKING:
    from pathlib import Path

    from cagraph.evidence import Document
    from cagraph.records import Passage
    from cagraph.rows import Cell
    from cagraph.store import Graph

SECTIONS = ("source", "section", "passages", "first_line", "last_line")
STRETCHES = ("source", "section", "first_line", "last_line", "words")


def sections(graph: Graph) -> Rows:
    """Return how many passages are cited from each section of each source, in reading order."""
    lines: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row in passages.cited(graph).values():
        where = passages.passage(row)
        lines[where.source, where.section.partition(", footnote")[0]].append(where.line)
    found = [(source, section, len(at), min(at), max(at)) for (source, section), at in lines.items()]
    return Rows(SECTIONS, sorted(found, key=lambda row: (str(row[0]), int(str(row[3])))))


def untouched(graph: Graph, folder: Path, least: int = 40) -> Rows:
    """Return the stretches of at least so many words on which no evidence rests.

    Args:
        graph: the store.
        folder: where the source documents lie.
        least: shorter stretches are left out.
    """
    by_source: dict[str, list[Passage]] = defaultdict(list)
    for row in passages.cited(graph).values():
        where = passages.passage(row)
        by_source[where.source].append(where)
    found: list[tuple[Cell, ...]] = []
    for source, document in sorted(passages.documents(graph, folder).items()):
        for start, end in _gaps(document, by_source[source]):
            if end - start >= least:
                lines = document.line(start), document.line(end - 1)
                found.append((source, document.section(start), *lines, end - start))
    return Rows(STRETCHES, found)


def _gaps(document: Document, cited: list[Passage]) -> list[tuple[int, int]]:
    """Return the half-open spans of words between the passages."""
    reached, gaps = 0, []
    places = ((document.find(where), where.length) for where in cited)
    for start, length in sorted((start, length) for start, length in places if start is not None):
        if start > reached:
            gaps.append((reached, start))
        reached = max(reached, start + length)
    return [*gaps, (reached, len(document.words))]


COUNTS = ("kind", "country", "things")


def counts(graph: Graph) -> Rows:
    """Return how many things of each class each country has; `all` counts them whatever the country."""
    return Rows(COUNTS, graph.select(queries.load("counts", "lookups").sparql).rows)
