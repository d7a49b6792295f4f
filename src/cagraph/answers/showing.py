"""What `show` shows: the profile of a country, the card of any other thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cagraph.answers import claims, lookup, profile
from cagraph.answers.days import day

if TYPE_CHECKING:
    from cagraph.answers.card import Card
    from cagraph.store import Store


def shown(store: Store, name: str, as_of: str = "") -> Card:
    """Return everything known about a thing, by id or name; of a country, its profile.

    Args:
        store: what is asked.
        name: id or any name of the thing.
        as_of: day of the status, as EDTF; today if empty.

    Raises:
        UnknownName: if nothing is called so.
        UsageFault: if `as_of` is no date.
    """
    thing = lookup.find(store, name)
    make = profile.of_country if thing.kind == "Country" else claims.card
    return make(store, thing, day(as_of))
