"""A table of a curated file, from which fields are taken with their faults noted by line."""

from __future__ import annotations

from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from cagraph.curated.lines import line_of, lines_of
from cagraph.curated.signs import unfit
from cagraph.errors import Fault

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from cagraph.curated.outline import Outline
    from cagraph.curated.vocabulary import Vocabulary

Table = dict[str, Any]
Known = tuple[dict[str, str], "dict[str, Outline]"]
"""The kind of everything that may be referred to, by id; the outline of each source."""


class Checked:
    """Takes fields from tables of one file, noting what is wrong with them."""

    def __init__(
        self,
        path: Path,
        id_: str,
        vocabulary: Vocabulary,
        known: Known,
        retired: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.path, self.id, self.vocabulary = path, id_, vocabulary
        self.known, self.outlines = known
        self.retired = retired
        self.faults: list[Fault] = []
        self.block = 0

    def fault(self, needle: str, problem: str, cure: str, field: str = "") -> None:
        """Note a fault on the first line with the needle, in the current block and behind the field."""
        start = self.heads[min(self.block, len(self.heads) - 1)]
        if field:
            start = line_of(self.lines, f"{field} =", start) - 1
        line = line_of(self.lines, needle, start)
        self.faults.append(Fault(str(self.path), line, self.id, problem, cure))

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the file."""
        return lines_of(self.path)

    @cached_property
    def heads(self) -> list[int]:
        """The line of each evidence block, by its number; 0 for what stands before the first."""
        return [0, *(number for number, line in enumerate(self.lines, 1) if "[[evidence]]" in line)]

    def signs(self, table: Table) -> None:
        """Note every text of a table, however deep in it, that holds a sign which no text may hold."""
        for name, value in table.items():
            for one in value if isinstance(value, list) else [value]:
                if isinstance(one, dict):
                    self.block += name == "evidence"
                    self.signs(one)
                elif isinstance(one, str):
                    self._signs(name, one)

    def _signs(self, name: str, text: str) -> None:
        wrong = unfit(text)
        if wrong:
            # The sign may stand in the file as an escape: then the words before it tell the line.
            needles = (wrong.sign.strip("\n"), text[: wrong.at][-40:], name)
            needle = next(one for one in needles if one == name or (one and any(one in line for line in self.lines)))
            self.fault(needle, f"{name} {wrong.problem}", wrong.cure, name)

    def successor(self, id_: str) -> str:
        """Return the id that took the place of a retired one; the empty string if they lead in a circle."""
        seen: set[str] = set()
        while id_ in self.retired and id_ not in seen:
            seen.add(id_)
            id_ = self.retired[id_]
        return "" if id_ in seen else id_

    def retiring(self, id_: str, field: str) -> None:
        """Note that an id is retired, if it is."""
        if id_ in self.retired:
            new = self.successor(id_)
            cure = f"write {new!r}, which took its place" if new else "the ids replace each other in a circle: break it"
            self.fault(f'"{id_}"', f"{id_!r} is a retired id", cure, field)

    def unknown(self, table: Table, allowed: set[str], where: str) -> None:
        """Note every field that a table may not have."""
        for name in table.keys() - allowed:
            self.fault(name, f"{name!r} is not a field of {where}",
                       f"known: {', '.join(sorted(allowed))}; claims go under [[evidence]]")  # fmt: skip

    def lacking(self, table: Table, kind: str, needle: str) -> None:
        """Note every field that a table must have and has not."""
        for name in self.vocabulary.needed[kind]:
            if table.get(name, "") in ("", [], [""]):
                self.fault(needle, f"the {kind.lower()} lacks its {name}", f"add {name} = ...")

    def text(self, table: Table, name: str) -> str:
        """Return a field that holds one text."""
        value = table.get(name, "")
        if not isinstance(value, str):
            self.fault(name, f"{name} holds {value!r}", "write a string")
            return ""
        return value

    def strings(self, table: Table, name: str) -> tuple[str, ...]:
        """Return a field that holds one text or several."""
        value = table.get(name, [])
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
            self.fault(name, f"{name} holds {value!r}", "write a list of strings")
            return ()
        return tuple(values)

    def tables(self, table: Table, name: str) -> list[Table]:
        """Return a field that holds tables."""
        value = table.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.fault(name, f"{name} is not a list of tables", f"write [[{name}]]")
            return []
        return value
