"""Contradictions between claims: found by query, never resolved by overwriting."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

from cagraph import queries
from cagraph.names import fold
from cagraph.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cagraph.store import Graph

COLUMNS = ("id", "label", "class", "field", "value", "evidence", "other_value", "other_evidence", "preferred", "reason")
QUESTIONS = (
    "conflicting-attribution",
    "conflicting-claims",
    "conflicting-dates",
    "conflicting-figures",
    "conflicting-status",
)
_SPELLING = 80
"""Names of one thing at least this alike (up to 100), and not the same, are two spellings of it."""


def conflicts(graph: Graph, id_: str = "") -> Rows:
    """Return each pair of claims that cannot both hold, with the preferred value if one is.

    Args:
        graph: the store.
        id_: only conflicts about this thing; all if empty.
    """
    chosen: dict[tuple[str, str, str], str] = {
        (str(thing), str(property_), str(prefers)): str(reason)
        for thing, property_, prefers, reason in graph.select(
            queries.load("preferences", "lookups").bind({"id": id_})
        ).rows
    }
    found = set()
    for row in _contradictions(graph, id_):
        field = row["field"].rpartition(":")[2]
        preferred = next((v for v in (row["value"], row["other_value"]) if (row["id"], field, v) in chosen), "")
        reason = chosen.get((row["id"], field, preferred), "")
        found.add(
            (*(row[name] for name in COLUMNS[:3]), field, *(row[name] for name in COLUMNS[4:8]), preferred, reason)
        )
    return Rows(COLUMNS, sorted(_once(found)))


def _once(found: set[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Keep one row for each pair of values, whichever passages repeat them."""
    kept: dict[tuple[str, ...], tuple[str, ...]] = {}
    for row in sorted(found):
        kept.setdefault((row[0], row[2], row[3], *sorted((row[4], row[6]))), row)
    return list(kept.values())


def _contradictions(graph: Graph, id_: str) -> Iterable[dict[str, str]]:
    for name in QUESTIONS:
        for row in graph.select(queries.load(name, "lookups").bind({"id": id_})).dicts():
            yield {column: str(value) for column, value in row.items()}
    yield from _spellings(graph, id_)


def _spellings(graph: Graph, id_: str) -> Iterable[dict[str, str]]:
    """Yield each pair of spellings of one printed name: alike, and not the same."""
    from rapidfuzz.fuzz import token_sort_ratio

    printed: dict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
    for thing, label, property_, name, evidence in graph.select(
        queries.load("printed-names", "lookups").bind({"id": id_})
    ).rows:
        about = (str(thing), str(label), str(property_))
        printed[about].setdefault(str(name), str(evidence))
    for (thing, label, property_), names in printed.items():
        for one, other in combinations(sorted(names), 2):
            if fold(one) != fold(other) and token_sort_ratio(fold(one), fold(other)) >= _SPELLING:
                row = (thing, label, "name", property_, one, names[one], other, names[other])
                yield dict(zip(COLUMNS, row, strict=False))
