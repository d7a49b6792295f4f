"""The seal of a compiled store: how many quads it holds, and the checksum of each of its files.

The engine trusts its MANIFEST: cut, or with one bit turned, it opens as a store of no quads. A bit
turned in a block of data it does notice, by the block's own checksum, but some questions then count
the error again and again and never end. So the files are read through against the seal, once: what
was found is noted with their sizes, times and inodes, and they are read again only when one of
these differs, or after a day, for a failing disk changes no times. MANIFEST and CURRENT are a few
kilobytes and are compared at each opening.

Every lookup passes through here, so nothing is imported that it does not need.
"""

from __future__ import annotations

import os
import stat
import time
from typing import TYPE_CHECKING

from cagraph.store import notes

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "cagraph.seal"
"""The seal's file in the folder of a store, beside the engine's own files."""
_SEEN = "cagraph.seen"
"""The file that notes what the files looked like when they were last read through."""
_TITLE = "cagraph seal 1"
_UNREAD = ("LOG", "LOCK", "IDENTITY", "OPTIONS", "cagraph.")
"""How the names of files begin that the engine never reads when it opens a store for reading, and of our own."""
_SMALL = ("CURRENT", "MANIFEST")
_BARE = 4096
"""Bytes that no table exceeds in a store without quads."""
_DAY = 24 * 60 * 60


def write(folder: str, quads: int) -> None:
    """Seal a new store of so many quads.

    Raises:
        OSError: if a file cannot be read or the seal not written.
    """
    names = sorted(name for name in os.listdir(folder) if not name.startswith(_UNREAD))
    lines = [f"{_TITLE}\n{quads}"]
    for name in names:
        path = os.path.join(folder, name)
        lines.append(f"{os.path.getsize(path)} {_checksum(path)} {name}")
    text = "\n".join(lines)
    notes.write(os.path.join(folder, NAME), f"{text}\n{_digest(text)}\n")
    notes.leave(os.path.join(folder, _SEEN), _appearance(folder, [NAME, *names]))


def damage(folder: str, *, whole: bool = False, marked: str = "") -> str:
    """Return what is wrong with the files of a sealed store, empty if nothing is or it bears no seal.

    Args:
        folder: the store.
        marked: the mark it has to bear, if that is known: a sound store of other data is not ours.
        whole: read every file, even if none has changed since it was last read.
    """
    if marked and mark(folder) != marked:
        return "it is not the one that was built here"
    noted = os.path.join(folder, _SEEN)
    seen = notes.read(noted)
    if not whole and seen and seen == _appearance(folder, _names(seen)) and not _old(noted):
        return ""
    if not is_sealed(folder):
        return ""
    count, sealed = _sealed(folder)
    if count is None:
        return f"{NAME} has changed"
    before = _appearance(folder, [NAME, *(name for _, _, name in sealed)])
    for wrong in _broken(folder, sealed):
        notes.forget(noted)
        return wrong
    notes.leave(noted, before)
    return ""


def mark(folder: str) -> str:
    """Return what tells a store from every other: how many quads its seal says, and the seal's digest.

    They are as the seal has them; `damage` tells whether the digest is that of the seal.
    """
    lines = notes.read(os.path.join(folder, NAME)).removesuffix("\n").split("\n")
    return f"{lines[1]} {lines[-1]}" if len(lines) > 1 else ""


def quads(folder: str) -> int | None:
    """Return how many quads the store was built with, none if it bears no sound seal."""
    return _sealed(folder)[0]


def is_sealed(folder: str) -> bool:
    """Tell whether a store bears a seal: all that cagraph builds do."""
    return os.path.isfile(os.path.join(folder, NAME))


def is_filled(folder: str) -> bool:
    """Tell whether the tables of a store, sealed or not, hold more than one without any quad does."""
    with os.scandir(folder) as entries:
        return any(entry.name.endswith(".sst") and entry.stat().st_size > _BARE for entry in entries)


def doubt(folder: str) -> None:
    """Have the whole store read through when it is next opened: the engine stumbled over it."""
    notes.forget(os.path.join(folder, _SEEN))


def _broken(folder: str, sealed: list[tuple[int, str, str]]) -> Iterator[str]:
    """Yield what is wrong with each file: its size first, which costs nothing."""
    for size, _, name in sealed:
        try:
            about = os.stat(os.path.join(folder, name))
        except OSError:
            yield f"{name} is missing"
        else:
            if not stat.S_ISREG(about.st_mode):
                yield f"{name} is no file"
            if about.st_size != size:
                yield f"{name} has {about.st_size:,} bytes of {size:,}"
    for _, checksum, name in sealed:
        try:
            if _checksum(os.path.join(folder, name)) != checksum:
                yield f"{name} has changed"
        except OSError as error:
            yield f"{name} cannot be read: {error.strerror}"


def _sealed(folder: str) -> tuple[int | None, list[tuple[int, str, str]]]:
    """Return the number of quads, and size, checksum and name of each file; no number if the seal is broken."""
    text, _, last = notes.read(os.path.join(folder, NAME)).removesuffix("\n").rpartition("\n")
    title, _, rest = text.partition("\n")
    if title != _TITLE or last != _digest(text):
        return None, []
    count, *lines = rest.split("\n")
    parts = [line.split(" ", 2) for line in lines]
    return int(count), [(int(size), checksum, name) for size, checksum, name in parts]


def _names(seen: str) -> list[str]:
    return [line.partition("/")[0] for line in seen.split("\n")[1:]]


def _appearance(folder: str, names: list[str]) -> str:
    """Return what can be told of the files without reading them, but for those of a few kilobytes."""
    lines = [str(len(names))]
    try:
        for name in names:
            path = os.path.join(folder, name)
            about = os.stat(path)
            line = f"{name}/{about.st_size} {about.st_mtime_ns} {about.st_ctime_ns} {about.st_ino}"
            if name.startswith(_SMALL) and stat.S_ISREG(about.st_mode):
                with open(path, "rb") as file:
                    line += f" {file.read().hex()}"
            lines.append(line)
    except OSError:
        return ""
    return "\n".join(lines)


def _old(noted: str) -> bool:
    """Tell whether the files were last read through more than a day ago, and it can be noted that they were again."""
    try:
        age = time.time() - os.stat(noted).st_mtime
    except OSError:
        return True
    return not 0 <= age < _DAY and os.access(os.path.dirname(noted), os.W_OK)


def _checksum(path: str) -> str:
    import hashlib

    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _digest(text: str) -> str:
    import hashlib

    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()
