"""Which names can be alike at all: those that share a piece, so that not every pair need be compared.

Names of which at most so many letters differ, cut into one piece more than that, share a piece as it stands.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SHORTEST = 3
"""Pieces shorter than this stand in nearly every name: then all are compared."""


def partners(texts: Sequence[str], floor: int) -> list[list[int]]:
    """Return for each text the places, its own and later ones, of those that may be alike to a degree.

    None is missed whose `rapidfuzz.fuzz.ratio` is at least the floor; some that are less alike are among them.

    >>> partners(["law on migration", "law on migrations", "rules of residence"], 92)
    [[0, 1], [1], [2]]
    """
    pieces: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
    unsplit = []
    for place, text in enumerate(texts):
        differing = _differing(text, floor)
        length = len(text) // (differing + 1)
        if length < _SHORTEST:
            unsplit.append(place)
        for number in range(differing + 1) if length >= _SHORTEST else ():
            start = number * length
            pieces[text[start : start + length]].append((place, start, differing))
    found: list[set[int]] = [{place} for place in range(len(texts))]
    lengths = {len(piece) for piece in pieces}
    for place, text in enumerate(texts):
        for other in _sharing(text, pieces, lengths):
            found[min(place, other)].add(max(place, other))
        for other in unsplit:
            found[min(place, other)].add(max(place, other))
    return [sorted(some) for some in found]


def _differing(text: str, floor: int) -> int:
    """Return how many letters at most are left out or put in between a text and one as long or longer that is alike."""
    return int(2 * len(text) * (100 - floor) / floor + 1e-9)


def _sharing(text: str, pieces: dict[str, list[tuple[int, int, int]]], lengths: set[int]) -> Iterator[int]:
    """Yield the places of those texts a piece of which stands in this one, about where it stands there."""
    for length in lengths:
        for start in range(len(text) - length + 1):
            for place, at, differing in pieces.get(text[start : start + length], ()):
                if abs(at - start) <= differing:
                    yield place
