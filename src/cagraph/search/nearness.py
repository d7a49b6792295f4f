"""How far two words are alike: the same, of one stem, begun, or mistyped."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cagraph.search.index import Index

SAME = 100
_STEM = 4
"""Letters that two words must share at their beginning to be forms of one."""
_SHARE = 0.6
"""The part of the longer word that its beginning must be."""
_WHOLE_SHARE = 0.5
"""The same where the beginning is the whole of the other word."""
_LONGEST_ENDING = 5
"""Letters of the longest ending: these languages set endings behind one another."""
_TYPED = 3
"""Letters after which a word may be one that is still being typed."""
_SLIPS = (4, 8)
"""Letters from which on one slip, and two, are forgiven."""


def near(index: Index, word: str) -> Iterator[tuple[int, int]]:
    """Yield the words of an index that are like a word, by their places, and how far, up to 100."""
    start = index.place_of(word)
    is_known = start < len(index.vocabulary) and index.vocabulary[start] == word
    if is_known:
        yield start, SAME
    if word[0].isdigit():
        return
    found: dict[int, int] = dict(_of_one_stem(index, word))
    if not is_known:
        for place, likeness in _mistyped(index, word):
            found[place] = max(likeness, found.get(place, 0))
    yield from found.items()


def _of_one_stem(index: Index, word: str) -> Iterator[tuple[int, int]]:
    """Yield the words that begin as a word does: other forms of it, and those it is the beginning of."""
    shared = word[: max(_TYPED, int(len(word) * _WHOLE_SHARE + 0.999))]
    if len(word) < _TYPED:
        return
    place = index.place_of(shared)
    while place < len(index.vocabulary):
        other = index.vocabulary[place]
        if not other.startswith(shared):
            return
        if other != word:
            likeness = _form(word, other)
            if likeness:
                yield place, likeness
        place += 1


def _form(word: str, other: str) -> int:
    """Return how far two words that begin alike may be forms of one; 0 if they may not."""
    stem = 0
    for one, two in zip(word, other, strict=False):
        if one != two:
            break
        stem += 1
    ending, its = len(word) - stem, len(other) - stem
    if not ending and (its <= _TYPED or len(word) > _STEM):
        return max(92 - 2 * its, 70)
    share = _SHARE if its else _WHOLE_SHARE
    if stem < _STEM or stem < share * max(len(word), len(other)) or max(ending, its) > _LONGEST_ENDING:
        return 0
    return 95 - 3 * ending - its


def _mistyped(index: Index, word: str) -> Iterator[tuple[int, int]]:
    """Yield the words with the same first letter that a slip or two of the typist lead to."""
    slips = sum(len(word) >= length for length in _SLIPS)
    if not slips or not word.isalpha():
        return
    start, end = index.place_of(word[0]), index.place_of(chr(ord(word[0]) + 1))
    for place in range(start, end):
        other = index.vocabulary[place]
        if abs(len(other) - len(word)) <= slips and len(other) > _TYPED:
            found = distance(word, other, slips)
            if found <= slips:
                yield place, (85 if len(word) > _STEM + 1 else 70) - 10 * found


def distance(one: str, other: str, most: int) -> int:
    """Return how many letters must be left out, put in, changed or swapped with the next; at most one more than asked.

    >>> distance("migrasa", "mirgasa", 2), distance("patent", "martin", 2)
    (1, 3)
    """
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        new = [i, *[0] * len(other)]
        for j, b in enumerate(other, 1):
            new[j] = min(row[j] + 1, new[j - 1] + 1, row[j - 1] + (a != b))
            if before and j > 1 and a == other[j - 2] and one[i - 2] == b:
                new[j] = min(new[j], before[j - 2] + 1)
        if min(new) > most:
            return most + 1
        before, row = row, new
    return min(row[-1], most + 1)
