"""The evidence of the graph, and how it stands against the documents themselves."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cagraph.answers import lookup
from cagraph.answers.stored import number
from cagraph.curated.records import Passage
from cagraph.iris import local
from cagraph.names import SLUG
from cagraph.queries import ask
from cagraph.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from cagraph.curated.documents import Document
    from cagraph.rows import Cell, Row
    from cagraph.store import Store

COUNTS = ("source", "passages", "hold", "fail", "document")
FAILURES = ("evidence", "source", "section", "line", "problem")
RESTING = ("evidence", "source", "section", "line", "position", "length", "according_to", "inference", "claims")


def cited(store: Store, ids: Collection[str] | None = None) -> dict[str, Row]:
    """Return evidence nodes by id, all or these, with at least the columns of `all-evidence.rq`."""
    rows = ask(store, "all-evidence") if ids is None else ask(store, "evidence", evidence=tuple(sorted(ids)))
    return {str(row["evidence"]): row for row in rows}


def passage(row: Row) -> Passage:
    """Return the passage of an evidence node."""
    position, end, line = (number(row[name]) for name in ("position", "end", "line"))
    return Passage(
        source=str(row["source"]), position=position, length=end - position,
        fingerprint=str(row["fingerprint"]), line=line, section=str(row["section"] or ""),
    )  # fmt: skip


def _checksums(store: Store) -> dict[str, str]:
    """Return the SHA-256 of the file of each source, by the source's id."""
    rows = ask(store, "source-checksums").rows
    return {str(id_): str(checksum) for id_, checksum in rows}


def documents(store: Store, folder: Path, passages: Collection[Passage] = ()) -> dict[str, Document]:
    """Return the documents of a folder by source id, known by checksum or by their passages.

    Raises:
        EvidenceFault: if no source is among them.
    """
    from cagraph.curated.renditions import match_documents

    known = passages or list(map(passage, cited(store).values()))
    return match_documents(folder, _checksums(store), known)


def verify(store: Store, folder: Path) -> tuple[Rows, Rows]:
    """Check every evidence node against the documents of a folder.

    Returns:
        Per source how many passages there are, hold and fail, and whether the document is the
        very file or another rendition; and the passages that fail, with one row for each document
        that is missing.
    """
    from cagraph.curated.renditions import matched

    checksums = _checksums(store)
    passages = {id_: passage(row) for id_, row in sorted(cited(store).items())}
    found = matched(folder, checksums, dict.fromkeys(passages.values()))
    at_hand = found.documents
    places: dict[Passage, int | None] = {}
    for source, document in at_hand.items():
        places |= document.find_all(where for where in passages.values() if where.source == source)
    missing = sorted(checksums.keys() - at_hand.keys())
    failures: list[tuple[Cell, ...]] = []
    total, held = dict.fromkeys(checksums, 0), dict.fromkeys(checksums, 0)
    for id_, where in passages.items():
        problem = _problem(where, places.get(where), at_hand.get(where.source), checksums[where.source])
        total[where.source] += 1
        held[where.source] += not problem
        if problem and where.source in at_hand:
            failures.append((id_, where.source, where.section, where.line, problem))
    counts = [
        (source, total[source], held[source], total[source] - held[source],
         _rendition(at_hand.get(source), checksums[source]))
        for source in sorted(total)
    ]  # fmt: skip
    failures += [
        ("", source, "", "", f"the document is not in the folder: {total[source]} passages cannot be looked at")
        for source in missing
    ]
    notes = tuple(found.unread) if missing and at_hand else ()
    if missing and not at_hand:
        notes = tuple("\n".join(found.refusal(folder)).split("\n"))
    return Rows(COUNTS, counts), Rows(FAILURES, failures, notes=notes)


def _problem(where: Passage, position: int | None, document: Document | None, checksum: str) -> str:
    """Return what is wrong with a passage: not there, or, in the very file, on another line or in another footnote."""
    if document is None:
        return "the document is not in the folder"
    if position is None:
        return "the passage is not in the document"
    line, footnote = document.line(position), document.footnote(position)
    noted = re.search(r"(?:^|, )footnote (\d{1,9})$", where.section)
    if document.checksum == checksum and (line, footnote) != (where.line, int(noted[1]) if noted else 0):
        return f"the passage stands on line {line}" + (f", footnote {footnote}" if footnote else "")
    return ""


def _rendition(document: Document | None, checksum: str) -> str:
    if document is None:
        return "missing"
    return "same file" if document.checksum == checksum else "another rendition"


def verification(store: Store, folder: Path) -> Rows:
    """Return the passages that fail against the documents of a folder; if none does, the counts per source.

    On a terminal failures come with the counts above them.
    """
    counts, failures = verify(store, folder)
    failures.above = counts
    return failures or counts


def of_thing(store: Store, name: str, folder: Path | None = None) -> Rows:
    """Return the evidence on which claims about a thing rest, in reading order.

    `claims` lists the fields that rest on it; with the documents at hand, `passage` holds its words.

    Args:
        store: what is asked.
        name: id or any name of a thing, or the id of one piece of evidence.
        folder: where the source documents lie.

    Raises:
        UnknownName: if nothing is called so.
    """
    rows = _resting(store, name) if SLUG.fullmatch(name) else Rows(RESTING)
    if not rows:
        rows = _resting(store, lookup.find(store, name).id)
    return _with_words(store, rows, folder) if folder else rows


def _resting(store: Store, id_: str) -> Rows:
    fields: dict[str, set[str]] = {}
    for where, property_ in ask(store, "resting", id=id_).rows:
        fields.setdefault(str(where), set()).add(local(property_))
    resting = []
    for name, row in cited(store, fields).items():
        at = passage(row)
        extra = (str(row["accordingTo"] or ""), str(row["inference"] or ""), tuple(sorted(fields[name])))
        resting.append((name, at.source, at.section, at.line, at.position, at.length, *extra))
    shown = ("source", "line", "claims", "evidence")
    return Rows(RESTING, sorted(resting, key=lambda row: (row[1], row[4])), shown=shown)


def _with_words(store: Store, rows: Rows, folder: Path) -> Rows:
    """Return evidence rows with a further column: the words of the passage, from the documents."""
    at_hand = documents(store, folder)
    known = {id_: passage(row) for id_, row in cited(store, [str(id_) for id_ in rows["evidence"]]).items()}
    places: dict[Passage, int | None] = {}
    for source, document in at_hand.items():
        places |= document.places(where for where in known.values() if where.source == source)
    quoted: list[tuple[Cell, ...]] = []
    for row in rows.rows:
        where = known[str(row[0])]
        position = places.get(where)
        words = at_hand[where.source].excerpt(position, where.length) if position is not None else "not found"
        quoted.append((*row, words))
    return Rows((*rows.columns, "passage"), quoted, shown=(*rows.shown, "passage"), title="passage")
