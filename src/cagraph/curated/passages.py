"""Passages cited by several records: what one says of where it stands, all say."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cagraph.curated.lines import line_of, lines_of
from cagraph.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cagraph.curated.records import Passage, Thing


class Passages:
    """The passages that records cite, each with the first record that does."""

    def __init__(self) -> None:
        self.first: dict[tuple[str, str], tuple[str, Passage]] = {}
        self.split: list[tuple[str, str, str]] = []
        """Records that cite a passage otherwise than the first: their id, that of the first, the fingerprint."""

    def add(self, things: Iterable[Thing]) -> None:
        """Add the passages that some records cite."""
        for thing in things:
            for block in thing.evidence:
                self._add(thing.id, block.passage)

    def merge(self, other: Passages) -> None:
        """Add the passages of other records."""
        for id_, passage in other.first.values():
            self._add(id_, passage)
        self.split += other.split

    def _add(self, id_: str, passage: Passage) -> None:
        first, known = self.first.setdefault((passage.source, passage.fingerprint), (id_, passage))
        if passage != known:
            self.split.append((id_, first, passage.fingerprint))


def split_passages(passages: Passages, files: Mapping[str, str]) -> Iterator[Fault]:
    """Yield a fault for each passage that is cited in two ways: its position and section are one fact.

    Args:
        passages: those that records cite.
        files: the file of each record, by id.
    """
    for id_, first, fingerprint in passages.split:
        cure = f"cite the passage anew in both, or copy passage and at from {first}"
        line = line_of(lines_of(Path(files[id_])), fingerprint)
        yield Fault(files[id_], line, id_, f"cites a passage otherwise than {first}", cure)
