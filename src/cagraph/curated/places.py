"""Which folder of data a curated file lies in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cagraph.errors import UsageFault

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def data_of(paths: Iterable[Path], otherwise: Path) -> Path:
    """Return the folder of data that some files lie in: the nearest above them with `sources/` and `countries.tsv`.

    So files of a checkout are looked at together with the data beside them, whatever is installed.

    Args:
        paths: files and folders.
        otherwise: the folder for what lies in none.

    Raises:
        UsageFault: if they lie in several.
    """
    found = {_above(path.resolve()) or otherwise for path in paths} or {otherwise}
    if len(found) > 1:
        several = ", ".join(sorted(map(str, found)))
        raise UsageFault(f"the files belong to several folders of data: {several}", "name those of one at a time")
    return found.pop()


def _above(path: Path) -> Path | None:
    folders = (path, *path.parents)
    return next((one for one in folders if (one / "sources").is_dir() and (one / "countries.tsv").is_file()), None)
