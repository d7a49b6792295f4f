"""Rows for people: a table, or, where a table would crush the text, an entry of a few lines a row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cagraph import signs
from cagraph.rows import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cagraph.rows import Cell, Rows

_WORD = 24
"""A column is not made narrower than its longest word, up to this many characters."""
_FOLDS = 3
"""A cell folded into more lines than this is not read any more: the rows become entries."""
_INDENT = "    "
_BETWEEN = " · "
_MARKS = ("-", "/", "|")
_NARROW = r"[ -~\xa1-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e]*"
"""Latin, Greek, Cyrillic and their punctuation: a column each. Other scripts are measured by a library,
whose import takes as long as half a lookup."""


def text(rows: Rows, width: int = 100) -> str:
    """Return an answer as a terminal of some width shows it.

    Rows with a title become entries: the title whole on its own line, the rest below it; so do
    rows that no table could hold. All others become a table.

    Args:
        rows: the answer; of its columns, those in `shown`.
        width: columns of the terminal; less than 60 is taken for 60.
    """
    if rows.text:
        return "\n".join(part for line in signs.lines(rows.text).split("\n") for part in _hanging(line, width))
    if rows.above:
        below = rows.like(rows.rows)
        below.above = None
        return f"{text(rows.above, width)}\n{text(below, width)}"
    width = max(width, 60)
    shown = rows.shown or rows.columns
    if not rows.title:
        picked = rows.pick(shown)
        header = [column.replace("_", " ") for column in shown]
        body = [[_visible(plain(cell)) for cell in row] for row in picked.rows]
        widths = _widths(header, body, width)
        folded = [[_fold(cell, size) for cell, size in zip(row, widths, strict=True)] for row in [header, *body]]
        deepest = max((len(cell) for row in folded[1:] for cell in row), default=0)
        if deepest <= _FOLDS and sum(widths) + 2 * (len(widths) - 1) <= width:
            return _table(folded, widths)
    return "\n".join(_entries(rows, shown, width)) + "\n"


def _entries(rows: Rows, shown: Sequence[str], width: int) -> Iterator[str]:
    column, headings = rows.headings
    title = rows.title or ("label" if "label" in shown else shown[0])
    below = [(name, rows.columns.index(name)) for name in shown if name != title]
    if rows.lead:
        yield from (signs.line(rows.lead), "")
    for number, (value, group) in enumerate(_groups(rows, column).items()):
        if headings and (number or value in headings):
            yield from [""] * bool(number) + [_visible(headings.get(value, value.replace("-", " "))), ""]
        for row in group:
            yield from _fold(_visible(plain(row[rows.columns.index(title)])), width)
            parts = ((name, _visible(_spoken(rows, name, plain(row[at])))) for name, at in below)
            told = [part if rows.title else f"{name.replace('_', ' ')} {part}" for name, part in parts if part]
            yield from (_INDENT + line for line in _lines(told, width - len(_INDENT)))


def _spoken(rows: Rows, column: str, cell: str) -> str:
    """Return what stands on a terminal for a cell: some go without saying."""
    return rows.spoken.get(column, {}).get(cell, cell)


def _hanging(line: str, width: int) -> list[str]:
    """Return a line in pieces that fit, those behind the first set in by a further step."""
    if _size(line) <= width:
        return [line]
    indent = line[: len(line) - len(line.lstrip())]
    first, *rest = _fold(line.strip(), width - len(indent))
    further = indent + _INDENT
    return [indent + first, *(further + part for part in _fold(" ".join(rest), width - len(further)))]


def _groups(rows: Rows, column: str) -> dict[str, list[tuple[Cell, ...]]]:
    """Return the rows by their value in a column, in the order in which the values first come."""
    groups: dict[str, list[tuple[Cell, ...]]] = {}
    at = rows.columns.index(column) if column else -1
    for row in rows.rows:
        groups.setdefault(plain(row[at]) if column else "", []).append(row)
    return groups


def _lines(parts: list[str], width: int) -> list[str]:
    """Return parts on as few lines as they need; no part is broken that fits a line of its own."""
    lines: list[str] = []
    for part in parts:
        joined = f"{lines[-1]}{_BETWEEN}{part}" if lines else part
        if lines and _size(joined) <= width:
            lines[-1] = joined
        else:
            lines += _fold(part, width)
    return lines


def _table(folded: list[list[list[str]]], widths: list[int]) -> str:
    rule = [["─" * size] for size in widths]
    lines = []
    for cells in [folded[0], rule, *folded[1:]]:
        for at in range(max(map(len, cells), default=0)):
            parts = [cell[at] if at < len(cell) else "" for cell in cells]
            padded = (part + " " * (size - _size(part)) for part, size in zip(parts, widths, strict=True))
            lines.append("  ".join(padded).rstrip())
    return "\n".join(lines) + "\n"


def _widths(header: list[str], body: list[list[str]], width: int) -> list[int]:
    """Return the width of each column: what it wants, or, where all want too much, the widest less."""
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
    return " ".join(signs.line(text).split())


def _size(text: str) -> int:
    """Return how many columns of the terminal a text takes."""
    if text.isascii() or _is_narrow(text):
        return len(text)
    from wcwidth import wcswidth

    return max(wcswidth(text), 0)


def _is_narrow(text: str) -> bool:
    return re.fullmatch(_NARROW, text) is not None


def _clusters(text: str) -> Sequence[str]:
    """Return what a reader takes for single signs: a letter with its marks, a syllable, a picture made of several."""
    if text.isascii() or _is_narrow(text):
        return text
    from wcwidth import iter_graphemes

    return list(iter_graphemes(text))


def _fold(text: str, size: int) -> list[str]:
    """Break a text into lines: at spaces, and inside a word that is too long, behind a hyphen."""
    if text.isascii() and len(text) <= size:
        return [text]
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
    """Return a word in pieces that fit, cut behind a hyphen where one is near."""
    if _size(word) <= size:
        return [word]
    clusters = _clusters(word)
    parts: list[str] = []
    start = 0
    while start < len(clusters):
        end = _reach(clusters, start, size)
        if end < len(clusters):
            end = next((at for at in range(end, start + size // 2, -1) if clusters[at - 1] in _MARKS), end)
        parts.append("".join(clusters[start:end]))
        start = end
    return parts


def _reach(clusters: Sequence[str], start: int, size: int) -> int:
    """Return how far from a place a word goes on in so many columns: at least one sign."""
    if isinstance(clusters, str):
        return min(start + max(size, 1), len(clusters))
    end, room = start, size
    while end < len(clusters):
        room -= _size(clusters[end])
        if room < 0 and end > start:
            break
        end += 1
    # Together they may take more room than each by itself, as some Burmese syllables do.
    while end > start + 1 and _size("".join(clusters[start:end])) > size:
        end -= 1
    return end
