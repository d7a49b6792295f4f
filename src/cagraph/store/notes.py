"""Small files in which one run leaves word for the next; each can be lost, and none is half-written."""

from __future__ import annotations

import os
from contextlib import suppress

TEMPORARY = "tmp-"
"""How the name of a note that is being written begins; one left behind is of a killed run."""


def read(path: str) -> str:
    """Return the text of a note, empty if there is none that can be read."""
    try:
        with open(path, encoding="utf-8", errors="surrogateescape", newline="\n") as file:
            return file.read()
    except OSError:
        return ""


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
