"""The steps in the life of a thing, gathered from its evidence: what was done, when, by whom, and on what passage."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cagraph import edtf
from cagraph.curated import ids

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from cagraph.curated.records import Claims, Evidence, Preference, Thing

FIRST, LAST = "0001-01-01", "9999-12-31"
"""The days that stand for "always" and "without end"."""
BEGINNINGS = {"signed", "adopted", "established", "launched", "opened"}
"""Steps that others presuppose: nothing is consented to, in force or amended before one of them."""
FOLLOWING = {"ratified", "approved", "accepted", "acceded", "notified", "entered-into-force", "in-force-reported",
              "amended", "extended", "published", "registered"}  # fmt: skip
"""Steps that presuppose one of them."""


@dataclass(frozen=True)
class Step:
    """A step, with all passages that tell of it."""

    id: str
    type: str
    date: str
    """EDTF, or the empty string."""
    earliest: str
    latest: str
    """First and last day it can have been taken, ISO 8601; of an undated one the empty string and the
    day by which its source was published."""
    by: tuple[str, ...]
    """Those who took it; empty if no passage names them."""
    evidence: tuple[str, ...]
    is_inferred: bool
    """Whether it rests on the curator's inference alone."""


def published(sources: Iterable[Thing]) -> dict[str, tuple[str, str]]:
    """Return the first and the last day on which each source can have been published."""
    days = {}
    for source in sources:
        span = edtf.parse(str(dict(source.bibliography).get("issued", ("9999",))[0]))
        days[source.id] = (_iso(span.earliest, FIRST), _iso(span.latest, LAST))
    return days


def steps(thing: Thing, days: Mapping[str, tuple[str, str]]) -> list[Step]:
    """Return the steps of a thing, each once, in the order of their ids."""
    found: dict[str, Step] = {}
    for block in thing.evidence:
        for action in block.actions:
            step = _step(thing.id, action, block, days[block.passage.source][1])
            known = found.get(step.id)
            found[step.id] = step if known is None else _both(known, step)
    return [found[id_] for id_ in sorted(found)]


def _step(thing: str, action: Claims, block: Evidence, last: str) -> Step:
    about = dict(action)
    date = str(about.get("date", ("",))[0])
    span = edtf.parse(date) if date else edtf.Span(None, None)
    latest = _iso(span.latest, "") if date else last
    if date and _iso(span.earliest, FIRST) <= last < latest:
        latest = last  # what a source of August tells of its own year was done by August
    return Step(
        ids.action_id(thing, action), str(about["actionType"][0]), date,
        _iso(span.earliest, ""), latest,
        tuple(sorted(map(str, about.get("actionBy", ())))), (block.id,), bool(block.inference),
    )  # fmt: skip


def _both(one: Step, other: Step) -> Step:
    """Return a step that two passages tell of: it is inferred only if both infer it."""
    return replace(
        one,
        latest=min(one.latest or LAST, other.latest or LAST) if not one.date else one.latest,
        evidence=tuple(sorted({*one.evidence, *other.evidence})),
        is_inferred=one.is_inferred and other.is_inferred,
    )


def rejected(own: Iterable[Step], preferences: Iterable[Preference]) -> dict[str, Preference]:
    """Return the steps that a preferred reading sets aside, by id, with the preference that does.

    A preference for a date sets aside those steps of that type that cannot have been taken on it; a
    preference for a party, only that party's steps and those of nobody in particular.
    """
    aside = {}
    for choice in preferences:
        for step in own:
            is_other = step.type == choice.property and bool(step.date) and _differs(step, choice.prefers)
            if is_other and (not choice.forParty or not step.by or choice.forParty in step.by):
                aside[step.id] = choice
    return aside


def _differs(step: Step, date: str) -> bool:
    span = edtf.parse(date)
    begins, ends = _iso(span.earliest, FIRST), _iso(span.latest, LAST)
    return (step.latest or LAST) < begins or ends < (step.earliest or FIRST)


def _iso(day: object, otherwise: str) -> str:
    return str(day) if day else otherwise
