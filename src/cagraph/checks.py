"""Checks of the whole graph: each is a `.rq` file that finds offenders."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cagraph import queries
from cagraph.rows import Rows

if TYPE_CHECKING:
    from cagraph.store import Graph

COLUMNS = ("check", "id", "property", "value", "cure")
ERRORS = ("dates-in-order", "duplicate-labels", "missing-evidence", "missing-jurisdiction", "missing-parties",
          "preferred-value-exists", "ratified-without-instrument")  # fmt: skip
"""Checks that fail `cagraph check`; every other one only informs."""


def offenders(graph: Graph, names: tuple[str, ...] = ()) -> Rows:
    """Return what the checks find, all or those named, with the cure for each."""
    found = []
    for name in names or tuple(queries.names("checks")):
        question = queries.load(name, "checks")
        for row in graph.select(question.sparql).dicts():
            found.append((name, row["id"], row["property"], row["value"], question.cure))
    return Rows(COLUMNS, found)
