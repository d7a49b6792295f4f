"""The lives of things: steps in order, status on a day, chains, and two countries side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cagraph.answers import chain, comparison, status, timeline
from cagraph.api.opened import Opened

if TYPE_CHECKING:
    from cagraph.rows import Rows


class Lives(Opened):
    """What happened to things, and what holds on a day. Dates are EDTF, today where left out."""

    def timeline(self, name: str, since: str = "", until: str = "", source: str = "", limit: int = 0) -> Rows:
        """Return the dated steps in the life of a thing, or of what belongs to a country, in order.

        >>> import cagraph
        >>> [(row.date, row.step) for row in cagraph.load().timeline("tj-be-labour-memorandum-2025")]
        [('2025-11', 'signed'), ('2026-02~', 'approval-pending')]
        """
        return timeline.steps_of(self._store, name, since, until, source, limit)

    def status(self, name: str, as_of: str = "", limit: int = 0) -> Rows:
        """Return the status of a thing on a day, as a whole and for each party, with reason and evidence.

        >>> import cagraph
        >>> cagraph.load().status("tj-be-labour-memorandum-2025", as_of="2025-12-01")[0].status
        'signed'
        """
        return status.statuses(self._store, name, as_of).first(limit)

    def chain(self, name: str, depth: int = 4, limit: int = 0) -> Rows:
        """Return what an instrument amends, repeals, rests on, ratifies or carries out, and the reverse.

        `notes` name the links that must exist and are not known.

        >>> import cagraph
        >>> cagraph.load().chain("kz-law-314-vi-2020")[0].object
        'kz-uz-labour-agreement-2019'
        """
        return chain.links(self._store, name, depth).first(limit)

    def compare(self, country: str, other: str, kind: str = "", as_of: str = "", limit: int = 0) -> Rows:
        """Return for each kind and topic how many things two countries have, and which.

        >>> import cagraph
        >>> cagraph.load().compare("KG", "TJ", kind="laws")[0].topic
        'all'
        """
        return comparison.compare(self._store, country, other, kind, as_of).first(limit)
