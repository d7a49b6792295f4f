"""Names of things in the languages of the region, read from `data/names/LANGUAGE.tsv`.

A line is an id, what the name is, and the name. `established`: the official title or name in that
language, as official texts have it; it is a label. `translation`: ours, for want of one; it is
found by search, and shown as a title in Russian alone, marked. `search`: what people type. A thing
has at most one title, established or translated, in each language.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from cagraph.curated.lines import lines_of
from cagraph.curated.signs import unfit
from cagraph.errors import DataFault, Fault
from cagraph.names import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from pathlib import Path

LANGUAGES = ("ru", "kk", "ky", "tg", "tk", "uz", "uz-Cyrl")
"""Tags of BCP 47: `uz` is written in Latin letters, `uz-Cyrl` in Cyrillic ones."""
STATUSES = ("established", "translation", "search")
LONGEST = 200
"""Signs of the longest name: a title that is longer has a short form."""
OF_A_COUNTRY = {"kz": ("kk",), "kg": ("ky",), "tj": ("tg",), "tm": ("tk",), "uz": ("uz", "uz-Cyrl"), "ru": ("ru",)}
"""The languages of the states of the region, in each script that they are written in."""


class LocalName(NamedTuple):
    """A name of a thing in a language of the region."""

    id: str
    language: str
    status: str
    """One of `STATUSES`."""
    name: str


def load(folder: Path, ids: Collection[str]) -> tuple[list[LocalName], list[Fault]]:
    """Return every name, by language, then by id, titles first; and what is wrong with any of the files.

    Args:
        folder: the `data` folder.
        ids: of all things that are not retired.
    """
    names: list[LocalName] = []
    faults: list[Fault] = []
    for path in sorted((folder / "names").glob("[!.]*.tsv")):
        file = _File(path, ids)
        try:
            names += file.names()
            faults += file.faults
        except DataFault as wrong:
            faults += wrong.faults
    return names, faults


class _File:
    def __init__(self, path: Path, ids: Collection[str]) -> None:
        self.path, self.ids = path, ids
        self.faults: list[Fault] = []
        self.bearers: dict[str, set[str]] = defaultdict(set)

    def names(self) -> list[LocalName]:
        lines = lines_of(self.path)
        if self.path.stem not in LANGUAGES:
            self.fault(1, f"{self.path.stem!r} is no language of the region", f"name it {' or '.join(LANGUAGES)}.tsv")
        found = [name for number, line in enumerate(lines, 1) if line for name in self.line(number, line)]
        places = [(name.id, STATUSES.index(name.status) == len(STATUSES) - 1) for name in found]
        for number, (before, after) in enumerate(pairwise(places), 2):
            if before > after:
                self.fault(number, "the line stands out of order", "sort by id, and put the title first")
            if before == after and not after[1]:
                self.fault(number, f"{after[0]} has two titles", "call one of them search")
        return found

    def line(self, number: int, line: str) -> Iterator[LocalName]:
        """Yield the name that a line holds, if it is one."""
        id_, status, name = (*line.split("\t"), "", "")[:3]
        wrong = unfit(name)
        if line.count("\t") != 2 or status not in STATUSES or not name:  # noqa: PLR2004
            self.fault(
                number, "not an id, a status and a name", f"write them with tabs between; {' or '.join(STATUSES)}"
            )
        elif id_ not in self.ids:
            self.fault(number, f"{id_!r} is no thing", "correct the id; names of a retired one go to the new one")
        elif wrong:
            self.fault(number, f"the name {wrong.problem}", wrong.cure)
        elif name != " ".join(name.split()) or len(name) > LONGEST:
            self.fault(number, f"loose white space, or more than {LONGEST} signs", "trim it")
        elif id_ in self.bearers[fold(name)]:
            self.fault(number, f"{name!r} stands there already for {id_}", "drop one")
        else:
            self.bearers[fold(name)].add(id_)
            yield LocalName(id_, self.path.stem, status, name)

    def fault(self, number: int, problem: str, cure: str) -> None:
        self.faults.append(Fault(str(self.path), number, self.path.stem, problem, cure))
