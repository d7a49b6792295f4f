"""Columns and rows, and their writers: every answer has this shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cagraph.errors import UsageFault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

Cell = str | int | float | bool | None | tuple["str | int | float", ...]
"""A plain value, or several."""


class Rows:
    """An answer: named columns, and a tuple per row.

    A plain class, because making a dataclass costs a lookup more than reading the answer.
    """

    __slots__ = ("columns", "rows")

    def __init__(self, columns: tuple[str, ...], rows: Iterable[tuple[Cell, ...]] = ()) -> None:
        self.columns = columns
        self.rows = list(rows)

    def __repr__(self) -> str:
        return f"Rows({self.columns!r}, {self.rows!r})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rows) and (self.columns, self.rows) == (other.columns, other.rows)

    __hash__ = None  # type: ignore[assignment]

    def __len__(self) -> int:
        return len(self.rows)

    def dicts(self) -> list[dict[str, Cell]]:
        """Return each row as a dictionary by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def pick(self, columns: Sequence[str]) -> Rows:
        """Return the same rows with these columns only, in this order."""
        places = [self.columns.index(column) for column in columns]
        return Rows(tuple(columns), [tuple(row[place] for place in places) for row in self.rows])


def plain(cell: Cell, separator: str = ", ") -> str:
    """Return a cell as text; several values are joined, nothing is the empty string."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, tuple):
        return separator.join(map(str, cell))
    return str(cell)


def table(rows: Rows, width: int = 100) -> str:
    """Return an aligned table for a terminal; long cells are folded into several lines."""
    header = [column.replace("_", " ") for column in rows.columns]
    body = [[_visible(plain(cell)) for cell in row] for row in rows.rows]
    widths = _widths(header, body, width)
    rule = ["─" * size for size in widths]
    lines = []
    for cells in [header, rule, *body]:
        folded = [_fold(cell, size) for cell, size in zip(cells, widths, strict=True)]
        for at in range(max(map(len, folded), default=0)):
            parts = [f[at] if at < len(f) else "" for f in folded]
            padded = (p + " " * (w - _size(p)) for p, w in zip(parts, widths, strict=True))
            lines.append("  ".join(padded).rstrip())
    return "\n".join(lines) + "\n"


_WORD = 24
"""A column is not made narrower than its longest word, up to this many characters."""


def _widths(header: list[str], body: list[list[str]], width: int) -> list[int]:
    columns = list(zip(header, *body, strict=True))
    wanted = [min(max(map(_size, column)), max(width, _WORD)) for column in columns]
    least = [min(max(_size(word) for cell in column for word in cell.split() or [""]), _WORD) for column in columns]
    room = max(width - 2 * (len(wanted) - 1), sum(map(min, wanted, least)))
    while sum(wanted) > room:
        widest = max(range(len(wanted)), key=lambda i: wanted[i] - least[i])
        if wanted[widest] <= least[widest]:
            break
        wanted[widest] -= 1
    return wanted


def _visible(text: str) -> str:
    """Return a text on one line, without signs that would steer the terminal."""
    folded = " ".join(text.split())
    return folded if folded.isprintable() else "".join(c for c in folded if c.isprintable() or c > "\x9f")


def _size(text: str) -> int:
    return len(text) if text.isascii() else sum(_columns(text))


def _columns(text: str) -> list[int]:
    from unicodedata import combining, east_asian_width

    return [0 if combining(c) else 1 + (east_asian_width(c) in "WF") for c in text]


def _fold(text: str, size: int) -> list[str]:
    """Break a text into lines: at spaces, and inside a word that is too long, behind a hyphen."""
    lines: list[str] = []
    line = ""
    for word in text.split(" "):
        for part in _parts(word, size):
            joined = f"{line} {part}" if line else part
            if _size(joined) <= size:
                line = joined
            else:
                lines.append(line)
                line = part
    return [one for one in [*lines, line] if one] or [""]


def _parts(word: str, size: int) -> list[str]:
    parts: list[str] = []
    start = 0
    while start < len(word):
        end = _reach(word, start, size)
        cut = max(word.rfind(mark, start, end) for mark in "-/|") + 1
        end = cut if end < len(word) and cut - start > size // 2 else end
        parts.append(word[start:end])
        start = end
    return parts


def _reach(word: str, start: int, size: int) -> int:
    """Return how far from a place a word goes on in so many columns: at least one sign."""
    if word.isascii():
        return min(start + max(size, 1), len(word))
    end, room = start, size
    for columns in _columns(word[start : start + 2 * size + 1]):
        room -= columns
        if room < 0 and end > start:
            break
        end += 1
    return end


def tsv(rows: Rows) -> str:
    """Return tab-separated values with a header; tabs and line ends inside cells become spaces."""
    lines = [rows.columns, *(tuple(" ".join(plain(c, "|").split()) for c in row) for row in rows.rows)]
    return "".join("\t".join(line) + "\n" for line in lines)


def csv(rows: Rows) -> str:
    """Return RFC 4180 comma-separated values with a header; several values are joined by `|`."""
    import csv as writer
    from io import StringIO

    out = StringIO()
    lines = writer.writer(out, lineterminator="\n")
    lines.writerow(rows.columns)
    lines.writerows([plain(cell, "|") for cell in row] for row in rows.rows)
    return out.getvalue()


def json(rows: Rows) -> str:
    """Return a JSON list of objects, one row a line."""
    from json import dumps

    lines = ",\n".join("  " + dumps(row, ensure_ascii=False) for row in rows.dicts())
    return f"[\n{lines}\n]\n" if lines else "[]\n"


def markdown(rows: Rows) -> str:
    """Return a Markdown table; nothing in a cell can end the cell or start markup."""
    lines = [rows.columns, ("---",) * len(rows.columns)]
    lines += [tuple(_escaped(plain(cell)) for cell in row) for row in rows.rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def _escaped(text: str) -> str:
    for mark in "\\`*_[]<>|#":
        text = text.replace(mark, "\\" + mark)
    return " ".join(text.split())


WRITERS: dict[str, Callable[[Rows], str]] = {
    "table": table, "tsv": tsv, "csv": csv, "json": json, "markdown": markdown,
}  # fmt: skip


def write(rows: Rows, format_: str) -> str:
    """Return rows as text in a named format.

    Raises:
        UsageFault: if there is no such format.
    """
    if format_ not in WRITERS:
        raise UsageFault(f"{format_!r} is not a format", f"choose one of {', '.join(WRITERS)}")
    return WRITERS[format_](rows)
