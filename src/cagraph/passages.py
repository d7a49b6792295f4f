"""The evidence of the graph against the documents themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cagraph import evidence, queries
from cagraph.records import Passage
from cagraph.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from cagraph.rows import Cell
    from cagraph.store import Graph

COUNTS = ("source", "passages", "hold", "fail", "document")
FAILURES = ("evidence", "source", "section", "line", "problem")


def cited(graph: Graph, ids: Collection[str] = ()) -> dict[str, dict[str, Cell]]:
    """Return evidence nodes by id, all or these, with the columns of `evidence.rq`."""
    question = queries.load("evidence", "lookups")
    sparql = question.bind({"evidence": tuple(sorted(ids))}) if ids else question.sparql
    return {str(row["evidence"]): row for row in graph.select(sparql).dicts()}


def passage(row: dict[str, Cell]) -> Passage:
    """Return the passage of an evidence node."""
    position, end, line = (int(str(row[name])) for name in ("position", "end", "line"))
    return Passage(
        source=str(row["source"]), position=position, length=end - position,
        fingerprint=str(row["fingerprint"]), line=line, section=str(row["section"] or ""),
    )  # fmt: skip


def documents(graph: Graph, folder: Path) -> dict[str, evidence.Document]:
    """Return the documents of a folder by source id, known by checksum or by their passages."""
    sources = graph.select(queries.load("sources").bind({})).dicts()
    checksums = {str(row["id"]): str(row["checksum"]) for row in sources}
    return evidence.match_documents(folder, checksums, map(passage, cited(graph).values()))


def verify(graph: Graph, folder: Path) -> tuple[Rows, Rows]:
    """Check every evidence node against the documents of a folder.

    Returns:
        Per source how many passages there are, hold and fail, and whether the document is the
        very file or another rendition; and the passages that fail.
    """
    found = documents(graph, folder)
    checksums = {str(r["id"]): str(r["checksum"]) for r in graph.select(queries.load("sources").bind({})).dicts()}
    held: dict[str, int] = dict.fromkeys(checksums, 0)
    total: dict[str, int] = dict.fromkeys(checksums, 0)
    failures: list[tuple[Cell, ...]] = []
    for id_, row in sorted(cited(graph).items()):
        where = passage(row)
        document = found.get(where.source)
        total[where.source] += 1
        if document is None:
            failures.append((id_, where.source, where.section, where.line, "the document is not in the folder"))
        elif document.find(where) is None:
            failures.append((id_, where.source, where.section, where.line, "the passage is not in the document"))
        else:
            held[where.source] += 1
    counts: list[tuple[Cell, ...]] = []
    for source in sorted(total):
        at_hand = found.get(source)
        same = at_hand is not None and at_hand.checksum == checksums[source]
        kind = "missing" if at_hand is None else "same file" if same else "another rendition"
        counts.append((source, total[source], held[source], total[source] - held[source], kind))
    return Rows(COUNTS, counts), Rows(FAILURES, failures)


RESTING = ("evidence", "source", "section", "line", "position", "length", "according_to", "inference", "claims")


def resting(graph: Graph, id_: str) -> Rows:
    """Return the evidence on which claims about a thing rest, or the one with this id.

    `claims` lists the fields that rest on it.
    """
    fields: dict[str, set[str]] = {}
    question = queries.load("resting", "lookups")
    for where, property_ in graph.select(question.bind({"id": id_})).rows:
        fields.setdefault(str(where), set()).add(str(property_).rpartition(":")[2])
    found = []
    for name, row in cited(graph, fields).items() if fields else ():
        at = passage(row)
        extra = (str(row["accordingTo"] or ""), str(row["inference"] or ""), tuple(sorted(fields[name])))
        found.append((name, at.source, at.section, at.line, at.position, at.length, *extra))
    return Rows(RESTING, sorted(found, key=lambda row: (row[1], row[4])))


def with_words(graph: Graph, rows: Rows, folder: Path) -> Rows:
    """Return evidence rows with a further column: the words of the passage, from the documents."""
    at_hand = documents(graph, folder)
    known = cited(graph, [str(row[0]) for row in rows.rows])
    found: list[tuple[Cell, ...]] = []
    for row in rows.rows:
        where = passage(known[str(row[0])])
        document = at_hand.get(where.source)
        position = document.find(where) if document else None
        words = document.excerpt(position, where.length) if document and position is not None else "not found"
        found.append((*row, words))
    return Rows((*rows.columns, "passage"), found)
