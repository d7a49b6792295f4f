"""A folder of curated TOML files -> records, with every fault of every file."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cagraph.curated import head, local_names
from cagraph.curated.lines import LARGEST
from cagraph.curated.outline import outline
from cagraph.curated.passages import Passages, split_passages
from cagraph.curated.places import below, files_below
from cagraph.curated.survey import batch, survey
from cagraph.curated.tables import read_table
from cagraph.errors import DataFault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cagraph.curated.checked import Table
    from cagraph.curated.local_names import LocalName
    from cagraph.curated.outline import Outline
    from cagraph.curated.records import Passage, Thing
    from cagraph.curated.vocabulary import Vocabulary
    from cagraph.errors import Fault

_DATA = (".toml", ".tsv", ".ttl")


class Loaded(NamedTuple):
    """What a folder of curated files holds."""

    things: list[Thing]
    """Its records, sound or not, sorted by id."""
    paths: dict[str, Path]
    """The file of each, by id."""
    faults: list[Fault]
    """What is wrong with any of its files."""
    local: list[LocalName]
    """Names of things in the languages of the region."""

    @property
    def sound(self) -> list[Thing]:
        """The records without a fault in their own file or in that of a source they cite."""
        broken, weak = self._broken, self.unsupported
        return [thing for thing in self.things if not (thing.id in weak or str(self.paths[thing.id]) in broken)]

    @property
    def unsupported(self) -> dict[str, list[str]]:
        """The records without a fault that cite a source whose record has one, by id, with those sources."""
        broken = self._broken
        wrong = {thing.id for thing in self.things if str(self.paths[thing.id]) in broken}
        cited = {thing.id: {block.passage.source for block in thing.evidence} & wrong for thing in self.things}
        return {id_: sorted(sources) for id_, sources in cited.items() if sources and id_ not in wrong}

    @property
    def _broken(self) -> set[str]:
        return {fault.file for fault in self.faults}


def curated_files(folder: Path) -> list[Path]:
    """Return what is called like a curated file below a folder, sorted; hidden files are none."""
    return [Path(name) for name in files_below(str(folder), (".toml",))] if folder.is_dir() else []


def load(folder: Path, vocabulary: Vocabulary, countries: Iterable[str]) -> list[Thing]:
    """Read and check every curated file below a folder.

    Args:
        folder: the `data` folder.
        vocabulary: the closed list of kinds, fields and concepts.
        countries: the country ids (ISO 3166-1 alpha-2, lower case) that records may refer to.

    Returns:
        The records, sorted by id.

    Raises:
        DataFault: with every fault of every file.
    """
    found = loaded(folder, vocabulary, countries)
    if found.faults:
        raise DataFault(found.faults)
    return found.things


def loaded(folder: Path, vocabulary: Vocabulary, countries: Iterable[str]) -> Loaded:
    """Read every curated file below a folder, and tell what is wrong with them; otherwise as `load`."""
    codes = list(countries)
    found = _loaded(folder, vocabulary, codes, whole=False)
    # Where something is wrong, every file is parsed first: then what refers to a broken one is told too.
    return _loaded(folder, vocabulary, codes, whole=True) if found.faults else found


def _loaded(folder: Path, vocabulary: Vocabulary, countries: Iterable[str], *, whole: bool) -> Loaded:
    found, files, faults = survey(folder, countries, whole=whole)
    read = batch(found, vocabulary, files.values())
    passages = Passages()
    passages.add(read.things)
    local, wrong = local_names.load(folder, found.live)
    faults = [*faults, *read.faults, *split_passages(passages, files), *wrong]
    paths = {id_: Path(name) for id_, name in files.items()}
    return Loaded(sorted(read.things, key=lambda thing: thing.id), paths, faults, local)


def faults(folder: Path, vocabulary: Vocabulary, countries: Iterable[str]) -> list[Fault]:
    """Return every fault of every file, as `loaded`, but without holding all records."""
    found, files, wrong = survey(folder, countries, whole=True)
    passages = Passages()
    for name in files.values():
        read = batch(found, vocabulary, [name])
        passages.add(read.things)
        wrong += read.faults
    return [*wrong, *split_passages(passages, files), *local_names.load(folder, found.live)[1]]


def faults_in(faults: Iterable[Fault], paths: Iterable[Path]) -> list[Fault]:
    """Return those faults that stand in some files, or in files below some folders."""
    faults = list(faults)
    there = set(map(str, below({Path(fault.file) for fault in faults}, paths)))
    return [fault for fault in faults if fault.file in there]


def digest(*folders: Path) -> str:
    """Return the SHA-256 of what data and ontology say: the names and bytes of their files, hexadecimal.

    The same in every copy of the same release, whatever the times and places of its files.
    """
    total = hashlib.sha256()
    for folder in folders:
        for name in files_below(str(folder), _DATA):
            path = Path(name)
            if path.is_file():
                size = path.stat().st_size
                total.update(os.fsencode(f"{path.relative_to(folder).as_posix()}\n{size}\n"))
                if size <= LARGEST:  # what is larger is never read
                    total.update(path.read_bytes())
    return total.hexdigest()


def _source_tables(folder: Path) -> Iterator[Table]:
    """Yield the records of sources that can be read: one that cannot keeps nobody from the others."""
    for path in curated_files(folder / "sources"):
        with suppress(DataFault):
            yield read_table(path)


def outlines(folder: Path) -> dict[str, Outline]:
    """Return the outline of each source by the source's id, from the files of a data folder."""
    return {str(table.get("id", "")): outline(table) for table in _source_tables(folder)}


def source_checksums(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each source document by the source's id, from the files of a data folder."""
    tables = _source_tables(folder)
    return {str(table.get("id", "")): next(iter(_texts(table, "checksum")), "") for table in tables}


def source_dates(folder: Path) -> list[str]:
    """Return the EDTF dates of issue of the source documents, from the files of a data folder."""
    return [date for table in _source_tables(folder) for date in _texts(table, "issued")]


def _texts(table: Table, name: str) -> list[str]:
    value = table.get(name, [])
    return [str(one) for one in (value if isinstance(value, list) else [value])]


def cited_passages(folder: Path) -> Iterator[Passage]:
    """Yield the passage of every evidence block of a data folder that has one, sound or not otherwise."""
    for path in curated_files(folder):
        try:
            table = read_table(path)
        except DataFault:
            continue
        blocks = table.get("evidence", [])
        for block in blocks if isinstance(blocks, list) else ():
            passage = head.passage(block, {}) if isinstance(block, dict) else None
            if passage:
                yield passage
