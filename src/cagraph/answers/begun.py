"""What had not yet begun on a day, without computing the status of everything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cagraph.queries import ask

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cagraph.store import Store


def not_begun(store: Store, members: Mapping[str, Mapping[str, set[str]]], as_of: str) -> dict[str, set[str]]:
    """Return for each country those of its things that had not begun on a day, as lists leave them out.

    Args:
        store: what is asked.
        members: country -> list -> ids of things.
        as_of: ISO 8601 day.
    """
    # Only a step after that day can say that a thing had not begun, and few are.
    later = set(map(str, ask(store, "dated-after", day=as_of)["id"]))
    early: dict[str, set[str]] = {}
    for country, lists in members.items():
        ids = later.intersection(*[set().union(*lists.values())])
        early[country] = _early(store, ids, as_of, country) if ids else set()
    return early


def _early(store: Store, ids: set[str], as_of: str, country: str) -> set[str]:
    from cagraph.answers import lawtime
    from cagraph.answers.steps import actions

    steps = actions(store, tuple(sorted(ids)))
    return {
        id_
        for id_, own in steps.items()
        if lawtime.status(own, as_of, country if any(country in step.by for step in own) else "").status == "not-yet"
    }
