"""Two countries side by side, by kind and topic."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from cagraph.answers import lookup
from cagraph.answers.days import day
from cagraph.answers.listings import AGREEMENTS, LISTINGS
from cagraph.answers.standing import begun, states
from cagraph.errors import UsageFault
from cagraph.iris import iri, local
from cagraph.queries import ask
from cagraph.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Collection

    from cagraph.rows import Cell
    from cagraph.store import Store


def compare(store: Store, country: str, other: str, kind: str = "", as_of: str = "") -> Rows:
    """Return for each kind and topic how many things each of two countries has, and the ids.

    A thing with several topics counts under each; `all` counts every thing once.

    Args:
        store: what is asked.
        country: any name of the first country.
        other: any name of the second.
        kind: name of one list; all if empty.
        as_of: day by which things must have begun, as EDTF; today if empty.

    Raises:
        UsageFault: if a name or the kind is unknown, or both names are of one country.
    """
    first, second = (lookup.find(store, name, ("Country",)).id for name in (country, other))
    if first == second:
        raise UsageFault(f"{country!r} and {other!r} are one", "name two countries")
    names = [kind] if kind else list(LISTINGS)
    if kind and kind not in LISTINGS:
        raise UsageFault(f"{kind!r} is not a list", f"choose one of {', '.join(LISTINGS)}")
    on = day(as_of)
    members = _members(store, (first, second), names, on)
    every = {id_ for lists in members.values() for ids in lists.values() for id_ in ids}
    topics = _topics(store, every)
    told = begun(store, every, on)
    counted: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for place, lists in members.items():
        for name, ids in lists.items():
            for id_ in ids & told:
                for topic in ("all", *topics[id_]):
                    counted[name, topic][place].add(id_)
    ranks = Counter({key: len(by[first]) + len(by[second]) for key, by in counted.items()})
    order = sorted(counted, key=lambda key: (names.index(key[0]), key[1] != "all", -ranks[key], key[1]))
    columns = ("kind", "topic", first, second, f"only_{first}", f"only_{second}", "both")
    return Rows(columns, [_row(key, counted[key][first], counted[key][second]) for key in order], shown=columns[:4])


def _row(key: tuple[str, str], mine: set[str], theirs: set[str]) -> tuple[Cell, ...]:
    parts = (mine - theirs, theirs - mine, mine & theirs)
    return (*key, len(mine), len(theirs), *(tuple(sorted(part)) for part in parts))


def _members(
    store: Store, countries: tuple[str, str], names: Collection[str], on: str
) -> dict[str, dict[str, set[str]]]:
    """Return the ids of what belongs to each country, by list: the same questions as the lists ask.

    Of agreements, those it takes part in: no proposals, groups, or treaties it stays out of.
    """
    members: dict[str, dict[str, set[str]]] = {country: defaultdict(set) for country in countries}
    if AGREEMENTS.name in names:
        sides = ask(store, AGREEMENTS.question, "named", ("country", "id", "through"), country=countries).rows
        standing = states(store, {str(id_) for _, id_, _ in sides}, on)
        for country, id_, side in sides:
            state = standing.get(str(id_), {}).get(str(side))
            if state and state.role == "party":
                members[str(country)][AGREEMENTS.name].add(str(id_))
    others = {kind: name for name in names if name != AGREEMENTS.name for kind in LISTINGS[name].kinds}
    columns = ("country", "id", "kind")
    for country, id_, kind in ask(
        store, "things-of-country", "named", columns, country=countries, kind=tuple(others)
    ).rows:
        members[str(country)][others[local(kind)]].add(str(id_))
    return members


def _topics(store: Store, ids: Collection[str]) -> dict[str, list[str]]:
    topics: dict[str, list[str]] = defaultdict(list)
    rows = ask(store, "values", columns=("id", "value"), id=tuple(sorted(ids)), property=iri("ca:topic")).rows
    for id_, topic in rows:
        topics[str(id_)].append(str(topic).partition("-")[2])
    return topics
