"""Ids that follow from what is claimed: of evidence, actions and figures."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cagraph.names import slug

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cagraph.curated.records import Claims, Preference


_SERIES = ("indicator", "area", "fromArea", "toArea", "group", "sector", "breakdown", "unit")
"""Every dimension of a figure but time, and its unit."""


def evidence_id(source: str, fingerprint: str, table: Mapping[str, Any]) -> str:
    """Return the id of a piece of evidence: source, passage, and who says it or how it is read.

    The same passage cited by several records is one piece of evidence, unless one claim is the
    curator's inference or is attributed to somebody; each inference is one of its own.
    """
    parts = [source, fingerprint[:12]]
    if table.get("accordingTo"):
        parts.append("per-" + slug(str(table["accordingTo"])))
    if table.get("inference"):
        import hashlib

        reason = hashlib.sha256(str(table["inference"]).encode()).hexdigest()[:6]
        parts.append(f"inferred-{reason}")
    return "-".join(parts)


def source_of(evidence: str) -> str:
    """Return the id of the source that a piece of evidence is of: its own id begins with it.

    >>> source_of("yearbook-2023-a9bca7d30a88-inferred-6ce7d9")
    'yearbook-2023'
    """
    return re.split(r"-[0-9a-f]{12}(?:-|$)", evidence, maxsplit=1)[0]


def action_id(thing: str, action: Claims) -> str:
    """Return the id of an action: same thing, type, date and actors are one action."""
    about = dict(action)
    parts = [thing, *map(str, about["actionType"]), *(_dated(str(d)) for d in about.get("date", ()))]
    actors = sorted(map(str, about.get("actionBy", ())))
    return "-".join([*parts, *(["by", *actors] if actors else [])])


def preference_id(thing: str, choice: Preference) -> str:
    """Return the id of a preference: same thing, property, value and subject are one."""
    parts = [thing, "preference", slug(choice.property), slug(choice.prefers)]
    narrowed = [choice.forParty, *choice.subject, _dated(choice.period)]
    return "-".join([*parts, *(part for part in narrowed if part)])


def _dated(edtf_date: str) -> str:
    """Return a date as part of an id, its marks spelt out, so that 2022 and 2022? stay apart."""
    for mark, word in (("..", "open"), ("?", "-uncertain"), ("~", "-approximate"), ("%", "-uncertain-approximate")):
        edtf_date = edtf_date.replace(mark, word)
    return slug(edtf_date)


def figure_id(thing: str, figure: Claims) -> str:
    """Return the id of a figure: same thing, series, period and number are one figure."""
    about = dict(figure)
    fields = (*_SERIES, "period", "value", "lower", "upper")
    values = (str(value) for name in fields for value in about.get(name, ()))
    return "-".join([thing, "figure", *map(_dated, values)])


def series(figure: Claims) -> str:
    """Return what a figure has in common with those of other times, in one text.

    >>> series((("indicator", ("refugees",)), ("fromArea", ("af",)), ("toArea", ("tj",)), ("value", (5,))))
    'refugees||af|tj||||'
    """
    about = dict(figure)
    return "|".join(",".join(sorted(map(str, about.get(name, ())))) for name in _SERIES)
