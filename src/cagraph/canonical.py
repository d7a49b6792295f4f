"""The canonical form of a curated file: one order of fields, one layout, no quotations."""

from __future__ import annotations

import json
import os
import re
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from cagraph.curated import ACTION, BIBLIOGRAPHY, EVIDENCE, FIGURE, PREFERENCE, TOP, Table
from cagraph.errors import DataFault, EvidenceFault, Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cagraph.evidence import Document
    from cagraph.ontology import Vocabulary
    from cagraph.records import Passage

_WIDTH = 100


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
    return name, position, str(block.get("accordingTo", "")), str(block.get("inference", ""))


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
    for number, line in enumerate(old.splitlines(), 1):
        if re.match(r"\s*#", line):
            cure = 'say it in a note = "..." or in the commit message'
            raise DataFault([Fault(str(path), number, path.stem, "a comment would be lost", cure)])
    new = dump(table, vocabulary)
    if new != old:
        write(path, new)
    return new != old


def write(path: Path, text: str) -> None:
    """Write a UTF-8 text file whole or not at all."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        umask = os.umask(0)
        os.umask(umask)
        Path(name).chmod(0o666 & ~umask)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


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
            passage = documents[source].cite(source, block["quote"])
        except EvidenceFault as fault:
            faults.append(Fault(str(path), 1, path.stem, fault.message, fault.hint))
            continue
        block.update({name: getattr(passage, name) for name in passage.__slots__})
        del block["quote"]
        filled += 1
    if faults:
        raise DataFault(faults)
    return filled
