"""Days as readers give them, and dates that may fall between two."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from cagraph.errors import StoreFault, UsageFault

if TYPE_CHECKING:
    from cagraph.edtf import Span

CURE = "run `cagraph build`, or name another store with --store"
"""What to do about a store that holds something else than the build writes."""


def day(as_of: str, which: int = 1) -> str:
    """Return the day a text means: the last of a month or year, or with `which=0` the first; today if empty.

    Raises:
        UsageFault: if the text is no date.
    """
    if not as_of:
        return time.strftime("%Y-%m-%d")
    from cagraph import edtf

    return edtf.day(as_of, which)


def span(stored: str) -> Span:
    """Return the days that a date in the store can mean.

    Raises:
        StoreFault: if it is none: whoever asks has not written it.
    """
    from cagraph import edtf

    try:
        return edtf.parse(stored)
    except UsageFault as fault:
        raise StoreFault(f"the store holds a date that cannot be read: {fault.message}", CURE) from None


def within(date: str, since: str, until: str) -> bool:
    """Tell whether a date can fall between two days, either of which may be open."""
    if not date:
        return False
    begins, ends = (day.isoformat() if day else "" for day in span(date))
    return (not since or not ends or ends >= since) and (not until or begins <= until)


def first_day(period: str) -> str:
    """Return the first day that an EDTF text can mean, ISO 8601; of none or an open one, the empty string."""
    earliest = span(period).earliest if period else None
    return earliest.isoformat() if earliest else ""


def last_day(period: str) -> str:
    """Return the last day that an EDTF text can mean, ISO 8601; of none or an open one, the empty string."""
    latest = span(period).latest if period else None
    return latest.isoformat() if latest else ""
