"""Short names that fail: missing, too long, not the only one in a country, or a label cut short."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from cagraph.curated.short_names import places
from cagraph.curated.shortening import LONGEST, is_cut
from cagraph.iris import local
from cagraph.kinds import BY_NAME
from cagraph.queries import ask

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cagraph.store import Store


class Failing(NamedTuple):
    """A thing whose short name fails, and why."""

    id: str
    told: str


def failing(store: Store) -> Iterator[Failing]:
    """Yield each thing whose short name fails, and why."""
    ties: dict[str, set[str]] = defaultdict(set)
    short: dict[str, str] = {}
    for id_, name, of in ask(store, "short-names").rows:
        short[str(id_)] = str(name)
        ties[str(id_)].update([str(of)] if of else [])
    bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
    things = [(str(id_), local(kind), str(label)) for id_, kind, label in ask(store, "of-kind", kind=[*BY_NAME]).rows]
    for id_, kind, label in things:
        name = short.get(id_, "")
        if not name:
            yield Failing(id_, f"none can be made of {label!r}")
        elif len(name) > LONGEST:
            yield Failing(id_, f"{name!r} has {len(name)} signs")
        elif is_cut(name, label):
            yield Failing(id_, f"{name!r} is the label cut short")
        for place in places(id_, kind, ties[id_]) if name else ():
            bearers[place, name.lower()].add(id_)
    for (place, _), ids in sorted(bearers.items()):
        for id_ in sorted(ids) if len(ids) > 1 else ():
            others = ", ".join(sorted(ids - {id_}))
            yield Failing(id_, f"{short[id_]!r} is that of {others} too, in {place}")
