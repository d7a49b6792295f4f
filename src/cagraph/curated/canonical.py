"""The canonical form of a curated file: one order of fields, one layout, no quotations."""

from __future__ import annotations

import json
import re
from math import isfinite
from typing import TYPE_CHECKING

from cagraph import files
from cagraph.curated import head
from cagraph.curated.layout import EVIDENCE, OUTLINE
from cagraph.curated.lines import lines_of
from cagraph.curated.loading import read_table
from cagraph.errors import DataFault, Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from cagraph.curated.checked import Table
    from cagraph.curated.outline import Outline
    from cagraph.curated.vocabulary import Vocabulary

_WIDTH = 100
_TABLES = ("outline", "preference", "conflict", "evidence", "action", "figure")
_STRINGS = re.compile(r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'', re.DOTALL)
"""Strings of TOML; what then holds a `#` is a comment."""


def read(path: Path) -> Table:
    """Parse a record whose every value the canonical form can hold.

    Raises:
        DataFault: if it is no TOML, or a value is neither text nor number, or not a list of them.
    """
    table = read_table(path)
    lines = lines_of(path)
    faults = [Fault(str(path), _line(lines, name), path.stem, wrong, cure) for name, wrong, cure in _misshapen(table)]
    if faults:
        raise DataFault(faults)
    return table


def _line(lines: Iterable[str], name: str) -> int:
    return next((number for number, line in enumerate(lines, 1) if line.lstrip(" [").startswith(name)), 1)


def _misshapen(table: Table) -> Iterator[tuple[str, str, str]]:
    for name, value in table.items():
        several = value if isinstance(value, list) else [value]
        if name not in _TABLES:
            if not all(isinstance(item, str | int) or (isinstance(item, float) and isfinite(item)) for item in several):
                yield name, f"{name} holds {value!r}", "write a string, a number, or a list of them"
        elif isinstance(value, list) and all(isinstance(item, dict) for item in value):
            for item in value:
                yield from _misshapen(item)
        else:
            yield name, f"{name} is not a list of tables", f"write [[{name}]]"


def dump(table: Table, vocabulary: Vocabulary) -> str:
    """Return the canonical TOML text of a record."""
    own = vocabulary.tables
    lines = list(fields(table, (*vocabulary.head, *own["Source"])))
    for heading in sorted(table.get("outline", []), key=lambda one: int(one.get("line", 0))):
        lines += ["", "[[outline]]", *fields(heading, OUTLINE)]
    for preference in table.get("preference", []):
        lines += ["", "[[preference]]", *fields(preference, own["Preference"])]
    for conflict in table.get("conflict", []):
        lines += ["", "[[conflict]]", *fields(conflict, own["Conflict"])]
    for block in sorted(table.get("evidence", []), key=_place):
        lines += ["", "[[evidence]]", *fields(block, (*EVIDENCE, *vocabulary.terms))]
        lines += _rows(block.get("figure", []), own["Figure"])
        for action in sorted(block.get("action", []), key=lambda a: str(a.get("date", ""))):
            lines += ["", "[[evidence.action]]", *fields(action, own["Action"])]
    return "\n".join(lines) + "\n"


def _rows(figures: Iterable[Table], order: Iterable[str]) -> list[str]:
    """Return figures as a table, one line each: so they are read, compared and counted."""
    lines = [f"  {{ {', '.join(fields(figure, order, width=0))} }}," for figure in figures]
    return ["figure = [", *lines, "]"] if lines else []


def _place(block: Table) -> tuple[str, int, int, str, str]:
    passage = head.passage(block, {})
    position, length = (passage.position, passage.length) if passage else (0, 0)
    return head.source(block), position, length, str(block.get("accordingTo", "")), str(block.get("inference", ""))


def fields(table: Table, order: Iterable[str], width: int = _WIDTH) -> Iterator[str]:
    """Yield a TOML line for each field of a table, those of `order` first; lists longer than `width` on several."""
    known = [name for name in order if name in table]
    rest = sorted(table.keys() - set(known) - {*_TABLES})
    for name in dict.fromkeys([*known, *rest]):
        yield f"{name} = {_value(table[name], len(name) + 3, width)}"


def _value(value: object, indent: int, width: int) -> str:
    if not isinstance(value, list):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    parts = [_value(item, 2, width) for item in value]
    line = f"[{', '.join(parts)}]"
    if not width or len(line) + indent <= width:
        return line
    return "[\n" + "".join(f"  {part},\n" for part in parts) + "]"


def rewrite(path: Path, table: Table, vocabulary: Vocabulary) -> bool:
    """Write a record in canonical form, in one step; tell whether that changed the file.

    Raises:
        DataFault: if the file holds comments, which the canonical form would lose.
    """
    old = path.read_text(encoding="utf-8")
    bare = _STRINGS.sub(lambda found: "\n" * found[0].count("\n"), old)
    for number, line in enumerate(bare.split("\n"), 1):
        if "#" in line:
            cure = 'say it in a note = "..." or in the commit message'
            raise DataFault([Fault(str(path), number, path.stem, "a comment would be lost", cure)])
    new = dump(table, vocabulary)
    if new != old:
        files.write(path, new)
    return new != old


def differs(path: Path, vocabulary: Vocabulary, outlines: Mapping[str, Outline], *, write: bool) -> bool:
    """Tell whether a file is not in canonical form; `write` brings it there.

    Args:
        path: the file.
        vocabulary: the order of fields.
        outlines: the outline of each source, which gives the section of a passage.
        write: bring it there.

    Raises:
        DataFault: if it cannot be read, or holds what would be lost.
    """
    table = read(path)
    for block in table.get("evidence", []):
        passage = head.passage(block, outlines)
        if passage:
            block.update(head.lines(passage, outlines))
    if write:
        return rewrite(path, table, vocabulary)
    return dump(table, vocabulary) != path.read_text(encoding="utf-8")
