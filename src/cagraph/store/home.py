"""Where data, ontology and the compiled store lie: a checkout first, else the installed package.

Plain strings and `os.path`: every lookup passes through here, and importing pathlib would cost it
a tenth of its time.
"""

from __future__ import annotations

import os
import re

from cagraph import __version__
from cagraph.errors import StoreFault

PACKAGE = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))


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

    Below `CAGRAPH_CACHE`, else the user's cache folder.
    """
    own = os.environ.get("CAGRAPH_CACHE")
    if not own:
        base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
        own = os.path.join(base or os.path.join(os.path.expanduser("~"), ".cache"), "cagraph")
    return os.path.join(own, re.sub(r"\W+", "-", f"{__version__} {os.path.abspath(data())}"))


def compiled(state: str) -> str | None:
    """Return the folder of the compiled store if it was built from this state of the data."""
    home = cache()
    try:
        with open(os.path.join(home, "current"), encoding="utf-8") as pointer:
            name, _, built_from = pointer.read().partition("\n")
    except (OSError, UnicodeDecodeError):
        return None
    folder = os.path.join(home, name)
    return folder if built_from == state and os.path.isfile(os.path.join(folder, "CURRENT")) else None


def state() -> str:
    """Return what tells one state of data and ontology from another, without reading them.

    An installed package changes only as a whole, so its folders' times are enough. In a checkout
    the code that compiles counts too.

    Raises:
        StoreFault: if a folder cannot be read.
    """
    roots = [data(), ontology()]
    try:
        if all(root.startswith(PACKAGE + os.sep) for root in roots):
            return "\n".join(f"{root} {os.stat(root).st_mtime_ns}" for root in roots)
        entries = sorted(entry for root in [*roots, PACKAGE] for entry in _entries(root))
    except OSError as error:
        raise StoreFault(f"the data cannot be read: {error}", "set CAGRAPH_DATA to the folder of data") from None
    import hashlib

    return hashlib.sha256("\n".join(entries).encode()).hexdigest()


def _entries(folder: str) -> list[str]:
    found = []
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):  # as the reader does: links may lead in a circle
                found += _entries(entry.path)
            elif entry.name.endswith((".toml", ".tsv", ".ttl", ".py")) and not entry.name.startswith("."):
                about = entry.stat(follow_symlinks=os.path.exists(entry.path))
                found.append(f"{entry.path} {about.st_size} {about.st_mtime_ns}")
    return found
