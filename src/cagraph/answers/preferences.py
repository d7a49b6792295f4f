"""What curators prefer among values that contradict each other."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from cagraph.names import is_country
from cagraph.queries import ask

if TYPE_CHECKING:
    from collections.abc import Collection

    from cagraph.store import Store


class Choice(NamedTuple):
    """A preference for one of several values of a thing."""

    property: str
    """The property, action type or indicator."""
    prefers: str
    reason: str
    narrowed: frozenset[str]
    """The areas, as people write them, and the period that it is narrowed to; empty for all."""

    def chooses(self, property_: str, values: Collection[str], about: str) -> bool:
        """Tell whether it chooses among values of a property, about which a text says where and when."""
        known = {part.strip() for part in about.replace(">", ",").split(",")}
        return property_ == self.property and self.prefers in values and self.narrowed <= known


def choices(store: Store, ids: str | Collection[str] | None = None) -> dict[str, list[Choice]]:
    """Return the preferences of each thing, or of one or some, by its id."""
    narrowed: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for thing, property_, prefers, reason, subject, period, _ in ask(store, "preferences", id=ids).rows:
        areas = [str(subject).upper() if is_country(str(subject)) else str(subject)]
        narrowed[str(thing), str(property_), str(prefers), str(reason)].update(
            part for part in (*areas, str(period)) if part
        )
    found: dict[str, list[Choice]] = defaultdict(list)
    for (thing, property_, prefers, reason), parts in sorted(narrowed.items()):
        found[thing].append(Choice(property_, prefers, reason, frozenset(parts)))
    return found
