"""Small files in which one run leaves word for the next; each can be lost, and none is half-written."""

from __future__ import annotations

import os
import stat
from contextlib import suppress

TEMPORARY = "tmp-"
"""How the name of a note that is being written begins; one left behind is of a killed run."""


def read(path: str) -> str:
    """Return the text of a note, empty if there is none that can be read, or what bears its name is no file."""
    try:
        with open(path, encoding="utf-8", errors="surrogateescape", newline="\n", opener=_opened_at_once) as file:
            return file.read() if stat.S_ISREG(os.fstat(file.fileno()).st_mode) else ""
    except OSError:
        return ""


def _opened_at_once(path: str, flags: int) -> int:
    """Open a file without waiting: a pipe would be open only when somebody writes into it."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def write(path: str, text: str) -> None:
    """Write a note whole, in place of an older one.

    Raises:
        OSError: if it cannot be written.
    """
    folder, name = os.path.split(path)
    new = os.path.join(folder, f"{TEMPORARY}{os.getpid()}-{name}")
    try:
        with open(new, "w", encoding="utf-8", errors="surrogateescape", newline="\n") as file:
            file.write(text)
        os.replace(new, path)
    except BaseException:
        forget(new)
        raise


def leave(path: str, text: str) -> None:
    """Write a note if that is possible: without it the next run only looks for itself."""
    with suppress(OSError):
        write(path, text)


def forget(path: str) -> None:
    """Remove a note if there is one."""
    with suppress(OSError):
        os.unlink(path)
