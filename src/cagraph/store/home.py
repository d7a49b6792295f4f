"""Where data, ontology and the compiled store lie: a checkout first, else the installed package.

Plain strings and `os.path`: every lookup passes through here, and importing pathlib would cost it
a tenth of its time.
"""

from __future__ import annotations

import os
import re
import stat
import time
from typing import TYPE_CHECKING

from cagraph import __version__
from cagraph.errors import StoreFault
from cagraph.store import notes, seal

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
MANY = 10_000
"""Files beyond which looking at each takes longer than a lookup may."""
PAUSE = 10
"""Seconds for which a look at so many files holds, unless a folder has changed."""
_LONGEST = 150
"""Bytes of a cache's name; most file systems take 255."""


def _shared(folder: str) -> str:
    installed = os.path.join(PACKAGE, "_shared", folder)
    return installed if os.path.isdir(installed) else os.path.join(os.path.dirname(os.path.dirname(PACKAGE)), folder)


def data() -> str:
    """Return the folder of curated files; `CAGRAPH_DATA` overrides it."""
    return os.environ.get("CAGRAPH_DATA") or _shared("data")


def ontology() -> str:
    """Return the folder of the ontology, the concept schemes and the profile."""
    return _shared("ontology")


def cache() -> str:
    """Return the folder for stores compiled from this data by this version.

    Below `CAGRAPH_CACHE`, else the user's cache folder, else, where there is none, the spare one.
    """
    base = os.environ.get("CAGRAPH_CACHE") or _users_own()
    return os.path.join(os.path.abspath(base), _name()) if base else spare()


def spare() -> str:
    """Return the folder for stores where the cache cannot be written: the user's own below that for temporary files."""
    named = (os.environ.get(name, "") for name in ("TMPDIR", "TEMP", "TMP"))
    base = next(filter(os.path.isabs, named), "/tmp")  # noqa: S108 - is_safe() looks whose the folder is
    return os.path.join(base, f"cagraph-{os.getuid()}" if hasattr(os, "getuid") else "cagraph", _name())


def is_safe(folder: str) -> bool:
    """Tell whether what lies in a spare folder is this user's own work: in a folder for all, others can put things."""
    try:
        about = os.lstat(os.path.dirname(folder))
    except OSError:
        return False
    if not hasattr(os, "getuid"):
        return True
    return stat.S_ISDIR(about.st_mode) and not about.st_mode & 0o077 and about.st_uid == os.getuid()


def compiled(state: str) -> str | None:
    """Return the folder of the compiled store if it was built from this state of the data."""
    return next((folder for folder, built_from, _ in _stores() if built_from == state), None)


def last_good() -> tuple[str, float] | None:
    """Return the folder of the last store that could be built, whatever the data is now, and when that was."""
    return max(((folder, when) for folder, _, when in _stores()), key=lambda store: store[1], default=None)


def point(folder: str, state: str) -> None:
    """Make a sealed store the one of its cache: note its name, the mark of its seal, and the state of the data.

    Raises:
        OSError: if the pointer cannot be written.
    """
    cache, name = os.path.split(folder)
    notes.write(os.path.join(cache, "current"), f"{name}\n{seal.mark(folder)}\n{state}")


def mark(folder: str) -> str:
    """Return the mark that the store of a cache had when it was built; empty if the cache points to another."""
    cache, name = os.path.split(folder)
    pointed, _, rest = notes.read(os.path.join(cache, "current")).partition("\n")
    return rest.partition("\n")[0] if pointed == name else ""


def _stores() -> Iterator[tuple[str, str, float]]:
    """Yield folder, state of the data, and time of building of the store in the cache, and of one in the spare."""
    for home in dict.fromkeys((cache(), spare())):
        pointer = os.path.join(home, "current")
        name, _, rest = notes.read(pointer).partition("\n")
        built_from = rest.partition("\n")[2]
        folder = os.path.join(home, name)
        if name and seal.is_sealed(folder) and (home != spare() or is_safe(home)):
            yield folder, built_from, os.stat(pointer).st_mtime


