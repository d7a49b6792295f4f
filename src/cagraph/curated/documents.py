"""Passages of source documents: locate, fingerprint, verify.

A passage is known by its position and length in normalised words and by a fingerprint over them, so
that it is found again in another rendition of the same document: other line breaks, no Markdown
marks, footnote marks gone.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from statistics import median
from typing import TYPE_CHECKING

from cagraph.curated.records import Passage
from cagraph.curated.words import fingerprint, split
from cagraph.errors import EvidenceFault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from cagraph.curated.words import Word

_FOOTNOTE = re.compile(r"\s*<sup>\s*(\d+)\s*</sup>\s*\S")

_FEW, _NEAR = 5, 50
"""How many neighbours on each side tell where a passage should be; and words by which they may differ in it, such as
the head and foot of a page."""


@dataclass(frozen=True)
class Document:
    """A source document, split into normalised words."""

    text: str
    found: list[Word]
    checksum: str

    @classmethod
    def read(cls, path: Path) -> Document:
        """Read a text file.

        Raises:
            EvidenceFault: if it is not UTF-8.
        """
        raw = path.read_bytes()
        try:
            text = raw.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            raise EvidenceFault(
                f"{path} is not UTF-8 text: byte {error.start} is {raw[error.start]:#04x}", "save it as UTF-8"
            ) from None
        return cls(text, split(text), hashlib.sha256(raw).hexdigest())

    @cached_property
    def words(self) -> list[str]:
        """Each word without the signs between it and the next."""
        return [word.text for word in self.found]

    @cached_property
    def _signed(self) -> list[str]:
        return [word.text + word.sign for word in self.found]

    def fingerprint(self, position: int, length: int) -> str:
        """Return the fingerprint of a passage; the signs behind its last word are not part of it."""
        last = position + length - 1
        return fingerprint([*self._signed[position:last], *self.words[last : last + 1]])

    def find(self, passage: Passage, shift: int = 0) -> int | None:
        """Return the position of a passage in this rendition, or None.

        Looks where the passage should be, then slides a window outwards from there.

        Args:
            passage: what to look for.
            shift: by how many words its neighbour before it stood apart from its recorded position;
                in another rendition all that follows is as far off.
        """
        last = len(self.found) - passage.length
        for position in _outwards(max(0, min(passage.position + shift, last)), last):
            if self.fingerprint(position, passage.length) == passage.fingerprint:
                return position
        return None

    def find_all(self, passages: Iterable[Passage]) -> dict[Passage, int | None]:
        """Return the position of each of several passages in this rendition, or None.

        Words that stand twice are found where their neighbours are: a passage far from where those before and behind
        it place it, while they agree, is another one of the same words.
        """
        positions: dict[Passage, int | None] = {}
        shift = 0
        for passage in sorted(set(passages), key=lambda one: one.position):
            position = positions[passage] = self.find(passage, shift)
            shift = shift if position is None else position - passage.position
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
        starts = self._occurrences(_bare_words(head))
        if len(starts) != 1:
            raise _not_one(source, head, [self.line(start) for start in starts])
        start, end = starts[0], starts[0] + len(_bare_words(head))
        if dots:
            size = len(_bare_words(tail))
            ends = [hit + size for hit in self._occurrences(_bare_words(tail)) if hit >= end]
            if not ends:
                raise _not_one(source, tail, [])
            end = ends[0]
        return start, end - start

    def _occurrences(self, wanted: list[str]) -> list[int]:
        if not wanted:
            return []
        size = len(wanted)
        return [at for at in self._index[wanted[0]] if self.words[at : at + size] == wanted]

    @cached_property
    def _index(self) -> dict[str, list[int]]:
        index: dict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(self.words):
            index[word].append(at)
        return index

    def line(self, position: int) -> int:
        """Return the line, from 1, on which the word at a position stands."""
        return self.text.count("\n", 0, self.found[position].offset) + 1

    def footnote(self, position: int) -> int:
        """Return the number of the footnote that a position stands in; 0 if it stands in none."""
        lines = self.text.split("\n")
        for line in reversed(lines[: self.line(position)]):
            note = _FOOTNOTE.match(line)
            if note or not line.strip():
                return int(note[1]) if note else 0
        return 0


def _bare_words(text: str) -> list[str]:
    return [word.text for word in split(text)]


def _outwards(start: int, last: int) -> Iterator[int]:
    if last < 0:
        return
    yield start
    for step in range(1, last + 1):
        if start - step >= 0:
            yield start - step
        if start + step <= last:
            yield start + step


def _not_one(source: str, quote: str, lines: list[int]) -> EvidenceFault:
    shown = quote if len(quote) < 80 else quote[:77] + "..."  # noqa: PLR2004
    if not lines:
        return EvidenceFault(
            f"{source}: these words are not in the document: {shown!r}",
            "copy them from the document itself; use ' ... ' to leave out the middle",
        )
    places = ", ".join(map(str, lines[:8]))
    return EvidenceFault(
        f"{source}: these words stand {len(lines)} times, on lines {places}: {shown!r}",
        "add neighbouring words until only one place fits",
    )
