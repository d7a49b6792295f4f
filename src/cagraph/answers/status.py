"""The status of a thing on a day, as a whole and for each party."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cagraph.answers import lawtime, lookup, profile
from cagraph.answers.days import day
from cagraph.answers.steps import actions
from cagraph.queries import ask
from cagraph.rows import Rows

if TYPE_CHECKING:
    from cagraph.rows import Cell
    from cagraph.store import Store

COLUMNS = ("party", "status", "status_reason", "evidence")
WHOLE = "as a whole"
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
    steps = actions(store, [thing.id]).get(thing.id, [])
    parties = {str(party) for party in ask(store, "parties", columns=("party",), id=thing.id)["party"]}
    rows: list[tuple[Cell, ...]] = [(WHOLE, *lawtime.status(steps, on))]
    involved = sorted(parties.union(*[step.by for step in steps]))
    rows += [(party, *lawtime.status(steps, on, party)) for party in involved]
    return Rows(COLUMNS, rows)
