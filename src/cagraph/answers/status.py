"""The status of a thing on a day, as a whole and for each party."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cagraph.answers import lookup, profile
from cagraph.answers.days import day
from cagraph.answers.standing import WHOLE, State, no_trace, states
from cagraph.queries import ask
from cagraph.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from cagraph.rows import Cell
    from cagraph.store import Store

COLUMNS = ("party", "status", "status_reason", "evidence", "certainty", "basis", "role", "binding", "known_until")
AS_A_WHOLE = "as a whole"
"""What stands in the column of parties for the thing itself."""


def statuses(store: Store, name: str, as_of: str = "") -> Rows:
    """Return the status of a thing on a day: as a whole and for each party, with the reason.

    A country has no status: of it, the profile is returned.

    Args:
        store: what is asked.
        name: id or any name of the thing.
        as_of: the day, as EDTF; today if empty.
    """
    thing = lookup.find(store, name)
    on = day(as_of)
    if thing.kind == "Country":
        return profile.of_country(store, thing, on)
    of_thing = states(store, [thing.id], on).get(thing.id, {})
    return Rows(COLUMNS, [row for own in sides(store, [thing.id]).values() for row in rows(own, of_thing)],
                shown=("party", "status", "certainty", "basis", "role", "status_reason", "evidence"))  # fmt: skip


class Sides(NamedTuple):
    """Whoever has a part in a thing on some day, and what holds of it on every day."""

    parties: tuple[str, ...]
    binding: str
    known_until: str


def sides(store: Store, ids: Collection[str] | None) -> dict[str, Sides]:
    """Return the sides of each of several things, or of all; of a thing without sides, none."""
    found: dict[str, Sides] = {}
    for id_, party, binding, known_until in ask(store, "sides", id=None if ids is None else tuple(ids)).rows:
        known = found.get(str(id_), Sides((), str(binding), str(known_until)))
        parties = {*known.parties, *([str(party)] if party else [])}
        found[str(id_)] = known._replace(parties=tuple(sorted(parties)))
    return found


def rows(own: Sides, of_thing: Mapping[str, State]) -> list[tuple[Cell, ...]]:
    """Return a row for a thing as a whole and for each side, those too of which there is no trace by then."""
    return [
        (side or AS_A_WHOLE, state.status, state.reason, state.evidence, state.certainty, state.basis, state.role,
         own.binding, own.known_until)
        for side in (WHOLE, *own.parties)
        for state in [of_thing.get(side) or no_trace(own.known_until)]
    ]  # fmt: skip