def _users_own() -> str:
    """Return the user's cache folder for cagraph, empty if there is none; a relative path names none (XDG)."""
    named = (os.environ.get(name, "") for name in ("XDG_CACHE_HOME", "LOCALAPPDATA"))
    home = os.path.expanduser("~") if os.environ.get("HOME") != "" else ""
    base = next(filter(os.path.isabs, named), os.path.isabs(home) and os.path.join(home, ".cache"))
    return os.path.join(base, "cagraph") if base else ""


def _name() -> str:
    """Return a name for the cache of this data and version that no other has, and that people can read."""
    path = os.path.abspath(data())
    name = __version__ + re.sub(r"[^\w.-]|[^\x00-\x7f]", lambda sign: _written(sign[0]), path)
    if len(name) <= _LONGEST:
        return name
    import hashlib

    return f"{name[: _LONGEST // 2]}={hashlib.sha256(os.fsencode(path)).hexdigest()[:32]}"


def _written(sign: str) -> str:
    return "+" if sign == os.sep else f"~{ord(sign):x}~"


def state(*, fresh: bool = False) -> str:
    """Return what tells one state of data and ontology from another, without reading them.

    An installed package changes only as a whole, so its folders' times are enough. In a checkout
    the code that compiles counts too. Where there are very many files, a look at all of them holds
    for some seconds, so that lookups one after another cost no more than in a small graph.

    Args:
        fresh: look at every file, however many there are.

    Raises:
        StoreFault: if a folder cannot be read.
    """
    roots = [data(), ontology()]
    try:
        if all(root.startswith(PACKAGE + os.sep) for root in roots):
            return "\n".join(f"{root} {_stamp(os.stat(root))}" for root in roots)
        roots.append(PACKAGE)
        return (not fresh and _noted(roots)) or _looked(roots)
    except OSError as error:
        raise StoreFault(f"the data cannot be read: {error}", "set CAGRAPH_DATA to the folder of data") from None


def _looked(roots: list[str]) -> str:
    """Return the state of all files below some folders; if they are very many, leave word of it."""
    import hashlib

    folders: list[str] = []
    files: list[str] = []
    began = time.time()
    for root in roots:
        folders.append(f"{root}/{_stamp(os.stat(root))}")
        _look(root, folders, files)
    found = hashlib.sha256("\n".join(sorted(files)).encode("utf-8", "surrogateescape")).hexdigest()
    if len(files) > MANY:
        notes.leave(os.path.join(cache(), "looked"), "\n".join([str(began), os.pathsep.join(roots), found, *folders]))
    return found


def _noted(roots: list[str]) -> str:
    """Return the state that was found a moment ago, empty if there was no look, or a folder has changed since."""
    began, _, text = notes.read(os.path.join(cache(), "looked")).partition("\n")
    try:
        if not began or not 0 <= time.time() - float(began) < PAUSE:
            return ""
        looked_at, found, *folders = text.split("\n")
        known = (line.rpartition("/") for line in folders)
        if looked_at != os.pathsep.join(roots) or any(_stamp(os.stat(path)) != stamp for path, _, stamp in known):
            return ""
    except (OSError, ValueError):
        return ""
    return found


def _look(folder: str, folders: list[str], files: list[str]) -> None:
    """Add what tells one state of a folder from another: its folders, and its files."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):  # as the reader does: links may lead in a circle
                folders.append(f"{entry.path}/{_stamp(os.stat(entry.path))}")
                _look(entry.path, folders, files)
            elif entry.name.endswith((".toml", ".tsv", ".ttl", ".py")) and not entry.name.startswith("."):
                try:
                    files.append(f"{entry.path} {_stamp(entry.stat())}")
                except OSError as error:  # the build will say what is wrong with it
                    files.append(f"{entry.path} {error.errno}")


def _stamp(about: os.stat_result) -> str:
    """Return what changes with every change of a file, of whatever size, and whatever time it is given afterwards."""
    return f"{about.st_size} {about.st_mtime_ns} {about.st_ctime_ns} {about.st_ino}"
