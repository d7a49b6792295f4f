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
_READ = "write YYYY, YYYY-MM or YYYY-MM-DD, with ?, ~ or % behind it if unsure; A/B is a span, A/.. and ../B are open"
_NOT_READ = (
    (r"", "a span without one of its ends, which says that nobody knows it"),
    (
        r"Y-?\d+(E\d+)?(S\d+)?|[+-]\d{4,}.*|0000.*|\d{5,}|\d{4}S\d+",
        "years before 1 and after 9999, and their digits that count",
    ),
    (r"\d{4}-(2[1-9]|3\d|4[01])[?~%]?", "seasons, quarters and halves of years"),
    (r"(?=.*X)[\dX]{4}(-[\dX]{2}){0,2}[?~%]?", "digits left open by X"),
    (r"(?=[^?~%]*[?~%].)[?~%]?\d{4}[?~%]?(-[?~%]?\d\d[?~%]?){0,2}", "doubt of a part of a date"),
    (r"[\[{].*[\]}]", "sets of dates"),
    (r"\d{4}-\d\d-\d\dT.*", "times of day"),
)
"""What else EDTF has, levels 1 and 2."""


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
        return _point(first, text)
    earliest = None if first == ".." else _point(first, text).earliest
    latest = None if last == ".." else _point(last, text).latest
    if earliest and latest and latest < earliest:
        raise UsageFault(f"{text!r} ends before it begins", "swap the two dates")
    return Span(earliest, latest)


def _point(text: str, whole: str) -> Span:
    """Return the days that a date can mean, which is all or a part of what is parsed."""
    match = _DATE.fullmatch(text)
    year, month, day = match.groups()[:3] if match else ("0", None, None)
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        raise _refusal(text, whole, is_written_well=bool(match)) from None
    if day:
        return Span(first, first)
    if month:
        return Span(first, first.replace(day=monthrange(first.year, first.month)[1]))
    return Span(first, date(first.year, 12, 31))


def _refusal(text: str, whole: str, *, is_written_well: bool) -> UsageFault:
    """Return what is wrong with a date that is all or a part of what is parsed, and the cure."""
    unread = next((what for pattern, what in _NOT_READ if re.fullmatch(pattern, text, re.ASCII)), "")
    if is_written_well and not unread:
        return UsageFault(f"{text!r} is a day that never was", "check month and day")
    if whole and unread:
        return UsageFault(f"{whole!r} is not a date that cagraph reads: of EDTF it leaves out {unread}", _READ)
    return UsageFault(f"{whole!r} is not a date", _READ)


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
