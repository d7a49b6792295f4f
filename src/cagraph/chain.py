"""Chains of instruments: what amends, repeals, replaces, rests on, ratifies or carries out what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cagraph import queries
from cagraph.rows import Rows

if TYPE_CHECKING:
    from cagraph.store import Graph

COLUMNS = ("step", "subject", "subject_label", "link", "object", "object_label", "evidence")
MISSING = ("id", "label", "missing")


def chain(graph: Graph, id_: str, depth: int = 4) -> Rows:
    """Return the links that lead to and from an instrument, nearest first.

    Args:
        graph: the store.
        id_: the instrument.
        depth: how many links to follow, in both directions.
    """
    found: dict[tuple[str, ...], int] = {}
    reached, front = {id_}, {id_}
    for step in range(1, depth + 1):
        rows = graph.select(queries.load("instrument-links", "lookups").bind({"id": tuple(sorted(front))})).dicts()
        front = set()
        for row in rows:
            key = tuple(str(row[name]) for name in COLUMNS[1:])
            found.setdefault(key, step)
            front |= {key[0], key[3]} - reached
        reached |= front
        if not front:
            break
    ordered = sorted(found.items(), key=lambda item: (item[1], item[0]))
    return Rows(COLUMNS, [(step, *key[:2], key[2].partition(":")[2], *key[3:]) for key, step in ordered])


def missing(graph: Graph, ids: set[str]) -> Rows:
    """Return the links that should be there and are not, for several instruments.

    An agreement that a party ratified or approved by no known instrument; an instrument that was
    replaced or repealed by none known; an amendment without the act that made it.
    """
    rows = graph.select(queries.load("missing-links", "lookups").bind({"id": tuple(sorted(ids))})).rows
    return Rows(MISSING, sorted({tuple(map(str, row)) for row in rows}))
