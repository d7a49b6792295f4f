"""Days as readers give them, and dates that may fall between two."""

from __future__ import annotations

import time


def day(as_of: str, which: int = 1) -> str:
    """Return the day a text means: the last of a month or year, or with `which=0` the first; today if empty.

    Raises:
        UsageFault: if the text is no date.
    """
    if not as_of:
        return time.strftime("%Y-%m-%d")
    from cagraph import edtf

    return edtf.day(as_of, which)


def within(date: str, since: str, until: str) -> bool:
    """Tell whether a date can fall between two days, either of which may be open."""
    if not date:
        return False
    from cagraph import edtf

    begins, ends = (day.isoformat() if day else "" for day in edtf.parse(date))
    return (not since or not ends or ends >= since) and (not until or begins <= until)


def first_day(period: str) -> str:
    """Return the first day that an EDTF text can mean, ISO 8601; of none or an open one, the empty string."""
    from cagraph import edtf

    earliest = edtf.parse(period).earliest if period else None
    return earliest.isoformat() if earliest else ""


def last_day(period: str) -> str:
    """Return the last day that an EDTF text can mean, ISO 8601; of none or an open one, the empty string."""
    from cagraph import edtf

    latest = edtf.parse(period).latest if period else None
    return latest.isoformat() if latest else ""
