"""The words of a document in one piece of memory, in which runs of them are found and hashed."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence


class Joined:
    """Words as bytes with a space between each two, and where each of them begins and ends there."""

    def __init__(self, words: Iterable[str], signs: Mapping[int, str]) -> None:
        joined = bytearray(b" ")
        self._starts, self._ends = array("I"), array("I")
        for at, word in enumerate(words):
            self._starts.append(len(joined))
            joined += word.encode()
            self._ends.append(len(joined))
            if at in signs:
                joined += signs[at].encode()
            joined += b" "
        self._bytes = bytes(joined)

    def between(self, start: int, end: int) -> bytes:
        """Return the words from one position to before another, without the signs behind the last."""
        return self._bytes[self._starts[start] : self._ends[end - 1]]

    def windows(self, length: int) -> Iterator[bytes]:
        """Yield each run of so many words, as `between` does."""
        joined = self._bytes
        for start, end in zip(self._starts, self._ends[length - 1 :], strict=False):
            yield joined[start:end]

    def find(self, words: Sequence[str], most: int, after: int = 0) -> list[int]:
        """Return the first positions of some words in a row, from a position on."""
        found: list[int] = []
        needle = f" {' '.join(words)} ".encode()
        at = self._starts[after] - 1 if words and after < len(self._starts) else -1
        while at >= 0 and len(found) < most:
            at = self._bytes.find(needle, at)
            if at >= 0:
                found.append(bisect_left(self._starts, at + 1))
                at += 1
        return found
