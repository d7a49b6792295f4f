"""Curated files -> records, file by file: what each must know of all the others is surveyed first.

So records can be read in batches, in other processes or on other machines, and no more than a batch
of them needs to be held at a time.
"""

from __future__ import annotations

import re
from pathlib import Path
from stat import S_ISREG
from typing import TYPE_CHECKING, NamedTuple

from cagraph.curated.layout import folder_of
from cagraph.curated.lines import LARGEST
from cagraph.curated.outline import outline
from cagraph.curated.places import files_below
from cagraph.curated.reader import Reader
from cagraph.curated.tables import read_table
from cagraph.errors import DataFault, Fault
from cagraph.kinds import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cagraph.curated.outline import Outline
    from cagraph.curated.records import Thing
    from cagraph.curated.vocabulary import Vocabulary

_HEAD = re.compile(rb'id = "([a-z0-9-]+)"\r?\nkind = "([A-Za-z]+)"\r?\n')
"""How the canonical form begins: then the id and the kind are known without parsing what follows."""
_MORE = re.compile(rb"isReplacedBy|\\[uU]")
"""What a file holds of which more must be known than its head, or which is written so that one cannot tell."""


class Survey(NamedTuple):
    """What a record must know of all the others."""

    folder: str
    countries: frozenset[str]
    known: dict[str, str]
    """The kind of everything that may be referred to, by id."""
    outlines: dict[str, Outline]
    """The outline of each source."""
    retired: dict[str, str]
    """The id that took the place of each retired one."""


class Batch(NamedTuple):
    """Some records, in the order of their files, and what is wrong with these files."""

    things: list[Thing]
    faults: list[Fault]


def survey(
    folder: Path, countries: Iterable[str], *, whole: bool = False
) -> tuple[Survey, dict[str, str], list[Fault]]:
    """Look at every curated file below a folder.

    Args:
        folder: the `data` folder.
        countries: the ids of all countries.
        whole: parse every file; else a canonical head is enough, and a file that is broken behind
            it counts as a record. That does while nothing is wrong with any.

    Returns:
        What records must know; the file of each id, sorted; what is wrong with files that have none.
    """
    codes = frozenset(countries)
    found = Survey(str(folder), codes, dict.fromkeys(codes, "Country"), {}, {})
    faults: list[Fault] = []
    files: dict[str, str] = {}
    for name in files_below(str(folder), (".toml",)):
        try:
            id_, kind = (None if whole else _head(name)) or _told(name, found)
        except DataFault as broken:
            faults += broken.faults
            continue
        if id_ in files:
            for one, another in ((name, files[id_]), (files[id_], name)):
                cure = f"merge it with {another} or choose another id"
                faults.append(Fault(one, 1, id_, "this id is taken", cure))
        else:
            files[id_] = name
            found.known[id_] = kind
    return found, files, faults


def _head(name: str) -> tuple[str, str] | None:
    """Return the id and the kind of a record if the beginning of its file tells all that others must know of it."""
    path = Path(name)
    try:
        about = path.stat()
        text = path.read_bytes() if S_ISREG(about.st_mode) and about.st_size <= LARGEST else b""
    except OSError:  # reading it in earnest tells what is wrong
        return None
    head = _HEAD.match(text)
    if not head or head[2] == b"Source" or _MORE.search(text):
        return None
    return head[1].decode(), head[2].decode()


def _told(name: str, found: Survey) -> tuple[str, str]:
    """Return the id and the kind of a record, and note what else its table tells the others.

    Raises:
        DataFault: if the file holds no table.
    """
    path = Path(name)
    table = read_table(path)
    id_, kind = str(table.get("id", path.stem)), str(table.get("kind"))
    if id_ not in found.known or id_ in found.countries:
        if kind == "Source":
            found.outlines[id_] = outline(table)
        new = table.get("isReplacedBy")
        if new and isinstance(new, str):
            found.retired[id_] = new
    return id_, kind


def batch(found: Survey, vocabulary: Vocabulary, names: Iterable[str]) -> Batch:
    """Read and check the records of some files."""
    read = Batch([], [])
    for name in names:
        path = Path(name)
        try:
            table = read_table(path)
        except DataFault as broken:
            read.faults.extend(broken.faults)
            continue
        id_ = str(table.get("id", path.stem))
        reader = Reader(path, id_, vocabulary, (found.known, found.outlines), found.retired)
        read.things.append(reader.thing(table))
        read.faults.extend(reader.faults)
        read.faults.extend(_misplaced(found, path, id_, str(table.get("kind"))))
    return read


def _misplaced(found: Survey, path: Path, id_: str, kind: str) -> Iterator[Fault]:
    if kind not in BY_NAME:
        return
    right = Path(found.folder) / folder_of(id_, kind, found.countries) / f"{id_}.toml"
    if path != right:
        yield Fault(str(path), 1, id_, "the file is in the wrong place", f"move it to {right}")
