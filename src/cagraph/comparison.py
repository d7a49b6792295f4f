"""Two countries side by side, by kind and topic."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from cagraph import listing
from cagraph.rows import Rows

if TYPE_CHECKING:
    from cagraph.rows import Cell
    from cagraph.store import Graph


def compare(graph: Graph, one: str, other: str, kind: str = "", as_of: str = "") -> Rows:
    """Return for each kind and topic how many things each of two countries has, and the ids.

    A thing with several topics counts under each; `all` counts every thing once.

    Args:
        graph: the store.
        one: id of the first country.
        other: id of the second.
        kind: name of one listing; all if empty.
        as_of: day by which things must have begun, as EDTF; today if empty.
    """
    found: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    names = [kind] if kind else list(listing.LISTINGS)
    for name in names:
        for country in (one, other):
            for entry in listing.entries(graph, listing.LISTINGS[name], country, listing.Filters(as_of=as_of)):
                topics = sorted(topic.partition("-")[2] for topic in entry.claims.get("ca:topic", ()))
                for topic in ("all", *topics):
                    found[name, topic][country].append(entry.id)
    ranks = Counter({key: len(by[one]) + len(by[other]) for key, by in found.items()})
    order = sorted(found, key=lambda key: (names.index(key[0]), key[1] != "all", -ranks[key], key[1]))
    columns = ("kind", "topic", one, other, f"only_{one}", f"only_{other}", "both")
    rows: list[tuple[Cell, ...]] = []
    for key in order:
        mine, theirs = set(found[key][one]), set(found[key][other])
        only, only_theirs, both = (tuple(sorted(ids)) for ids in (mine - theirs, theirs - mine, mine & theirs))
        rows.append((*key, len(mine), len(theirs), only, only_theirs, both))
    return Rows(columns, rows)
