"""Where a curated file lies, and in which folder of data."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from cagraph.errors import UsageFault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def data_of(paths: Iterable[Path], otherwise: Path) -> Path:
    """Return the folder of data that some files lie in: the nearest above them with `sources/` and `countries.tsv`.

    So files of a checkout are looked at together with the data beside them, whatever is installed.

    Args:
        paths: files and folders.
        otherwise: the folder for what lies in none.

    Raises:
        UsageFault: if they lie in several.
    """
    found = {_above(real(path)) or otherwise for path in paths} or {otherwise}
    if len(found) > 1:
        several = ", ".join(sorted(map(str, found)))
        raise UsageFault(f"the files belong to several folders of data: {several}", "name those of one at a time")
    return found.pop()


def real(path: Path) -> Path:
    """Return where a file or folder lies in truth; of a file that is a link, where the link lies."""
    if path.is_dir():
        return Path(os.path.realpath(path))
    return Path(os.path.realpath(path.parent), path.name)


def below(paths: Iterable[Path], roots: Iterable[Path]) -> set[Path]:
    """Return which of some files are, or lie below, one of some others."""
    places = [real(root) for root in roots]
    return {path for path in paths if any(real(path).is_relative_to(place) for place in places)}


def files_below(folder: str, endings: tuple[str, ...]) -> Iterator[str]:
    """Yield what is called like a file below a folder: its name ends in one of these ways, and is not hidden.

    Sorted, so that every run reads them alike; as strings, since a hundred thousand of them are held.
    Folders that are links are not entered: they may lead in a circle.
    """
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            if entry.name.endswith(endings) and not entry.name.startswith("."):
                yield entry.path
            if entry.is_dir(follow_symlinks=False):
                yield from files_below(entry.path, endings)


def _above(path: Path) -> Path | None:
    folders = (path, *path.parents)
    return next((one for one in folders if (one / "sources").is_dir() and (one / "countries.tsv").is_file()), None)
