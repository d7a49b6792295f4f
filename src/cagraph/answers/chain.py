"""Chains of instruments: what amends, repeals, replaces, rests on, ratifies or carries out what."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cagraph.answers import lookup
from cagraph.errors import refuse_beyond
from cagraph.queries import ask
from cagraph.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from cagraph.store import Store


DEEPEST = 10
"""Links that are followed at most: no chain in the data is longer."""


class Link(NamedTuple):
    """What one instrument does to another, and how many links away from the one asked about."""

    step: int
    subject: str
    subject_label: str
    link: str
    object: str
    object_label: str
    evidence: str


def links(store: Store, name: str, depth: int = 4) -> Rows:
    """Return the links that lead to and from an instrument, nearest first.

    The notes of the answer name the links that should be there and are not known: an agreement that
    a party ratified or approved by no known instrument, an instrument that was replaced or repealed
    by none known, an amendment without the act that made it.

    Args:
        store: what is asked.
        name: id or any name of the instrument.
        depth: how many links to follow, in both directions, 1 to 10.

    Raises:
        UsageFault: if nothing is called so, or the depth is out of range.
    """
    refuse_beyond("depth", depth, 1, DEEPEST)
    start = lookup.find(store, name).id
    rows = [tuple(map(str, row)) for row in ask(store, "amendment-chain", "named", law=start).rows]
    steps = _steps(start, [(row[0], row[3]) for row in rows], depth)
    links = sorted({Link(min(steps[row[0]], steps[row[3]]) + 1, *row) for row in rows if _reached(row, steps, depth)})
    gaps = missing(store, {start, *(end for link in links for end in (link.subject, link.object))})
    notes = tuple(f"not known: {gap[0]}: {gap[2]}" for gap in gaps.rows)
    return Rows(Link._fields, links, shown=("step", "subject", "link", "object"), notes=notes)


def _reached(row: tuple[str, ...], steps: dict[str, int], depth: int) -> bool:
    ends = [steps[end] for end in (row[0], row[3]) if end in steps]
    return len(ends) == 2 and min(ends) < depth  # noqa: PLR2004 - a link has two ends


def _steps(start: str, links: Iterable[tuple[str, str]], depth: int) -> dict[str, int]:
    """Return how many links away from the start each instrument within reach lies."""
    near: dict[str, set[str]] = {}
    for one, other in links:
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    steps, front = {start: 0}, {start}
    for step in range(1, depth + 1):
        front = {other for one in front for other in near.get(one, ())} - steps.keys()
        steps.update(dict.fromkeys(front, step))
    return steps


def missing(store: Store, ids: Collection[str]) -> Rows:
    """Return the links that should be there and are not, for several instruments, as id, label, missing."""
    rows = ask(store, "missing-links", id=tuple(sorted(ids)))
    return Rows(rows.columns, sorted(set(rows.rows), key=lambda row: tuple(map(str, row))))
