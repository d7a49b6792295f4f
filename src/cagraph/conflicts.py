"""Contradictions between claims: found by query, never resolved by overwriting."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cagraph import queries
from cagraph.rows import Rows

if TYPE_CHECKING:
    from cagraph.store import Graph

COLUMNS = ("id", "label", "class", "field", "value", "evidence", "other_value", "other_evidence", "preferred", "reason")
QUESTIONS = ("conflicting-claims", "conflicting-dates", "conflicting-figures", "conflicting-status")


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
    for name in QUESTIONS:
        for row in graph.select(queries.load(name, "lookups").bind({"id": id_})).dicts():
            field = str(row["field"]).rpartition(":")[2]
            values = [str(row[column]) for column in ("value", "evidence", "other_value", "other_evidence")]
            preferred = next((v for v in (values[0], values[2]) if (str(row["id"]), field, v) in chosen), "")
            reason = chosen.get((str(row["id"]), field, preferred), "")
            found.add((str(row["id"]), str(row["label"]), str(row["class"]), field, *values, preferred, reason))
    return Rows(COLUMNS, sorted(_once(found)))


def _once(found: set[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Keep one row for each pair of values, whichever passages repeat them."""
    kept: dict[tuple[str, ...], tuple[str, ...]] = {}
    for row in sorted(found):
        kept.setdefault((row[0], row[2], row[3], *sorted((row[4], row[6]))), row)
    return list(kept.values())
