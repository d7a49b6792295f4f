"""The recorded steps in the lives of things, as law time takes them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from cagraph.answers.lawtime import Action
from cagraph.queries import ask

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from cagraph.store import Store

DATED_BY = ("signed", "adopted", "established", "launched", "occurred", "acceded")
"""Action types whose date is the thing's date, most telling first."""
_COLUMNS = ("thing", "action", "type", "by", "date", "earliest", "latest", "evidence")


def actions(store: Store, ids: Collection[str]) -> dict[str, list[Action]]:
    """Return the recorded actions on each of several things, in the order of their dates.

    An action that several passages tell of is there once for each.
    """
    told: dict[tuple[str, str, str], list[str]] = {}
    actors: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in ask(store, "actions-on", "named", _COLUMNS, thing=tuple(ids)).rows:
        thing, action, type_, by, date, earliest, latest, evidence = map(str, row)
        key = (thing, action, evidence)
        known = told.setdefault(key, [type_, date, earliest, latest])
        # One date gives two last days where a span and the source's own date both bound it.
        known[3] = min(known[3] or latest, latest or known[3])
        if by:
            actors[key].add(by)
    leads = _action_types(store, {known[0] for known in told.values()})
    lives: dict[str, list[Action]] = defaultdict(list)
    for key, (type_, date, earliest, latest) in told.items():
        step, label, leads_to = leads[type_]
        lives[key[0]].append(Action(step, label, leads_to, date, earliest, latest, tuple(sorted(actors[key])), key[2]))
    for steps in lives.values():
        steps.sort(key=lambda step: (step.earliest or step.latest, step.type, step.by, step.evidence))
    return lives


def _action_types(store: Store, types: Collection[str]) -> dict[str, tuple[str, str, str]]:
    """Return notation, label and resulting status of each type; joined here, faster than in the store."""
    return {
        str(type_): (str(notation), str(label), str(leads_to))
        for type_, notation, label, leads_to in ask(store, "action-types", type=tuple(sorted(types))).rows
    }


def main_date(steps: Iterable[Action]) -> str:
    """Return the date of signature, adoption or beginning, else the first one recorded; none is the empty string.

    Of several dates of one step the earliest counts, told as precisely as any passage tells it: 2011
    and 2011-07-22 are 2011-07-22.
    """
    dated = [step for step in steps if step.date]
    for wanted in DATED_BY:
        typed = [step for step in dated if step.type == wanted]
        if typed:
            dated = typed
            break
    if not dated:
        return ""
    first = min(dated, key=lambda step: step.date)
    last = first.latest or "9"
    inside = [step for step in dated if first.earliest <= step.earliest and (step.latest or "9") <= last]
    return min(inside, key=lambda step: (-_precision(step.date), step.date)).date


def _precision(date: str) -> int:
    """Return how much a date says: the figures of a day, month or year; of a span, none."""
    return 0 if "/" in date else len(date.rstrip("?~%"))
