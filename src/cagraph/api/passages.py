"""From claims to the passages they rest on, and whether the data is sound."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cagraph.answers import checks, coverage, duplicates, evidence
from cagraph.api.opened import Opened

if TYPE_CHECKING:
    from os import PathLike

    from cagraph.rows import Rows


class Passages(Opened):
    """The evidence, held against the documents where they are at hand."""

    def evidence(self, name: str, sources: str | PathLike[str] | None = None, limit: int = 0) -> Rows:
        """Return the passages on which the claims about a thing rest, or one by its own id.

        With a folder of the source documents the column `passage` holds the words.

        >>> import cagraph
        >>> cagraph.load().evidence("tj-be-labour-memorandum-2025")[-1].line
        55
        """
        return evidence.of_thing(self._store, name, Path(sources) if sources else None).first(limit)

    def verify(self, sources: str | PathLike[str], limit: int = 0) -> Rows:
        """Return the passages that the documents of a folder do not hold; if none, the counts per source."""
        return evidence.verification(self._store, Path(sources)).first(limit)

    def coverage(
        self, sources: str | PathLike[str] | None = None, *, by_country: bool = False, least: int = 40, limit: int = 0
    ) -> Rows:
        """Return how many passages are cited from each section, or which stretches of the documents none.

        >>> import cagraph
        >>> cagraph.load().coverage()[0].source
        'matnazarova-2025'
        """
        folder = Path(sources) if sources else None
        return coverage.touched(self._store, folder, by_country=by_country, least=least).first(limit)

    def check(self, *names: str, limit: int = 0) -> Rows:
        """Return the offenders that the checks of the graph find, all checks or those named, with the cure.

        >>> import cagraph
        >>> len(cagraph.load().check("dates-in-order"))
        0
        """
        return checks.check(self._store, names).first(limit)

    def duplicates(self, floor: int = 92, limit: int = 0) -> Rows:
        """Return pairs of things that may be one under two ids.

        >>> import cagraph
        >>> len(cagraph.load().duplicates(96))
        0
        """
        return duplicates.pairs(self._store, floor, limit)
