"""Passages of source documents: normalise, locate, fingerprint, verify.

A passage is known by its position and length in *normalised words* and by a fingerprint over
them, so that it is found again in another rendition of the same document: other line breaks,
no Markdown marks, footnote marks gone. A normalised word is what stands between white space,
in NFKC, case-folded, letters and digits only. Markup goes first; a word hyphenated at the end of
a line is one word.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cagraph.curated.records import Passage
from cagraph.errors import EvidenceFault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

_GLUE = "\0"
_GLUED = re.compile(
    r"<sup>[^<A-Za-z]*\d[^<A-Za-z]*</sup>"  # a footnote mark, number and all
    r"|</?(?:a|b|em|i|mark|span|strong|sub|sup|u)\b[^<>]*>"  # marks inside a line
    r"|\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)"  # the address of a Markdown link
    r"|(?<=\w)-[ \t]*\n\s*(?=\w)",  # a word broken at the end of a line
    re.IGNORECASE,
)
_SPACED = re.compile(r"</?(?:br|div|hr|img|li|ol|p|table|td|th|tr|ul)\b[^<>]*>", re.IGNORECASE)
_WORD = re.compile(r"\S+")
_HEADING = re.compile(r"#+\s+(.*)")
_FOOTNOTE = re.compile(r"\s*<sup>\s*(\d+)\s*</sup>\s*\S")


def words(text: str) -> list[str]:
    """Return the normalised words of a text.

    >>> words("dated **July 22<sup>nd</sup>**, 2011, No. 477-IV<sup>12</sup>")
    ['dated', 'july', '22nd', '2011', 'no', '477iv']
    """
    return [word for word, _ in _words_with_offsets(text)]


def _words_with_offsets(text: str) -> Iterator[tuple[str, int]]:
    text = _GLUED.sub(lambda match: _GLUE * len(match[0]), text)
    text = _SPACED.sub(lambda match: " " * len(match[0]), text)
    for match in _WORD.finditer(text):
        folded = unicodedata.normalize("NFKC", match[0]).casefold()
        word = folded if folded.isalnum() else "".join(c for c in folded if c.isalnum())
        if word:
            yield word, match.start()


def fingerprint(passage: Sequence[str]) -> str:
    """Return the SHA-256 of normalised words joined by single spaces, hexadecimal."""
    return hashlib.sha256(" ".join(passage).encode()).hexdigest()


@dataclass(frozen=True)
class Document:
    """A source document, split into normalised words."""

    text: str
    words: list[str]
    offsets: list[int]
    checksum: str

    @classmethod
    def read(cls, path: Path) -> Document:
        """Read a UTF-8 text file."""
        raw = path.read_bytes()
        text = raw.decode("utf-8", errors="replace").replace("\r\n", "\n")
        pairs = list(_words_with_offsets(text))
        return cls(text, [w for w, _ in pairs], [o for _, o in pairs], hashlib.sha256(raw).hexdigest())

    def find(self, passage: Passage, shift: int = 0) -> int | None:
        """Return the position of a passage in this rendition, or None.

        Looks where the passage should be, then slides a window outwards from there.

        Args:
            passage: what to look for.
            shift: by how many words its neighbour before it stood apart from its recorded position;
                in another rendition all that follows is as far off.
        """
        last = len(self.words) - passage.length
        for position in _outwards(max(0, min(passage.position + shift, last)), last):
            window = self.words[position : position + passage.length]
            if fingerprint(window) == passage.fingerprint:
                return position
        return None

    def find_all(self, passages: Iterable[Passage]) -> dict[Passage, int | None]:
        """Return the position of each of several passages in this rendition, or None."""
        positions: dict[Passage, int | None] = {}
        shift = 0
        for passage in sorted(set(passages), key=lambda one: one.position):
            position = positions[passage] = self.find(passage, shift)
            shift = shift if position is None else position - passage.position
        return positions

    def excerpt(self, position: int, length: int) -> str:
        """Return the running text of a passage, white space folded."""
        start = self.offsets[position]
        following = position + length
        end = self.offsets[following] if following < len(self.offsets) else len(self.text)
        return " ".join(self.text[start:end].split())

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
            fingerprint=fingerprint(self.words[position : position + length]),
            line=self.line(position),
            section=self.section(position),
        )

    def _locate(self, source: str, quote: str) -> tuple[int, int]:
        head, dots, tail = quote.replace("…", "...").partition(" ... ")
        starts = self._occurrences(words(head))
        if len(starts) != 1:
            raise _not_one(source, head, [self.line(start) for start in starts])
        start, end = starts[0], starts[0] + len(words(head))
        if dots:
            ends = [hit + len(words(tail)) for hit in self._occurrences(words(tail)) if hit >= end]
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
        return self.text.count("\n", 0, self.offsets[position]) + 1

    def section(self, position: int) -> str:
        """Return the heading above a position, with the footnote number when it is in one."""
        lines = self.text.split("\n")
        at = self.line(position) - 1
        heading = next((h for h in map(_heading, reversed(lines[: at + 1])) if h), "")
        note = _FOOTNOTE.match(lines[at])
        return f"{heading}, footnote {note[1]}".strip(", ") if note else heading


def _heading(line: str) -> str:
    marked = _HEADING.match(line)
    if marked:
        return re.sub(r"[*_]", "", marked[1]).strip(" .")
    plain = line.strip()
    is_title = 8 <= len(plain) <= 140 and plain[-1].isalnum() and "\t" not in plain  # noqa: PLR2004
    return plain if is_title and len(plain.split()) > 1 and plain[0].isupper() else ""


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


def match_documents(folder: Path, sources: dict[str, str], passages: Iterable[Passage]) -> dict[str, Document]:
    """Tell which text file of a folder is which source: by checksum, else by its passages.

    Args:
        folder: where the documents lie, as `.txt` or `.md` files.
        sources: source id -> SHA-256 of the file the passages were taken from.
        passages: known passages, to recognise another rendition of a source by; not looked at
            where every source was known by its checksum.

    Returns:
        Source id -> document, for each source that was recognised.
    """
    names = sorted(folder.iterdir()) if folder.is_dir() else []
    files = [path for path in names if path.suffix in {".txt", ".md"} and path.is_file()]
    documents = [Document.read(path) for path in files]
    by_sum = {checksum: source for source, checksum in sources.items()}
    recognised = {by_sum[d.checksum]: d for d in documents if d.checksum in by_sum}
    rest = [d for d in documents if d.checksum not in by_sum]
    unknown: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages if len(recognised) < len(sources) else ():
        if passage.source not in recognised:
            unknown[passage.source].append(passage)
    for source, its_passages in unknown.items():
        size = max(passage.position + passage.length for passage in its_passages)
        likely = sorted(rest, key=lambda document: abs(len(document.words) - size))
        document = next((one for one in likely if _holds(one, its_passages)), None)
        if document:
            recognised[source] = document
    return recognised


_SAMPLE = 12
"""Passages by which another rendition is recognised; half of them must be in it."""


def _holds(document: Document, passages: Sequence[Passage]) -> bool:
    """Tell whether a document is a rendition of the one that passages were taken from."""
    wanted = passages[:: max(1, len(passages) // _SAMPLE)][:_SAMPLE]
    held = sum(position is not None for position in document.find_all(wanted).values())
    return held * 2 >= len(wanted)
