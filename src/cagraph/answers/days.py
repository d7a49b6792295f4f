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
