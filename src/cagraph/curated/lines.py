"""The text of curated files, and its lines, so that a fault can be named by its place."""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from cagraph.errors import DataFault, Fault

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

LARGEST = 10_000_000
"""Bytes of the largest curated file: hundred times the largest there is."""


def text_of(path: Path) -> str:
    """Return the text of a curated file, without a byte order mark.

    Raises:
        DataFault: if it is no regular file, is too large, cannot be read or is not UTF-8.
        FileNotFoundError: if it is not there.
    """
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise _fault(path, "it is not a file but a folder, pipe or device", "give it another name, or take it away")
        if about.st_size > LARGEST:
            raise _fault(path, f"the file has {about.st_size:,} bytes", f"keep it below {LARGEST:,}")
        raw = path.read_bytes()
    except FileNotFoundError:
        if path.is_symlink():
            raise _fault(path, "the link leads nowhere", "let it lead to a file, or take it away") from None
        raise
    except OSError as error:
        raise _fault(path, f"it cannot be read: {error.strerror}", "mend its permissions, or take it away") from None
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        wrong = f"not UTF-8: byte {error.start} is {raw[error.start]:#04x}"
        raise _fault(path, wrong, "save it as UTF-8", line) from None


def _fault(path: Path, problem: str, cure: str, line: int = 1) -> DataFault:
    return DataFault([Fault(str(path), line, path.stem, problem, cure)])


def lines_of(path: Path) -> list[str]:
    """Return the lines of a curated file.

    Raises:
        DataFault: if it cannot be read.
    """
    return text_of(path).replace("\r\n", "\n").split("\n")


def line_of(lines: Sequence[str], needle: str, after: int = 0) -> int:
    """Return the number, from 1, of the first line with a text behind a line; of that line itself if there is none."""
    hits = (at + 1 for at in range(after, len(lines)) if needle in lines[at])
    return next(hits, max(after, 1))
