"""Things that may be one thing under two ids: candidates for a curator's decision."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from cagraph.answers.likely import partners
from cagraph.errors import refuse_beyond
from cagraph.kinds import families
from cagraph.names import fold
from cagraph.queries import ask
from cagraph.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cagraph.store import Store

LOWEST = 50
"""Names less alike than this have no more in common than any two names of laws."""
_SHORT = 4
"""Names shorter than this are shared by chance."""


class Pair(NamedTuple):
    """Two things that may be one, and the two names that say so."""

    id: str
    other: str
    score: int
    because: str


def pairs(store: Store, floor: int = 92, limit: int = 0) -> Rows:
    """Return pairs of things of like kind that share a name, or a number and a year.

    Pairs that a curator has marked `distinctFrom` are not offered again; nor are names that differ
    in a place alone, such as offices in two towns.

    Args:
        store: what is asked.
        floor: how alike two names must be, up to 100.
        limit: at most so many pairs; 0 for all.
    """
    refuse_beyond("floor", floor, LOWEST, 100)
    decided = {frozenset(map(str, row)) for row in ask(store, "distinct").rows}
    named = {fold(str(row["name"])) for row in ask(store, "names-and-places", kind=("Country", "Region"))}
    towns = {word for name in named for word in name.split() if len(word) >= _SHORT}
    best: dict[frozenset[str], Pair] = {}
    for family in families():
        for pair in _alike(store, family, floor, towns):
            key = frozenset({pair.id, pair.other})
            if key not in decided and (key not in best or pair.score > best[key].score):
                best[key] = pair
    pairs = sorted(best.values(), key=lambda pair: (-pair.score, pair.id, pair.other))
    return Rows(Pair._fields, pairs).first(limit)


def _alike(store: Store, family: tuple[str, ...], floor: int, towns: set[str]) -> Iterator[Pair]:
    """Yield each pair of things of a family whose countries do not differ and two of whose names are alike.

    `towns` are the words of names of places: two names that differ in them alone are two.
    """
    from rapidfuzz import fuzz, process

    places: dict[str, set[str]] = defaultdict(set)
    bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for id_, name, place in ask(store, "names-and-places", kind=family).rows:
        folded = fold(str(name))
        if len(folded) >= _SHORT:
            bearers[_sorted(folded), str(name)].add(str(id_))
        places[str(id_)].update([str(place)] if place else [])
    for group in _of_same_figures(bearers):
        texts = [text for text, _ in group]
        for (text, name), likely in zip(group, partners(texts, floor), strict=True):
            near = process.extract(
                text, [texts[place] for place in likely], scorer=fuzz.ratio, score_cutoff=floor, limit=None
            )
            for _, score, place in near:
                other = group[likely[place]]
                mine, its = set(text.split()), set(other[0].split())
                if mine != its and mine ^ its <= towns and mine - its and its - mine:
                    continue
                yield from _pairs(bearers[text, name], bearers[other], places, round(score), f"{name} / {other[1]}")


def _sorted(folded: str) -> str:
    """Return a name with its words in order, so that their order does not matter."""
    return " ".join(sorted(folded.split()))


def _of_same_figures(bearers: Iterable[tuple[str, str]]) -> Iterable[list[tuple[str, str]]]:
    """Return the names in groups with the same figures in them: acts of other years or numbers are others."""
    groups: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    for text, name in sorted(bearers):
        groups[tuple(sorted({word for word in text.split() if word.isdigit()}))].append((text, name))
    return groups.values()


def _pairs(ones: set[str], others: set[str], places: dict[str, set[str]], score: int, because: str) -> Iterator[Pair]:
    for one in ones:
        for other in others - {one}:
            if not (places[one] and places[other]) or places[one] & places[other]:
                yield Pair(min(one, other), max(one, other), score, because)
