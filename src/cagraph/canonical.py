"""The canonical form of a curated file: one order of fields, one layout, no quotations."""

from __future__ import annotations

import json
import os
import re
import tempfile
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING

from cagraph.curated import ACTION, BIBLIOGRAPHY, EVIDENCE, FIGURE, PREFERENCE, TOP, Table, read_table
from cagraph.errors import DataFault, EvidenceFault, Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cagraph.evidence import Document
    from cagraph.ontology import Vocabulary
    from cagraph.records import Passage

_WIDTH = 100
_TABLES = ("preference", "evidence", "action", "figure")
_STRINGS = re.compile(r'"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'', re.DOTALL)
"""Strings of TOML; what then holds a `#` is a comment."""


def read(path: Path) -> Table:
    """Parse a record whose every value the canonical form can hold.

    Raises:
        DataFault: if it is no TOML, or a value is neither text nor number, or not a list of them.
    """
    table = read_table(path)
    lines = path.read_text(encoding="utf-8").split("\n")
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
            if not all(isinstance(one, str | int) or (isinstance(one, float) and isfinite(one)) for one in several):
                yield name, f"{name} holds {value!r}", "write a string, a number, or a list of them"
        elif isinstance(value, list) and all(isinstance(one, dict) for one in value):
            for one in value:
                yield from _misshapen(one)
        else:
            yield name, f"{name} is not a list of tables", f"write [[{name}]]"


def dump(table: Table, vocabulary: Vocabulary) -> str:
    """Return the canonical TOML text of a record."""
    terms = vocabulary.terms
    claims = tuple(sorted(terms, key=lambda name: terms[name].order))
    lines = list(_fields(table, (*TOP, *BIBLIOGRAPHY)))
    for preference in table.get("preference", []):
        lines += ["", "[[preference]]", *_fields(preference, PREFERENCE)]
    for block in sorted(table.get("evidence", []), key=_place):
        lines += ["", "[[evidence]]", *_fields(block, (*EVIDENCE, *claims))]
        for action in sorted(block.get("action", []), key=lambda a: str(a.get("date", ""))):
            lines += ["", "[[evidence.action]]", *_fields(action, ACTION)]
        for figure in block.get("figure", []):
            lines += ["", "[[evidence.figure]]", *_fields(figure, FIGURE)]
    return "\n".join(lines) + "\n"


def _place(block: Table) -> tuple[str, int, str, str]:
    name, position = str(block.get("source")), block.get("position", 0)
    return (
        name,
        position if isinstance(position, int) else 0,
        str(block.get("accordingTo", "")),
        str(block.get("inference", "")),
    )


def _fields(table: Table, order: Iterable[str]) -> Iterator[str]:
    known = [name for name in order if name in table]
    rest = sorted(table.keys() - set(known) - {"evidence", "action", "figure", "preference"})
    for name in dict.fromkeys([*known, *rest]):
        yield f"{name} = {_value(table[name], len(name) + 3)}"


def _value(value: object, indent: int) -> str:
    if not isinstance(value, list):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    parts = [_value(one, 2) for one in value]
    line = f"[{', '.join(parts)}]"
    if len(line) + indent <= _WIDTH:
        return line
    return "[\n" + "".join(f"  {part},\n" for part in parts) + "]"


def block(passage: Passage) -> str:
    """Return the head of an evidence block for a passage, as TOML."""
    return "\n".join(["[[evidence]]", *_fields({n: getattr(passage, n) for n in passage.__slots__}, EVIDENCE)])


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
        write(path, new)
    return new != old


def write(path: Path, text: str) -> None:
    """Write a UTF-8 text file whole or not at all; a link is followed, a device or pipe is written to.

    Raises:
        OSError: if it cannot be written; the error names the path asked for.
    """
    if path.exists() and not path.is_file():
        with path.open("w", encoding="utf-8", newline="\n") as device:
            device.write(text)
        return
    target = path.resolve()
    mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~umask()
    name = ""
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(name).chmod(mode)
        Path(name).replace(target)
    except BaseException as error:
        if name:
            Path(name).unlink(missing_ok=True)
        if isinstance(error, OSError):
            error.filename, error.filename2 = str(path), None
        raise


def umask() -> int:
    """Return the permissions that new files of this process are not given."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def fill(table: Table, path: Path, documents: Mapping[str, Document]) -> int:
    """Replace each `quote` of a record by the position of those words; return how many.

    Raises:
        DataFault: with every quotation that is not found exactly once.
    """
    faults, filled = [], 0
    for block in table.get("evidence", []):
        if "quote" not in block:
            continue
        source = str(block.get("source"))
        if source not in documents:
            faults.append(Fault(str(path), 1, path.stem, f"{source}: no such document at hand", "see --sources"))
            continue
        try:
            passage = documents[source].cite(source, str(block["quote"]))
        except EvidenceFault as fault:
            faults.append(Fault(str(path), 1, path.stem, fault.message, fault.hint))
            continue
        block.update({name: getattr(passage, name) for name in passage.__slots__})
        del block["quote"]
        filled += 1
    if faults:
        raise DataFault(faults)
    return filled
