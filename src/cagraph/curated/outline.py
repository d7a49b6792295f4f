"""The outline of a source: its headings, from which the section of every passage follows."""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

_NUMBERED = re.compile(r"(\d+(?:\.\d+)*)\.?\s")


class Heading(NamedTuple):
    """A heading of a source, as its record declares it."""

    line: int
    """Line of the source file on which it stands, from 1."""
    level: int
    """1 for a chapter or article, 2 for what is part of one, and so on."""
    title: str
    short: str = ""
    """What citations say instead of the title."""
    author: str = ""
    """Who wrote what stands under it, where the source names somebody."""
    country: str = ""
    """The country that it is about."""
    issued: str = ""
    """EDTF date of the article, where the source gives one."""

    @property
    def name(self) -> str:
        """What a citation calls it: its short form, else its number, else its title.

        >>> Heading(1228, 3, "4.3. Intergovernmental cooperation").name
        'ch. 4.3'
        """
        number = _NUMBERED.match(self.title)
        return self.short or (f"ch. {number[1]}" if number else self.title)


class Outline(tuple[Heading, ...]):
    """The headings of a source in the order of its lines."""

    __slots__ = ()

    def over(self, line: int) -> tuple[Heading, ...]:
        """Return the headings over a line, the widest first."""
        chain: list[Heading] = []
        for heading in reversed(self[: bisect_right(self, line, key=attrgetter("line"))]):
            if not chain or heading.level < chain[-1].level:
                chain.append(heading)
            if heading.level == 1:
                break
        return tuple(reversed(chain))

    def section(self, line: int) -> str:
        """Return where a line stands, for people: `Tajikistan, ch. 4.3`.

        A numbered heading names those numbered ones over it: chapter 4.3 is in chapter 4.
        """
        names: list[str] = []
        for heading in self.over(line):
            if names and names[-1].startswith("ch. ") and heading.name.startswith(f"{names[-1]}."):
                names.pop()
            names.append(heading.name)
        return ", ".join(names)

    def author(self, line: int) -> str:
        """Return who wrote what stands on a line, where the source says so."""
        return next((one.author for one in reversed(self.over(line)) if one.author), "")

    def issued(self, line: int) -> str:
        """Return the EDTF date of the article that a line stands in, where the source gives one."""
        return next((one.issued for one in reversed(self.over(line)) if one.issued), "")


def is_sound(row: Mapping[str, Any]) -> bool:
    """Tell whether a heading has a line and a level from 1 on, a title, and otherwise texts."""
    numbers = (row.get("line"), row.get("level"))
    texts = (row.get(name, "") for name in Heading._fields[2:])
    is_numbered = all(isinstance(number, int) and not isinstance(number, bool) and number > 0 for number in numbers)
    return is_numbered and bool(row.get("title")) and all(isinstance(text, str) for text in texts)


NO_OUTLINE = Outline()
"""That of a source whose record declares no heading."""


def outline(table: Mapping[str, Any]) -> Outline:
    """Return the outline that the record of a source declares; what is not sound in it is left out."""
    rows = table.get("outline", [])
    rows = rows if isinstance(rows, list) else []
    sound = [
        Heading(**{name: row[name] for name in Heading._fields if name in row})
        for row in rows
        if isinstance(row, dict) and is_sound(row)
    ]
    return Outline(sorted(sound))
