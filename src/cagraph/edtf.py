"""Imprecise dates (EDTF) as intervals of days.

The subset that treaty registers need: years, months, days, the qualifiers `?`, `~` and `%`, and
intervals with open ends. Written here because the EDTF libraries on PyPI bring a parser generator
and several date packages for features no source uses.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import NamedTuple

from cagraph.errors import UsageFault

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?([?~%]?)", re.ASCII)


class Span(NamedTuple):
    """The days a date can mean: first and last, both included; None where open."""

    earliest: date | None
    latest: date | None


def parse(text: str) -> Span:
    """Return the days that an EDTF string can mean.

    >>> parse("2021-05").latest.isoformat()
    '2021-05-31'
    >>> parse("2023/..").latest is None
    True

    Raises:
        UsageFault: if the text is not EDTF, names an impossible day, or ends before it begins.
    """
    first, slash, last = text.partition("/")
    if not slash:
        return _point(first)
    earliest = None if first == ".." else _point(first).earliest
    latest = None if last == ".." else _point(last).latest
    if earliest and latest and latest < earliest:
        raise UsageFault(f"{text!r} ends before it begins", "swap the two dates")
    return Span(earliest, latest)


def _point(text: str) -> Span:
    match = _DATE.fullmatch(text)
    if not match:
        raise UsageFault(
            f"{text!r} is not a date",
            "write YYYY, YYYY-MM or YYYY-MM-DD, with ? or ~ behind it if unsure, or A/B for a span",
        )
    year, month, day = (int(part) if part else 0 for part in match.groups()[:3])
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        raise UsageFault(f"{text!r} is a day that never was", "check month and day") from None
    if day:
        return Span(first, first)
    if month:
        return Span(first, first.replace(day=monthrange(year, month)[1]))
    return Span(first, date(year, 12, 31))


def day(text: str, which: int) -> str:
    """Return the first (`which=0`) or the last (1) day that an EDTF string can mean, as ISO 8601.

    >>> day("2021", 0), day("2021", 1)
    ('2021-01-01', '2021-12-31')

    Raises:
        UsageFault: if the text is no date, or is open on that side.
    """
    bound = parse(text)[which]
    if bound is None:
        raise UsageFault("an open span is no day", "give a year, month or day")
    return bound.isoformat()
