"""What the steps of one thing lead to, and between which days: moves, from which its standing follows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from cagraph import edtf
from cagraph.lawtime.intervals import UNKNOWN, Subject, day_after
from cagraph.lawtime.standing import Move
from cagraph.lawtime.steps import BEGINNINGS, LAST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cagraph.curated.records import Thing
    from cagraph.lawtime.rules import Effect, Rules
    from cagraph.lawtime.steps import Step

GROUP = "AgreementGroup"


@dataclass
class Case:
    """A thing with what its status is derived from."""

    thing: Thing
    kinds: frozenset[str]
    binding: str
    steps: list[Step]
    first: str
    """The first day of which there is a trace."""
    known_until: str
    rules: Rules
    claims: dict[str, list[str]] = field(default_factory=dict)

    @property
    def subject(self) -> Subject:
        """The thing as its intervals need it; a group has no status, whatever its members have."""
        unsettled = "" if self.thing.kind == GROUP else UNKNOWN
        return Subject(self.thing.id, self.first, self.known_until, told_by(self.thing), unsettled)


def told_by(thing: Thing) -> tuple[str, ...]:
    """Return the evidence that the claims and steps of a thing rest on, sorted."""
    return tuple(sorted({block.id for block in thing.evidence if block.claims or block.actions}))


def moves(case: Case) -> list[Move]:
    """Return what each step of a thing leads to, and what the period that it names says."""
    return [move for step in case.steps if (move := _move(case, step))] + list(_period(case))


def _move(case: Case, step: Step) -> Move | None:
    """Return what a step leads to for a thing, or None."""
    effect = case.rules.effect(case.kinds, step.type, case.binding)
    if effect is None:
        return None
    if effect.status.notation == "consented" and _is_before_signature(case, step):
        effect = replace(effect, status=case.rules.statuses["authorised-to-sign"])
    earliest, latest = _days(case, step, effect)
    words = f"{case.rules.labels[step.type]} | {step.date or '(undated)'}"
    return Move(effect.status, earliest, latest, words, step.by, step.evidence, step.is_inferred or effect.is_inferred)


def _is_before_signature(case: Case, step: Step) -> bool:
    """Tell whether an act came before the signature: it authorised signing, whatever the source calls it."""
    signed = [one for one in case.steps if one.type == "signed" and (not one.by or set(one.by) & set(step.by))]
    return bool(step.date and signed) and all((step.latest or LAST) < one.earliest for one in signed)


def _days(case: Case, step: Step, effect: Effect) -> tuple[str, str]:
    """Return the first and last day of a step.

    An undated one lies between the first trace of the thing, or the day since when those who took it
    act as states of their own, and the publication of the source; and before any dated step that
    presupposes it. Who has not joined by then had not joined before either. No step was taken before
    the one it presupposes itself.
    """
    first = max([case.first, *([min(since)] if (since := _acting(case, step)) else [])])
    if effect.status.is_undone and effect.status.is_of_each and not step.date:
        return first, first
    if step.date:
        earliest = step.earliest or first
        latest = step.latest or earliest
    else:
        latest = max(min([step.latest, *_presupposing(case, step, effect)]), first)
        earliest = min(first, latest)
    if step.type not in BEGINNINGS and not effect.status.is_before_signature:
        begun = [other.earliest for other in case.steps if other.type in BEGINNINGS and other.earliest]
        floor = min(begun, default="")
        earliest = max(earliest, floor) if floor <= latest else earliest
    return earliest, latest


def _acting(case: Case, step: Step) -> list[str]:
    return [case.rules.acts_since[actor] for actor in step.by if actor in case.rules.acts_since]


def _presupposing(case: Case, step: Step, own: Effect) -> Iterator[str]:
    """Yield the last day of each dated step that can only have been taken after an undated one."""
    for other in case.steps:
        if other.date and (not step.by or set(step.by) & set(other.by)):
            effect = case.rules.effect(case.kinds, other.type, case.binding)
            if effect and not effect.status.is_undone and effect.status.rank > own.status.rank:
                yield other.latest or LAST


def _period(case: Case) -> Iterator[Move]:
    """Yield what the period that a thing names says: that it is over afterwards, and of a programme that it ran.

    A thing that was for a time is not in force for ever. Of several periods the widest counts, unless a
    preference names one.
    """
    preferred = [choice.prefers for choice in case.thing.preferences if choice.property == "period"]
    if case.rules.describing.intersection(case.claims["form"]):
        return
    spans = [edtf.parse(period) for period in preferred or case.claims["period"]]
    begins = min((str(span.earliest) for span in spans if span.earliest), default="")
    ends = max((str(span.latest) for span in spans if span.latest), default="")
    if any(span.latest is None for span in spans):
        ends = ""
    named = "/".join(dict.fromkeys((begins[:4], ends[:4])))
    runs = begins if "Event" not in case.kinds else ""
    for notation, day, words in (("in-force-reported", runs, "begins"), ("ended", ends, "is over")):
        if day:
            last = day_after(day) if notation == "ended" else day
            yield Move(case.rules.statuses[notation], last, last, f"the period it names {words} | {named}", (),
                       _blocks(case, "period"), is_inferred=True)  # fmt: skip


def _blocks(case: Case, name: str) -> tuple[str, ...]:
    return tuple(sorted({block.id for block in case.thing.evidence if name in dict(block.claims)}))
