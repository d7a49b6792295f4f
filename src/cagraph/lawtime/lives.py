"""The lives of things: for each, the intervals of its status as a whole and for each party."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from cagraph import edtf
from cagraph.lawtime import parties
from cagraph.lawtime.intervals import intervals
from cagraph.lawtime.moves import GROUP, Case, moves, told_by
from cagraph.lawtime.standing import standings
from cagraph.lawtime.steps import BEGINNINGS, FOLLOWING, LAST, published, rejected, steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cagraph.curated.records import Preference, Thing
    from cagraph.lawtime.intervals import Interval
    from cagraph.lawtime.rules import Rules
    from cagraph.lawtime.standing import Standing
    from cagraph.lawtime.steps import Step

_WITHOUT = {"Country", "Region", "Source", "Concept", "FigureSet"}
"""Kinds of things that have no status."""
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class Life(NamedTuple):
    """What law time makes of one thing."""

    thing: str
    known_until: str
    """ISO 8601: the last day of the last source that tells of it."""
    binding: str
    """Of an agreement, whether it binds; the empty string for other things."""
    intervals: tuple[Interval, ...]
    rejected: Mapping[str, Preference]
    """Steps that a preferred reading sets aside."""
    main_date: str
    evidence: tuple[str, ...]
    """The passages that its claims and steps rest on."""


class Others(NamedTuple):
    """What the life of a thing takes of other records."""

    days: dict[str, tuple[str, str]]
    """The first and the last day on which each source can have been published."""
    owners: dict[str, tuple[str, ...]]
    """The state of each body, and the country of each region."""


def others(things: Iterable[Thing]) -> Others:
    """Return what some records tell that the lives of others take."""
    known = list(things)
    return Others(published(thing for thing in known if thing.kind == "Source"), parties.owners(known))


def lives(
    things: Iterable[Thing], kinds: Mapping[str, frozenset[str]], rules: Rules, rest: Others | None = None
) -> Iterator[Life]:
    """Yield the life of each thing that can have a status.

    Args:
        things: the records.
        kinds: each class with the names of itself and its superclasses.
        rules: what steps lead to.
        rest: what all records tell; where there are no others, what these tell.
    """
    known = list(things)
    rest = rest or others(known)
    for thing in known:
        if thing.kind not in _WITHOUT and thing.evidence and not thing.isReplacedBy:
            yield _life(thing, kinds[thing.kind], rules, *rest)


def _life(
    thing: Thing,
    kinds: frozenset[str],
    rules: Rules,
    days: Mapping[str, tuple[str, str]],
    owners: Mapping[str, tuple[str, ...]],
) -> Life:
    claims = _claims(thing)
    all_steps = steps(thing, days)
    aside = rejected(all_steps, thing.preferences)
    kept = [step for step in all_steps if step.id not in aside]
    told = [days[block.passage.source] for block in thing.evidence]
    binding = rules.binding(claims["form"], claims["binding"]) if "Agreement" in kinds else ""
    case = Case(
        thing, kinds, binding, kept, _first(thing, kept, claims, told),
        max(last for _, last in told), rules, claims,
    )  # fmt: skip
    found = _of_group(case) if thing.kind == GROUP else (
        _of_agreement(case, owners) if "Agreement" in kinds else _of_one(case)
    )  # fmt: skip
    return Life(thing.id, case.known_until, binding, tuple(found), aside, main_date(kept), told_by(thing))


def _claims(thing: Thing) -> dict[str, list[str]]:
    claims: dict[str, list[str]] = defaultdict(list)
    for block in thing.evidence:
        for name, values in block.claims:
            claims[name] += map(str, values)
    return claims


def _first(thing: Thing, own: Iterable[Step], claims: Mapping[str, list[str]], told: Sequence[tuple[str, str]]) -> str:
    """Return the first day of which there is a trace.

    That of a dated step or period, or before it of a source that already told of the thing; with none,
    the year in its title, or the day on which the first source can have been published.
    """
    begun = min((step.earliest for step in own if step.type in BEGINNINGS and step.earliest), default="")
    dated = [
        begun if step.type in FOLLOWING and step.earliest < begun <= step.latest else step.earliest
        for step in own
        if step.earliest
    ]
    dated += [str(day) for period in claims["period"] if (day := edtf.parse(period).earliest)]
    if dated:
        return min([*dated, *(first for first, last in told if last < min(dated))])
    return min([*(f"{year}-01-01" for year in _YEAR.findall(thing.label)), *(first for first, _ in told)])


def _of_one(case: Case) -> Iterator[Interval]:
    """Yield the intervals of a thing that has one life: a national act, a body, a scheme, an event."""
    told = moves(case)
    yield from intervals(case.subject, "", standings(told, case.first), lambda _: "")


def _of_group(case: Case) -> Iterator[Interval]:
    """Yield what holds of a group: who is its hub and who a partner, and no status for anybody."""
    stands = standings([], case.first)
    roles = [("", ""), *((party, role) for role in ("hub", "partner") for party in sorted(set(case.claims[role])))]
    for party, role in dict(roles).items():
        yield from intervals(case.subject, party, stands, partial(_fixed, role))


def _fixed(role: str, _: Standing) -> str:
    return role


def _of_agreement(case: Case, owners: Mapping[str, tuple[str, ...]]) -> Iterator[Interval]:
    told = moves(case)
    sides = parties.sides(case.claims["party"], told, owners)
    is_bilateral = case.thing.kind == "BilateralAgreement"
    derive = parties.of_bilateral if is_bilateral else parties.of_multilateral
    yield from derive(case.subject, sides, told)


DATED_BY = ("signed", "adopted", "endorsed", "established", "launched", "occurred", "acceded")
"""Steps whose date is the thing's date, most telling first."""


def main_date(own: Iterable[Step]) -> str:
    """Return the date of signature, adoption or beginning, else the first one recorded; none is the empty string.

    Of several dates of one step the earliest counts, told as precisely as any passage tells it: 2011
    and 2011-07-22 are 2011-07-22.
    """
    dated = [step for step in own if step.date]
    for wanted in DATED_BY:
        typed = [step for step in dated if step.type == wanted]
        if typed:
            dated = typed
            break
    if not dated:
        return ""
    first = min(dated, key=lambda step: step.date)
    last = first.latest or LAST
    inside = [step for step in dated if first.earliest <= step.earliest and (step.latest or LAST) <= last]
    return min(inside, key=lambda step: (-_precision(step.date), step.date)).date


def _precision(date: str) -> int:
    """Return how much a date says: the figures of a day, month or year; of a span, none."""
    return 0 if "/" in date else len(date.rstrip("?~%"))
