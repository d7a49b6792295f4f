"""Where data, ontology and the compiled store lie: a checkout first, else the installed package."""

from __future__ import annotations

import os
from pathlib import Path

PACKAGE = Path(__file__).parent


def _shared(folder: str) -> Path:
    installed = PACKAGE / "_shared" / folder
    return installed if installed.is_dir() else PACKAGE.parents[1] / folder


def data() -> Path:
    """Return the folder of curated files; `CAGRAPH_DATA` overrides it."""
    chosen = os.environ.get("CAGRAPH_DATA")
    return Path(chosen) if chosen else _shared("data")


def ontology() -> Path:
    """Return the folder of the ontology, the concept schemes and the shapes."""
    return _shared("ontology")


def cache() -> Path:
    """Return the user's cache folder for cagraph; `CAGRAPH_CACHE` overrides it."""
    chosen = os.environ.get("CAGRAPH_CACHE")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "cagraph"
