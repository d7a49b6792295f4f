"""Things that may be one thing under two ids: candidates for a curator's decision."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from cagraph import queries
from cagraph.names import fold
from cagraph.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cagraph.store import Graph

COLUMNS = ("id", "other", "score", "because")
_FAMILIES = (
    ("Law", "Decree", "PolicyDocument"),
    ("BilateralAgreement", "MultilateralAgreement", "AgreementGroup"),
    ("Agency", "Organization", "InternationalOrganization"),
    ("Scheme", "Programme"),
    ("Event",),
    ("Concept",),
    ("Region",),
)
_SHORT = 4
"""Numbers shorter than this are shared by chance."""


def duplicates(graph: Graph, floor: int = 92) -> Rows:
    """Return pairs of things of like kind that share a name, or a number and a year.

    Pairs that a curator has marked `distinctFrom` are not offered again.

    Args:
        graph: the store.
        floor: how alike two names must be, up to 100.
    """
    decided = {frozenset(map(str, row)) for row in graph.select(queries.load("distinct", "lookups").sparql).rows}
    found: dict[frozenset[str], tuple[int, str]] = {}
    for family in _FAMILIES:
        for pair, score, because in _alike(graph, family, floor):
            if pair not in decided and score > found.get(pair, (0, ""))[0]:
                found[pair] = (score, because)
    ranked = sorted(found, key=lambda pair: (-found[pair][0], sorted(pair)))
    return Rows(COLUMNS, [(min(pair), max(pair), *found[pair]) for pair in ranked])


def _alike(graph: Graph, family: tuple[str, ...], floor: int) -> Iterable[tuple[frozenset[str], int, str]]:
    from rapidfuzz import fuzz

    names: dict[str, set[tuple[str, str]]] = {}
    places: dict[str, set[str]] = {}
    for id_, name, place in graph.select(queries.load("names-and-places", "lookups").bind({"kind": family})).rows:
        names.setdefault(str(id_), set()).add((fold(str(name)), str(name)))
        places.setdefault(str(id_), set()).update([str(place)] if place else [])
    for one, other in combinations(sorted(names), 2):
        if places[one] and places[other] and not places[one] & places[other]:
            continue
        best = max(
            (
                (fuzz.token_sort_ratio(a, b), f"{x} / {y}")
                for a, x in names[one]
                for b, y in names[other]
                if _telling(a, b)
            ),
            default=(0, ""),
        )
        if best[0] >= floor:
            yield frozenset({one, other}), round(best[0]), best[1]


def _telling(one: str, other: str) -> bool:
    """Tell whether two names can be compared: not too short, and with the same figures in them."""
    if min(len(one), len(other)) < _SHORT:
        return False
    return {word for word in one.split() if word.isdigit()} == {word for word in other.split() if word.isdigit()}
