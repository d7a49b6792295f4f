"""A folder of curated TOML files -> records, with every fault of every file."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cagraph.curated import head
from cagraph.curated.layout import folder_of
from cagraph.curated.lines import LARGEST, line_of, lines_of
from cagraph.curated.outline import outline
from cagraph.curated.places import below
from cagraph.curated.reader import Reader
from cagraph.curated.tables import read_table
from cagraph.errors import DataFault, Fault
from cagraph.kinds import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from cagraph.curated.checked import Table
    from cagraph.curated.outline import Outline
    from cagraph.curated.records import Passage, Thing
    from cagraph.curated.vocabulary import Vocabulary

_DATA = (".toml", ".tsv", ".ttl")


class Loaded(NamedTuple):
    """What a folder of curated files holds."""

    things: list[Thing]
    """Its records, sound or not, sorted by id."""
    paths: dict[str, Path]
    """The file of each, by id."""
    faults: list[Fault]
    """What is wrong with any of its files."""

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
    return sorted(path for path in folder.rglob("*.toml") if not path.name.startswith("."))


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
    tables, faults = _tables(folder)
    codes = set(countries)
    known = dict.fromkeys(codes, "Country")
    known |= {id_: str(table.get("kind")) for id_, (_, table) in tables.items()}
    outlines = {id_: outline(table) for id_, (_, table) in tables.items() if table.get("kind") == "Source"}
    replaced = {id_: table.get("isReplacedBy") for id_, (_, table) in tables.items()}
    retired = {id_: new for id_, new in replaced.items() if new and isinstance(new, str)}
    things = []
    for id_, (path, table) in tables.items():
        reader = Reader(path, id_, vocabulary, (known, outlines), retired)
        things.append(reader.thing(table))
        faults += reader.faults
        faults += _misplaced(folder, path, id_, str(table.get("kind")), codes)
    paths = {id_: path for id_, (path, _) in tables.items()}
    faults += _split_passages(things, paths)
    return Loaded(sorted(things, key=lambda thing: thing.id), paths, faults)


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
        for path in sorted(folder.rglob("*")):
            if path.suffix in _DATA and not path.name.startswith(".") and path.is_file():
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
    for _, table in _tables(folder)[0].values():
        blocks = table.get("evidence", [])
        for block in blocks if isinstance(blocks, list) else ():
            passage = head.passage(block, {}) if isinstance(block, dict) else None
            if passage:
                yield passage


def _tables(folder: Path) -> tuple[dict[str, tuple[Path, Table]], list[Fault]]:
    """Return each file and its table by id, and what is wrong with those that have none."""
    faults: list[Fault] = []
    tables: dict[str, tuple[Path, Table]] = {}
    for path in curated_files(folder):
        try:
            table = read_table(path)
        except DataFault as broken:
            faults += broken.faults
            continue
        id_ = str(table.get("id", path.stem))
        if id_ in tables:
            other = tables[id_][0]
            for one, another in ((path, other), (other, path)):
                cure = f"merge it with {another} or choose another id"
                faults.append(Fault(str(one), 1, id_, "this id is taken", cure))
        else:
            tables[id_] = (path, table)
    return tables, faults


def _misplaced(folder: Path, path: Path, id_: str, kind: str, countries: Collection[str]) -> Iterator[Fault]:
    if kind not in BY_NAME:
        return
    right = folder / folder_of(id_, kind, countries) / f"{id_}.toml"
    if path != right:
        yield Fault(str(path), 1, id_, "the file is in the wrong place", f"move it to {right}")


def _split_passages(things: list[Thing], paths: dict[str, Path]) -> Iterator[Fault]:
    """Yield a fault for each passage that is cited in two ways: its position and section are one fact."""
    seen: dict[tuple[str, str], tuple[str, Passage]] = {}
    for thing in things:
        for block in thing.evidence:
            passage = block.passage
            first, other = seen.setdefault((passage.source, passage.fingerprint), (thing.id, passage))
            if passage != other:
                cure = f"cite the passage anew in both, or copy passage and at from {first}"
                line = line_of(lines_of(paths[thing.id]), passage.fingerprint)
                yield Fault(str(paths[thing.id]), line, thing.id, f"cites a passage otherwise than {first}", cure)
