"""Law time: the status of a thing for a date, from its dated actions, with the reason.

An action whose date is imprecise may or may not have happened by a day inside its interval; the
answer then says `possibly`. A span that is still open (2024/..) holds from its beginning.
"""

from __future__ import annotations

from typing import NamedTuple

from cagraph.names import is_country, shown

_ORDER = ("not-yet", "unknown", "proposed", "under-negotiation", "initialled", "signed", "awaiting-approval",
          "adopted", "consented", "in-force", "suspended", "ended", "rejected", "not-party")  # fmt: skip
"""How far along each status is. Of two steps, the one that leads further settles the status, since
sources tell of earlier steps later: talks reported in 2020 do not undo a signature of 2001."""
_RANK = {name: place for place, name in enumerate(_ORDER)}
_REVERSIBLE = {"suspended", "ended", "rejected", "not-party"}
"""States that a later step undoes: what was suspended or ended is resumed, who stayed out accedes."""
_OWN = {"denounced", "not-joined", "closed"}
"""Actions that say something of the party that took them, and nothing of the instrument."""
_CONSENT = {"signed", "acceded", "ratified", "approved", "accepted", "notified"}
"""Actions by which a party signs or consents to be bound: they say nothing of the others."""


class Action(NamedTuple):
    """A dated step, as the store tells it."""

    type: str
    label: str
    leads_to: str
    """Notation of the status it leads to, or the empty string."""
    date: str
    """EDTF, or the empty string."""
    earliest: str
    latest: str
    """First and last possible day, ISO 8601; the empty string where open."""
    by: tuple[str, ...]
    """Ids of those who acted; empty if the source names none."""
    evidence: str


class Status(NamedTuple):
    """What the actions add up to."""

    status: str
    """A notation of the status scheme, or `possibly` and a notation."""
    reason: str
    evidence: tuple[str, ...]
    """Ids of the evidence of the action it rests on."""


def status(actions: list[Action], as_of: str, party: str = "") -> Status:
    """Return the status on a day.

    Args:
        actions: the recorded actions, in any order.
        as_of: ISO 8601 day.
        party: the id of a party, to ask what holds for it; else for the thing as a whole.
    """
    relevant = [a for a in actions if a.leads_to and _concerns(a, party)]
    if not relevant:
        return Status("unknown", "no action is recorded that settles it", ())
    certain = [a for a in relevant if _by(a.latest or a.earliest, as_of)]
    current = _latest_state(certain)
    possible = [a for a in relevant if a not in certain and _by(a.earliest, as_of)]
    change = _latest_state([*certain, *possible])
    if change is current and current is not None:
        return Status(current.leads_to, _phrase(current), _evidence(certain, current))
    if change is None:
        first = min(relevant, key=_when)
        return Status("not-yet", f"{_phrase(first)}, after that day", (first.evidence,))
    before = f"; before that {_phrase(current)}" if current else ""
    return Status(f"possibly {change.leads_to}", f"possibly {_phrase(change)}{before}", _evidence(possible, change))


def _by(day: str, as_of: str) -> bool:
    return not day or day <= as_of


def _concerns(action: Action, party: str) -> bool:
    """Tell whether an action bears on a party, or, with no party, on the thing as a whole.

    What other countries signed or consented to does not bind a party; what a body did may.
    """
    if not party:
        return not (action.by and action.type in _OWN)
    by_others = party not in action.by and all(map(is_country, action.by))
    return not action.by or not by_others or action.type not in _OWN | _CONSENT


def _when(action: Action) -> tuple[str, int]:
    """Return what actions are ordered by: the first possible day; one without a date comes before all."""
    dated = action.earliest or ("" if not action.date else action.latest)
    return dated, _RANK[action.leads_to]


def _latest_state(actions: list[Action]) -> Action | None:
    """Return the action that the state after all of them rests on."""
    state: Action | None = None
    for action in sorted(actions, key=_when):
        if state is None or _supersedes(action, state):
            state = action
    return state


def _supersedes(new: Action, old: Action) -> bool:
    if old.leads_to in _REVERSIBLE and new.leads_to not in _REVERSIBLE:
        # Only a dated step behind a dated end undoes it, and only one that binds again: a proposal
        # or talks after the end of a treaty do not bring it back.
        return (
            bool(new.earliest and old.earliest)
            and new.earliest > old.earliest
            and _RANK[new.leads_to] >= _RANK["signed"]
        )
    return _RANK[new.leads_to] >= _RANK[old.leads_to]


def _phrase(action: Action) -> str:
    who = f" by {', '.join(map(shown, action.by))}" if action.by else ""
    return f"{action.label}{who} {action.date or '(date not recorded)'}"


def _evidence(actions: list[Action], state: Action) -> tuple[str, ...]:
    same = (a.evidence for a in actions if (a.type, a.date) == (state.type, state.date))
    return tuple(sorted(set(same)))
