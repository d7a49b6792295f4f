"""Lines of curated files, so that a fault can be named by its place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def lines_of(path: Path) -> list[str]:
    """Return the lines of a curated file."""
    return path.read_text(encoding="utf-8").split("\n")


def line_of(lines: Sequence[str], needle: str, after: int = 0) -> int:
    """Return the number, from 1, of the first line with a text behind a line; of that line itself if there is none."""
    hits = (at + 1 for at in range(after, len(lines)) if needle in lines[at])
    return next(hits, max(after, 1))
