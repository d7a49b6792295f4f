"""Which file of a folder is which source: the very file, or another rendition of it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from cagraph.curated.documents import LARGEST, Document
from cagraph.errors import EvidenceFault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from cagraph.curated.records import Passage

_SUFFIXES = frozenset({".txt", ".md"})
_SIGNS = 7
"""Bytes of a word and the space behind it, about: it tells which file is likely to be which document."""
_SAMPLE = 12
"""Passages by which another rendition is recognised; half of them must be in it."""
_AT_HAND = 3
"""Documents that are held in memory while others are looked at."""


class Matched(NamedTuple):
    """What a folder of documents holds."""

    documents: dict[str, Document]
    """Each source that was recognised, by id."""
    unread: list[str]
    """Why some of its files could not be read, a sentence each."""
    number: int
    """How many text files there are."""

    def refusal(self, folder: Path) -> tuple[str, str]:
        """Return what to say where no source was recognised: what is wrong, and the cure."""
        told = f"{self.number} text file{'s' if self.number != 1 else ''}" if self.number else "no file .txt or .md"
        cure = "name the folder of the source documents, as UTF-8 text; `cagraph sources` lists them"
        return f"no source document was recognised in {folder}, which holds {told}", "\n".join([*self.unread, cure])


def match_documents(folder: Path, sources: Mapping[str, str], passages: Iterable[Passage]) -> dict[str, Document]:
    """Return each source that was recognised among the files of a folder, by id; otherwise as `matched`.

    Raises:
        EvidenceFault: if there is none.
    """
    found = matched(folder, sources, passages)
    if not found.documents:
        raise EvidenceFault(*found.refusal(folder))
    return found.documents


def matched(folder: Path, sources: Mapping[str, str], passages: Iterable[Passage]) -> Matched:
    """Tell which text file of a folder is which source: by checksum, else by its passages.

    Args:
        folder: where the documents lie, as `.txt` or `.md` files.
        sources: source id -> SHA-256 of the file the passages were taken from.
        passages: known passages, to recognise another rendition of a source by; not looked at
            where every source was known by its checksum.
    """
    names = sorted(folder.iterdir()) if folder.is_dir() else []
    files = [path for path in names if path.suffix.lower() in _SUFFIXES and path.is_file()]
    faults: dict[Path, str] = {}
    by_sum: dict[str | None, str] = {checksum: source for source, checksum in sources.items() if checksum}
    recognised: dict[str, Document] = {}
    rest: list[Path] = []
    for path in files:
        source = by_sum.get(_checksum(path))
        if source is None:
            rest.append(path)
        else:
            recognised[source] = Document.read(path)
    unknown: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages if len(recognised) < len(sources) else ():
        if passage.source in sources and passage.source not in recognised:
            unknown[passage.source].append(passage)
    read = lru_cache(_AT_HAND)(Document.read)
    for source, its_passages in unknown.items():
        size = _SIGNS * max(passage.position + passage.length for passage in its_passages)
        likely = sorted(rest, key=lambda path: abs(path.stat().st_size - size))
        for path in likely:
            try:
                document = read(path)
            except EvidenceFault as fault:
                faults[path] = fault.message
                continue
            if _holds(document, its_passages):
                recognised[source] = document
                break
    return Matched(recognised, list(faults.values()), len(files))


def _checksum(path: Path) -> str | None:
    """Return the SHA-256 of a file, if it can be a document."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() if path.stat().st_size <= LARGEST else None
    except OSError:
        return None


def _holds(document: Document, passages: Sequence[Passage]) -> bool:
    """Tell whether a document is a rendition of the one that passages were taken from."""
    groups = list(_sample(passages))
    left = wanted = sum(map(len, groups))
    held = 0
    for group in groups:
        held += sum(position is not None for position in document.places(group).values())
        left -= len(group)
        if (held + left) * 2 < wanted:
            return False
    return True


def _sample(passages: Sequence[Passage]) -> Iterator[list[Passage]]:
    """Yield some passages, those of a length together, the commonest first: each reads the document once."""
    by_length: dict[int, list[Passage]] = defaultdict(list)
    for passage in dict.fromkeys(passages):
        by_length[passage.length].append(passage)
    left = _SAMPLE
    for group in sorted(by_length.values(), key=lambda group: (-len(group), group[0].length)):
        if left > 0:
            yield group[:: max(1, len(group) // left)][:left]
            left -= min(left, len(group))
