"""One curated file -> the table that it holds; what no record can be is refused before it is looked at."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any

from cagraph.curated.lines import text_of
from cagraph.errors import DataFault, Fault

if TYPE_CHECKING:
    from pathlib import Path

    from cagraph.curated.checked import Table

STRINGS = re.compile(
    r'"""(?:[^"\\]|\\.|"{1,2}(?!"))*+"{3,5}'
    r"|'''(?:[^']|'{1,2}(?!'))*+'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*+"'
    r"|'[^'\n]*+'",
    re.DOTALL,
)
"""Strings of TOML; what then holds a `#` is a comment."""
_DEEPEST = 16
"""Tables and lists within each other; a record has three."""
_DOTTED = re.compile(rf"(?<![\w\"'.-])(?:[\w\"'-]++[ \t]*+\.[ \t]*+){{{_DEEPEST}}}")


def read_table(path: Path) -> Table:
    """Parse one TOML file.

    Raises:
        DataFault: if it is not UTF-8, not TOML, or nested deeper than any record.
    """
    text = text_of(path)
    line, wrong, cure = 1, "", "mend the syntax"
    try:
        dotted = _is_dotted(text)
        table = {} if dotted else tomllib.loads(text)
        if not dotted and not _is_deep(table):
            return table
        wrong = "tables are nested too deep"
    except RecursionError:
        wrong = "lists or tables are nested too deep"
    except ValueError as error:  # of which the parser's own error is one; another tells of a number too long
        at = re.search(r"\(at line (\d+), column \d+\)$", str(error))
        at_end = str(error).endswith("(at end of document)")
        line = int(at[1]) if at else text.rstrip("\n").count("\n") + 1 if at_end else 1
        wrong = str(error).removesuffix(at[0] if at else "").strip()
        if "int_max_str_digits" in wrong:
            line, wrong, cure = _long_number(text), "a number has too many digits", "write it as text, in quotes"
    raise DataFault([Fault(str(path), line, path.stem, f"not TOML: {wrong}", cure)]) from None


def _long_number(text: str) -> int:
    """Return the line of the longest number."""
    bare = _bare(text)
    longest = max(re.finditer(r"[0-9_]+", bare), key=lambda found: len(found[0]))
    return bare.count("\n", 0, longest.start()) + 1


def _bare(text: str) -> str:
    """Return a text with its strings empty, but for their lines."""
    return STRINGS.sub(lambda found: '""' + "\n" * found[0].count("\n"), text)


def _is_dotted(text: str) -> bool:
    """Tell whether a key has so many parts that the parser, whose time grows with their square, is not to see it."""
    if not any(line.count(".") >= _DEEPEST for line in text.split("\n")):  # nearly always, and a tenth of the time
        return False
    return bool(_DOTTED.search(_bare(text)))


def _is_deep(table: Table) -> bool:
    """Tell whether tables and lists stand within each other deeper than in any record."""
    level: list[Any] = [table]
    for _ in range(_DEEPEST):
        level = [
            inner
            for one in level
            for inner in (one.values() if isinstance(one, dict) else one)
            if isinstance(inner, dict | list)
        ]
    return bool(level)
