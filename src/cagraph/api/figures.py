"""Figures: the numbers that sources give."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cagraph.answers import figures
from cagraph.api.opened import Opened

if TYPE_CHECKING:
    from cagraph.rows import Rows


class Figures(Opened):
    """What is counted and measured."""

    def figures(
        self,
        country: str = "",
        *,
        indicator: str = "",
        from_: str = "",
        to: str = "",
        group: str = "",
        since: str = "",
        until: str = "",
        source: str = "",
        limit: int = 0,
    ) -> Rows:
        """Return the figures of a country, region or union, or from or to it; a row for each number and passage.

        Args:
            country: any name of one; all if empty.
            indicator: notation or words of an indicator, `remittances-received`, or a field, `remittances`.
            from_: only what goes out from here.
            to: only what comes in here.
            group: notation or words of a group, such as `women`.
            since: EDTF; only where the period ends on or after its first day.
            until: EDTF; only where the period begins on or before its last day.
            source: only what this document tells.
            limit: at most so many; 0 for all.

        Raises:
            cagraph.errors.UsageFault: if a date, indicator, group or country does not exist.

        >>> import cagraph
        >>> [row.amount for row in cagraph.load().figures("tj", indicator="people-placed", to="jp")]
        ['10 persons', '4 persons']
        """
        narrowing = figures.Narrowing(indicator, from_, to, group, since, until, source, limit)
        return figures.figures(self._store, country, narrowing)
