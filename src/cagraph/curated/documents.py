"""Passages of source documents: locate, fingerprint, verify.

A passage is known by its position and length in normalised words and by a fingerprint over them, so
that it is found again in another rendition of the same document: other line breaks, no Markdown
marks, footnote marks gone.
"""

from __future__ import annotations

import hashlib
import re
from array import array
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from statistics import median
from typing import TYPE_CHECKING

from cagraph.curated.joined import Joined
from cagraph.curated.records import Passage
from cagraph.curated.words import split
from cagraph.errors import EvidenceFault

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from pathlib import Path

    from cagraph.curated.words import Words

LARGEST = 30_000_000
"""Bytes of the largest document: a hundred times the largest there is. One is held in memory, some tenfold."""
_FOOTNOTE = re.compile(r"\s*<sup>\s*(\d{1,9})\s*</sup>\s*\S")

_FEW, _NEAR = 5, 50
"""How many neighbours on each side tell where a passage should be; and words by which they may differ in it, such as
the head and foot of a page."""
_MOST = 1000
"""Places of quoted words that are counted."""


@dataclass(frozen=True)
class Document:
    """A source document, split into normalised words."""

    text: str
    checksum: str

    @classmethod
    def read(cls, path: Path) -> Document:
        """Read a text file.

        Raises:
            EvidenceFault: if it is too large, cannot be read or is not UTF-8.
        """
        try:
            size = path.stat().st_size
            if size > LARGEST:
                raise EvidenceFault(f"{path} has {size:,} bytes", f"a document has {LARGEST:,} at most: split it")
            raw = path.read_bytes()
        except OSError as error:
            raise EvidenceFault(f"{path} cannot be read: {error.strerror}", "mend its permissions") from None
        try:
            text = raw.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError as error:
            raise EvidenceFault(
                f"{path} is not UTF-8 text: byte {error.start} is {raw[error.start]:#04x}", "save it as UTF-8"
            ) from None
        return cls(text, hashlib.sha256(raw).hexdigest())

    @cached_property
    def found(self) -> Words:
        """Its words."""
        return split(self.text)

    @property
    def words(self) -> list[str]:
        """Each word without the signs between it and the next."""
        return self.found.texts

    @cached_property
    def _signed(self) -> Joined:
        return Joined(self.words, self.found.signs)

    @cached_property
    def _bare(self) -> Joined:
        return Joined(self.words, {})

    def fingerprint(self, position: int, length: int) -> str:
        """Return the fingerprint of a passage; the signs behind its last word are not part of it."""
        return hashlib.sha256(self._signed.between(position, position + length)).hexdigest()

    def find(self, passage: Passage) -> int | None:
        """Return the position of a passage in this rendition, or None: the nearest to where it should be."""
        return self.places([passage])[passage]

    def places(self, passages: Iterable[Passage]) -> dict[Passage, int | None]:
        """Return for each of several passages the nearest position to where it should be, or None.

        Looked for is, in reading order, around where the passage should be, by how far the one before it stood from
        its recorded position: in another rendition all that follows is as far off. Then everywhere, once for all
        passages of a length.
        """
        ordered = sorted(set(passages), key=lambda one: one.position)
        wanted: dict[int, set[str]] = defaultdict(set)
        for passage in ordered:
            wanted[passage.length].add(passage.fingerprint)
        everywhere: dict[int, dict[str, array[int]]] = {}
        positions: dict[Passage, int | None] = {}
        shift = 0
        for passage in ordered:
            length, last = passage.length, len(self.found) - passage.length
            start = max(0, min(passage.position + shift, last))
            near = _outwards(start, last, _NEAR)
            position = next((at for at in near if self.fingerprint(at, length) == passage.fingerprint), None)
            if position is None:
                if length not in everywhere:
                    everywhere[length] = self._positions(length, wanted[length])
                position = _nearest(everywhere[length].get(passage.fingerprint, ()), start)
            positions[passage] = position
            shift = shift if position is None else position - passage.position
        return positions

    def _positions(self, length: int, fingerprints: Collection[str]) -> dict[str, array[int]]:
        """Return every position of passages of one length, by fingerprint."""
        found: dict[str, array[int]] = defaultdict(lambda: array("I"))
        for at, words in enumerate(self._signed.windows(length)):
            told = hashlib.sha256(words).hexdigest()
            if told in fingerprints:
                found[told].append(at)
        return found

    def find_all(self, passages: Iterable[Passage]) -> dict[Passage, int | None]:
        """Return the position of each of several passages in this rendition, or None.

        Words that stand twice are found where their neighbours are: a passage far from where those before and behind
        it place it, while they agree, is another one of the same words.
        """
        positions = self.places(passages)
        found = [(one, at - one.position) for one, at in positions.items() if at is not None]
        shifts = [shift for _, shift in found]
        for place, (passage, own) in enumerate(found):
            sides = (shifts[max(0, place - _FEW) : place], shifts[place + 1 : place + 1 + _FEW])
            before, behind = (median(side) if side else own for side in sides)
            if abs(before - behind) <= _NEAR < min(abs(own - before), abs(own - behind)):
                positions[passage] = None
        return positions

    def excerpt(self, position: int, length: int) -> str:
        """Return the running text of a passage, white space folded."""
        following = position + length
        end = self.found[following].offset if following < len(self.found) else len(self.text)
        return " ".join(self.text[self.found[position].offset : end].split())

    def cite(self, source: str, quote: str) -> Passage:
        """Locate quoted words; ` ... ` between two parts spans everything from one to the other.

        Raises:
            EvidenceFault: if the words are not found, or found more than once.
        """
        position, length = self._locate(source, quote)
        return Passage(
            source=source,
            position=position,
            length=length,
            fingerprint=self.fingerprint(position, length),
            line=self.line(position),
            footnote=self.footnote(position),
        )

    def _locate(self, source: str, quote: str) -> tuple[int, int]:
        head, dots, tail = quote.replace("…", "...").partition(" ... ")
        words, rest = _bare_words(head), _bare_words(tail)
        starts = self._bare.find(words, _MOST + 1)
        if len(starts) != 1:
            raise _not_one(source, head, [self.line(start) for start in starts])
        start, end = starts[0], starts[0] + len(words)
        if dots:
            ends = self._bare.find(rest, 1, end)
            if not ends:
                raise _not_one(source, tail, [])
            end = ends[0] + len(rest)
        return start, end - start

    @cached_property
    def _line_starts(self) -> array[int]:
        """The offset of each line but the first."""
        return array("I", (found.end() for found in re.finditer("\n", self.text)))

    def line(self, position: int) -> int:
        """Return the line, from 1, on which the word at a position stands."""
        return bisect_right(self._line_starts, self.found.offsets[position]) + 1

    @cached_property
    def _footnotes(self) -> array[int]:
        """The footnote that each line stands in: the last one that begins above it, with no empty line between."""
        notes, note, start = array("I"), 0, 0
        for end in chain(self._line_starts, [len(self.text) + 1]):
            begun = _FOOTNOTE.match(self.text, start, end - 1)
            if begun:
                note = int(begun[1])
            elif not self.text[start : end - 1].strip():
                note = 0
            notes.append(note)
            start = end
        return notes

    def footnote(self, position: int) -> int:
        """Return the number of the footnote that a position stands in; 0 if it stands in none."""
        return self._footnotes[self.line(position) - 1]


def _bare_words(text: str) -> list[str]:
    return [word.text for word in split(text)]


def _outwards(start: int, last: int, most: int) -> Iterator[int]:
    if last < 0:
        return
    yield start
    for step in range(1, min(last, most) + 1):
        if start - step >= 0:
            yield start - step
        if start + step <= last:
            yield start + step


def _nearest(positions: Sequence[int], start: int) -> int | None:
    """Return which of some positions, in order, is nearest to one; of two as near the one before it."""
    at = bisect_right(positions, start)
    return min(positions[max(0, at - 1) : at + 1], key=lambda position: abs(position - start), default=None)


def _not_one(source: str, quote: str, lines: list[int]) -> EvidenceFault:
    shown = quote if len(quote) < 80 else quote[:77] + "..."  # noqa: PLR2004
    if not lines:
        return EvidenceFault(
            f"{source}: these words are not in the document: {shown!r}",
            "copy them from the document itself; use ' ... ' to leave out the middle",
        )
    places = ", ".join(map(str, lines[:8]))
    number = len(lines) if len(lines) <= _MOST else f"more than {_MOST:,}"
    return EvidenceFault(
        f"{source}: these words stand {number} times, on lines {places}: {shown!r}",
        "add neighbouring words until only one place fits",
    )
