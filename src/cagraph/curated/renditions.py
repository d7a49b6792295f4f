"""Which file of a folder is which source: the very file, or another rendition of it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from cagraph.curated.documents import Document
from cagraph.errors import EvidenceFault

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from cagraph.curated.records import Passage


def match_documents(folder: Path, sources: dict[str, str], passages: Iterable[Passage]) -> dict[str, Document]:
    """Tell which text file of a folder is which source: by checksum, else by its passages.

    Args:
        folder: where the documents lie, as `.txt` or `.md` files.
        sources: source id -> SHA-256 of the file the passages were taken from.
        passages: known passages, to recognise another rendition of a source by; not looked at
            where every source was known by its checksum.

    Returns:
        Source id -> document, for each source that was recognised.

    Raises:
        EvidenceFault: if a source was not recognised and a file is not UTF-8: it may be the one.
    """
    names = sorted(folder.iterdir()) if folder.is_dir() else []
    files = [path for path in names if path.suffix in {".txt", ".md"} and path.is_file()]
    documents, unreadable = _read(files)
    by_sum = {checksum: source for source, checksum in sources.items()}
    recognised = {by_sum[d.checksum]: d for d in documents if d.checksum in by_sum}
    rest = [d for d in documents if d.checksum not in by_sum]
    unknown: dict[str, list[Passage]] = defaultdict(list)
    for passage in passages if len(recognised) < len(sources) else ():
        if passage.source not in recognised:
            unknown[passage.source].append(passage)
    for source, its_passages in unknown.items():
        size = max(passage.position + passage.length for passage in its_passages)
        likely = sorted(rest, key=lambda document: abs(len(document.found) - size))
        document = next((one for one in likely if _holds(one, its_passages)), None)
        if document:
            recognised[source] = document
    if unreadable and len(recognised) < len(sources):
        raise unreadable[0]
    return recognised


def _read(files: Iterable[Path]) -> tuple[list[Document], list[EvidenceFault]]:
    """Return the documents that can be read, and what is wrong with the others."""
    documents, faults = [], []
    for path in files:
        try:
            documents.append(Document.read(path))
        except EvidenceFault as fault:
            faults.append(fault)
    return documents, faults


_SAMPLE = 12
"""Passages by which another rendition is recognised; half of them must be in it."""


def _holds(document: Document, passages: Sequence[Passage]) -> bool:
    """Tell whether a document is a rendition of the one that passages were taken from."""
    wanted = passages[:: max(1, len(passages) // _SAMPLE)][:_SAMPLE]
    held = sum(position is not None for position in document.find_all(wanted).values())
    return held * 2 >= len(wanted)
