"""Which things a list holds, and how each belongs to the country asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cagraph.answers.listings import AGREEMENTS
from cagraph.iris import local
from cagraph.queries import ask

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cagraph.answers.listings import Listing
    from cagraph.rows import Rows
    from cagraph.store import Store


class Member(NamedTuple):
    """A thing of a list: what it is, and how it belongs to the country asked for."""

    kind: str
    label: str
    role: str
    sides: frozenset[str] = frozenset()
    """Of an agreement, the sides by which the country has a part in it: itself, or its bodies and regions;
    none if an organisation only adopted it or is what it is about."""


_COLUMNS = ("id", "kind", "label")
"""What lists ask of the things in them."""


def members(store: Store, listing: Listing, country: str, others: Sequence[str]) -> dict[str, Member]:
    """Return the things of a list by id; of several roles the first of its headings.

    Args:
        store: what is asked.
        listing: what to list.
        country: id of a country, region or body; all if empty.
        others: ids of those that they must belong to as well.
    """
    if not country and others:
        country, *others = others
    if not country:
        return _without_role(ask(store, "of-kind", kind=listing.kinds))
    found = _of_country(store, listing, country)
    for other in others:
        if listing is AGREEMENTS:
            shared = set(ask(store, "agreements-between", "named", ("id",), country=country, other=other)["id"])
        else:
            shared = set(_of_country(store, listing, other))
        found = {id_: about for id_, about in found.items() if id_ in shared}
    return found


def _of_country(store: Store, listing: Listing, country: str) -> dict[str, Member]:
    if listing is AGREEMENTS:
        return _agreements_of(store, country)
    if not listing.headings:
        return _without_role(ask(store, listing.question, "named", _COLUMNS, country=country, kind=listing.kinds))
    rows = ask(store, listing.question, "named", (*_COLUMNS, "role"), country=country, kind=listing.kinds).rows
    order = list(listing.headings)
    rows.sort(key=lambda row: order.index(str(row[3])), reverse=True)
    return {str(id_): Member(local(kind), str(label), str(role)) for id_, kind, label, role in rows}


def _agreements_of(store: Store, country: str) -> dict[str, Member]:
    columns = (*_COLUMNS, "through", "tie")
    found: dict[str, Member] = {}
    for id_, kind, label, through, tie in ask(store, AGREEMENTS.question, "named", columns, country=country).rows:
        known = found.get(str(id_))
        side = set() if tie in {"passed_by", "concerns"} else {str(through)}
        found[str(id_)] = Member(local(kind), str(label), "", known.sides | side if known else frozenset(side))
    return found


def _without_role(rows: Rows) -> dict[str, Member]:
    return {str(id_): Member(local(kind), str(label), "") for id_, kind, label in rows.rows}
