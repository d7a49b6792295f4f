"""Checks of the whole graph: each finds offenders, by a `.rq` file or, for register ids, by decoding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cagraph import queries, registers
from cagraph.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cagraph.rows import Cell
    from cagraph.store import Graph

COLUMNS = ("check", "id", "property", "value", "cure")
COMPUTED = ("register-ids",)
"""Checks that are no query."""
ERRORS = ("dates-in-order", "duplicate-labels", "duplicate-numbers", "missing-evidence", "missing-jurisdiction",
          "missing-parties", "preferred-value-exists", "ratified-without-instrument")  # fmt: skip
"""Checks that fail `cagraph check`; every other one only informs."""

_Offender = tuple["Cell", "Cell", "Cell", str]


def offenders(graph: Graph, names: tuple[str, ...] = ()) -> Rows:
    """Return what the checks find, all or those named, with the cure for each.

    Raises:
        QueryFault: if there is no check of a name.
    """
    found: list[tuple[Cell, ...]] = []
    for name in names or (*queries.names("checks"), *COMPUTED):
        rows = _register_ids(graph) if name in COMPUTED else _asked(graph, name)
        found += [(name, *row) for row in rows]
    return Rows(COLUMNS, found)


def _asked(graph: Graph, name: str) -> Iterable[_Offender]:
    question = queries.load(name, "checks")
    for row in graph.select(question.sparql).dicts():
        yield row["id"], row["property"], row["value"], question.cure


def _register_ids(graph: Graph) -> Iterable[_Offender]:
    """Yield each register id that disagrees with the numbers and dates of the sources."""
    for id_, register, numbers, dates in graph.select(queries.load("register-ids", "lookups").sparql).rows:
        verdict = registers.compare(registers.in_address(str(register)), _several(numbers), _several(dates))
        if verdict.startswith("inconsistent"):
            cure = "read the passage and its footnote; record both readings if the source contradicts itself"
            yield id_, "id_local", f"{register}: {verdict.partition(': ')[2]}", cure


def _several(joined: Cell) -> list[str]:
    return [part for part in str(joined or "").split("|") if part]
