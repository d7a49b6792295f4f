"""Quotations in curated files, replaced by the position of the words they quote."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cagraph.curated import canonical, head
from cagraph.curated.layout import EVIDENCE
from cagraph.errors import DataFault, EvidenceFault, Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from cagraph.curated.checked import Table
    from cagraph.curated.documents import Document
    from cagraph.curated.outline import Outline
    from cagraph.curated.records import Passage
    from cagraph.curated.vocabulary import Vocabulary


def block(passage: Passage, outlines: Mapping[str, Outline]) -> str:
    """Return the head of an evidence block for a passage, as TOML."""
    return "\n".join(["[[evidence]]", *canonical.fields(_head(passage, outlines), EVIDENCE)])


def _head(passage: Passage, outlines: Mapping[str, Outline]) -> dict[str, str]:
    """Return the head of a new block: nobody has read its claims a second time yet."""
    return {**head.lines(passage, outlines), "review": "missing"}


def fill_files(
    paths: Iterable[Path],
    documents: Mapping[str, Document],
    outlines: Mapping[str, Outline],
    vocabulary: Vocabulary,
) -> int:
    """Replace every quotation of some files by its position, and write them in canonical form; return how many.

    A file with a quotation that is not found stays as it is; the others are written.

    Raises:
        DataFault: with every quotation that is not found exactly once.
    """
    faults: list[Fault] = []
    filled = 0
    for path in paths:
        try:
            table = canonical.read(path)
            number = fill(table, path, documents, outlines)
            if number:
                canonical.rewrite(path, table, vocabulary)
            filled += number
        except DataFault as wrong:
            faults += wrong.faults
    if faults:
        raise DataFault(faults)
    return filled


def fill(table: Table, path: Path, documents: Mapping[str, Document], outlines: Mapping[str, Outline]) -> int:
    """Replace each `quote` of a record by the position of those words; return how many.

    Raises:
        DataFault: with every quotation that is not found exactly once.
    """
    faults, filled = [], 0
    for block in table.get("evidence", []):
        if "quote" not in block:
            continue
        source = head.source(block)
        if source not in documents:
            faults.append(Fault(str(path), 1, path.stem, f"{source}: no such document at hand", "see --sources"))
            continue
        try:
            passage = documents[source].cite(source, str(block["quote"]))
        except EvidenceFault as fault:
            faults.append(Fault(str(path), 1, path.stem, fault.message, fault.hint))
            continue
        block.update(_head(passage, outlines))
        del block["quote"]
        block.pop("source", None)
        filled += 1
    if faults:
        raise DataFault(faults)
    return filled
