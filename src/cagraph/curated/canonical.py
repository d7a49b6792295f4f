"""The canonical form of a curated file: one order of fields, one layout, no quotations.

What is written is read back first, and must say what the file said: nothing is lost by formatting.
"""

from __future__ import annotations

import json
import re
import tomllib
from math import isfinite
from typing import TYPE_CHECKING

from cagraph import files
from cagraph.curated import head
from cagraph.curated.layout import EVIDENCE, OUTLINE
from cagraph.curated.lines import lines_of, text_of
from cagraph.curated.tables import STRINGS, read_table
from cagraph.errors import DataFault, Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

    from cagraph.curated.checked import Table
    from cagraph.curated.outline import Outline
    from cagraph.curated.vocabulary import Vocabulary

_WIDTH = 100
_TABLES = ("outline", "preference", "conflict", "evidence", "action", "figure")
_PARTS = {"": _TABLES[:4], "evidence": _TABLES[4:]}
"""Which tables stand where: at the top of a record, and in a block of evidence."""
_LARGEST = 2**63
"""TOML promises whole numbers below it, and no others."""
_BARE = re.compile(r"[A-Za-z0-9_-]+")


def read(path: Path) -> Table:
    """Parse a record whose every value the canonical form can hold.

    Raises:
        DataFault: if it is no TOML, or a value is neither text nor number, or not a list of them.
    """
    table = read_table(path)
    lines = lines_of(path)
    faults = [
        Fault(str(path), _line(lines, name), path.stem, wrong, cure) for name, wrong, cure in _misshapen(table, "")
    ]
    if faults:
        raise DataFault(faults)
    return table


def _line(lines: Iterable[str], name: str) -> int:
    return next((number for number, line in enumerate(lines, 1) if line.lstrip(" [\"'").startswith(name)), 1)


def _misshapen(table: Table, where: str) -> Iterator[tuple[str, str, str]]:
    for name, value in table.items():
        several = value if isinstance(value, list) else [value]
        if name not in _TABLES:
            if not all(map(_is_plain, several)):
                yield name, f"{name} holds {value!r}", "write a string, a number, or a list of them"
        elif name not in _PARTS.get(where, ()):
            yield (
                name,
                f"{name} does not belong {f'into [[{where}]]' if where else 'at the head of a record'}",
                "move it",
            )
        elif isinstance(value, list) and value and all(isinstance(item, dict) for item in value):
            for item in value:
                yield from _misshapen(item, name)
        else:
            yield name, f"{name} is not a list of tables", f"write [[{name}]], or leave it out"


def _is_plain(value: object) -> bool:
    if isinstance(value, float):
        return isfinite(value)
    return isinstance(value, str) or (isinstance(value, int) and -_LARGEST <= value < _LARGEST)


def dump(table: Table, vocabulary: Vocabulary) -> str:
    """Return the canonical TOML text of a record."""
    own = vocabulary.tables
    table = ordered(table)
    lines = list(fields(table, (*vocabulary.head, *own["Source"])))
    for name, order in (("outline", OUTLINE), ("preference", own["Preference"]), ("conflict", own["Conflict"])):
        for one in table.get(name, []):
            lines += ["", f"[[{name}]]", *fields(one, order)]
    for block in table.get("evidence", []):
        lines += ["", "[[evidence]]", *fields(block, (*EVIDENCE, *vocabulary.terms))]
        lines += _rows(block.get("figure", []), own["Figure"])
        for action in block.get("action", []):
            lines += ["", "[[evidence.action]]", *fields(action, own["Action"])]
    return "\n".join(lines) + "\n"


def ordered(table: Table) -> Table:
    """Return a record with its headings, its blocks of evidence and their actions in canonical order."""
    new = dict(table)
    if "outline" in new:
        new["outline"] = sorted(new["outline"], key=_heading_place)
    if "evidence" in new:
        new["evidence"] = [
            {**block, "action": sorted(block["action"], key=lambda action: str(action.get("date", "")))}
            if "action" in block
            else block
            for block in sorted(new["evidence"], key=_place)
        ]
    return new


def _heading_place(heading: Table) -> float:
    line = heading.get("line", 0)
    return line if isinstance(line, int | float) else 0


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
        key = name if _BARE.fullmatch(name) else _value(name, 0, 0)
        yield f"{key} = {_value(table[name], len(key) + 3, width)}"


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
        DataFault: if the file holds comments, which the canonical form would lose, or what it cannot say.
    """
    _refuse_comments(path)
    new = _dumped(path, table, vocabulary)
    is_new = new.encode() != path.read_bytes()
    if is_new:
        files.write(path, new)
    return is_new


def _refuse_comments(path: Path) -> None:
    bare = STRINGS.sub(lambda found: "\n" * found[0].count("\n"), text_of(path).replace("\r\n", "\n"))
    for number, line in enumerate(bare.split("\n"), 1):
        if "#" in line:
            cure = 'say it in a note = "..." or in the commit message'
            raise DataFault([Fault(str(path), number, path.stem, "a comment would be lost", cure)])


def _dumped(path: Path, table: Table, vocabulary: Vocabulary) -> str:
    """Return the canonical text of a record, which says what the table says.

    Raises:
        DataFault: if there is no such text.
    """
    new = dump(table, vocabulary)
    try:
        if repr(_sorted(tomllib.loads(new))) == repr(_sorted(ordered(table))):
            return new
    except ValueError:
        pass
    wrong = "the canonical form cannot say what the file says"
    raise DataFault([Fault(str(path), 1, path.stem, wrong, "use fields of docs/ontology.md, and plain values")])


def _sorted(value: object) -> object:
    """Return a value with the fields of its tables in the order of their names, so that equal ones look equal."""
    if isinstance(value, dict):
        return {name: _sorted(value[name]) for name in sorted(value)}
    return [_sorted(one) for one in value] if isinstance(value, list) else value


def differs(path: Path, vocabulary: Vocabulary, outlines: Mapping[str, Outline], *, write: bool) -> bool:
    """Tell whether a file is not in canonical form, to the byte; `write` brings it there.

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
        if passage and passage.source in outlines:  # without it nobody knows the section
            block.update(head.lines(passage, outlines))
    if write:
        return rewrite(path, table, vocabulary)
    return _dumped(path, table, vocabulary).encode() != path.read_bytes()


def differing(
    paths: Iterable[Path], vocabulary: Vocabulary, outlines: Mapping[str, Outline], *, write: bool
) -> tuple[list[Path], list[Fault]]:
    """Return which files are not in canonical form, and what is wrong with those that cannot be brought there."""
    changed: list[Path] = []
    faults: list[Fault] = []
    for path in paths:
        try:
            if differs(path, vocabulary, outlines, write=write):
                changed.append(path)
        except DataFault as wrong:
            faults += wrong.faults
        except OSError as error:
            wrong_ = f"it cannot be written: {error.strerror}"
            faults.append(Fault(str(path), 1, path.stem, wrong_, "see to it that its folder can be written"))
    return changed, faults
