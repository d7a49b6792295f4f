"""Lists of things of a kind, with status, filters and evidence: one mechanism for every kind."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from cagraph.answers import lawtime, lookup
from cagraph.answers.days import day, within
from cagraph.answers.listings import AGREEMENTS
from cagraph.answers.steps import actions, main_date
from cagraph.errors import UsageFault
from cagraph.iris import local
from cagraph.names import is_country, shown
from cagraph.queries import ask
from cagraph.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cagraph.answers.listings import Listing
    from cagraph.rows import Cell
    from cagraph.store import Store


_POSSIBLY = "possibly "
"""What stands before a status where a date is too vague to tell."""


class Filters(NamedTuple):
    """What a list is narrowed to; an empty field does not narrow.

    `with_` are ids of further parties; `since` and `until` bound the date, imprecise dates
    passing when they may fall inside; `source` is a document that tells of the thing; `limit` is
    the greatest number of things, 0 for all.
    """

    with_: tuple[str, ...] = ()
    topic: str = ""
    form: str = ""
    status: str = ""
    as_of: str = ""
    since: str = ""
    until: str = ""
    source: str = ""
    limit: int = 0


class Entry(NamedTuple):
    """One thing of a list, whole: whatever a caller shows of it."""

    id: str
    label: str
    kind: str
    role: str
    """The tie to the country asked for, such as `jurisdiction`; empty in lists that know only one."""
    claims: dict[str, tuple[str, ...]]
    """Local name of each property that lists show -> values."""
    parties: tuple[str, ...]
    """ISO 3166-1 codes of countries, ids of others."""
    date: str
    """EDTF date of signature, adoption or beginning."""
    status: str
    status_reason: str
    evidence: tuple[str, ...]

    def cell(self, column: str) -> Cell:
        """Return what stands in a column of the list."""
        match column:
            case "form":
                return ", ".join(_notations(self.claims.get("form", ())))
            case "topics":
                return _notations(self.claims.get("topic", ()))
            case "url":
                return next(iter(self.claims.get("url", ())), "")
            case _ if column in self._fields:
                value: Cell = getattr(self, column)
                return value
            case _:
                return self.claims.get(column, ())


def _notations(concepts: Iterable[str]) -> tuple[str, ...]:
    return tuple([concept.partition("-")[2] for concept in concepts])


def listed(store: Store, listing: Listing, country: str = "", filters: Filters | None = None) -> Rows:
    """Return the things of a list that belong to a country, or all of them, by date, with its columns.

    Args:
        store: what is asked.
        listing: one of `LISTINGS`.
        country: any name of a country, region or union; all if empty.
        filters: what to narrow to; `with_` and `source` may be names too.

    Raises:
        UsageFault: if the country or a filter does not exist.
    """
    filters = filters or Filters()
    place = lookup.find(store, country, lookup.PLACES) if country else None
    others = tuple(lookup.find(store, other, lookup.PLACES).id for other in filters.with_)
    source = lookup.source_id(store, filters.source)
    chosen = entries(store, listing, place.id if place else "", filters._replace(with_=others, source=source))
    order = list(listing.headings)
    label = place.label if place else ""
    grouped = bool(place and order)
    if grouped:
        chosen.sort(key=lambda entry: order.index(entry.role))
    headings = {role: told.format(label) for role, told in listing.headings.items()} if grouped else {}
    return Rows(
        listing.columns,
        [tuple([entry.cell(column) for column in listing.columns]) for entry in chosen],
        shown=listing.shown,
        title="label",
        headings=("role" if grouped else "", headings),
        notes=() if chosen else (f"none found{f' for {label}' if label else ''}: {absence(store)}",),
    ).first(filters.limit)


def absence(store: Store) -> str:
    """Return what finding nothing means, in words: absence from the sources is not absence from the world."""
    searched = len(ask(store, "of-kind", kind="Source"))
    return f"{searched} sources were searched, which is not proof that there is none"


def entries(store: Store, listing: Listing, country: str = "", filters: Filters | None = None) -> list[Entry]:
    """Return the things of a list that belong to a country, by date.

    Args:
        store: what is asked.
        listing: what to list.
        country: id of a country, region or body; all if empty.
        filters: what to narrow to, all names as ids; `limit` is not looked at.

    Raises:
        UsageFault: if a date, topic, form or status of the filters does not exist.
    """
    filters = _checked(store, filters or Filters())
    members = _members(store, listing, country, filters.with_)
    topics = set(ask(store, "concept", concept=f"topic-{filters.topic}")["id"]) if filters.topic else set()
    described = _described(store, members, filters.as_of, country)
    kept = [entry for entry in described if _passes(entry, filters, topics)]
    return sorted(kept, key=lambda entry: (entry.date or "9", entry.label))


def _checked(store: Store, filters: Filters) -> Filters:
    """Return the filters with days and concepts as the store holds them."""
    concepts: dict[str, Any] = {
        scheme: lookup.notation(store, scheme, value)
        for scheme in ("topic", "form", "status")
        if (value := getattr(filters, scheme).strip().removeprefix(_POSSIBLY))
    }
    if filters.status.strip().startswith(_POSSIBLY):
        concepts["status"] = _POSSIBLY + concepts["status"]
    since = day(filters.since, 0) if filters.since else ""
    until = day(filters.until) if filters.until else ""
    if since and until and until < since:
        raise UsageFault(f"nothing lies between {since} and {until}", "swap --since and --until")
    return filters._replace(as_of=day(filters.as_of), since=since, until=until)._replace(**concepts)


_Member = tuple[str, str, str]
"""Kind, label and role of a thing."""
_COLUMNS = ("id", "kind", "label")
"""What lists ask of the things in them."""


def _members(store: Store, listing: Listing, country: str, others: Sequence[str]) -> dict[str, _Member]:
    """Return kind, label and role of each thing of a list, by id; of several roles the first of its headings."""
    if not country and others:
        country, *others = others
    if not country:
        return _without_role(ask(store, "of-kind", kind=listing.kinds))
    members = _of_country(store, listing, country)
    for other in others:
        if listing is AGREEMENTS:
            shared = set(ask(store, "agreements-between", "named", ("id",), country=country, other=other)["id"])
        else:
            shared = set(_of_country(store, listing, other))
        members = {id_: about for id_, about in members.items() if id_ in shared}
    return members


def _of_country(store: Store, listing: Listing, country: str) -> dict[str, _Member]:
    if not listing.headings:
        kinds = {} if listing is AGREEMENTS else {"kind": listing.kinds}
        return _without_role(ask(store, listing.question, "named", _COLUMNS, country=country, **kinds))
    rows = ask(store, listing.question, "named", (*_COLUMNS, "role"), country=country, kind=listing.kinds).rows
    order = list(listing.headings)
    rows.sort(key=lambda row: order.index(str(row[3])), reverse=True)
    return {str(id_): (local(kind), str(label), str(role)) for id_, kind, label, role in rows}


def _without_role(rows: Rows) -> dict[str, _Member]:
    return {str(id_): (local(kind), str(label), "") for id_, kind, label in rows.rows}


def _described(store: Store, members: Mapping[str, _Member], as_of: str, party: str) -> Iterator[Entry]:
    """Yield an entry for each thing: its claims, its steps, and the status they add up to."""
    claims: dict[str, dict[str, set[str]]] = {id_: defaultdict(set) for id_ in members}
    evidence: dict[str, set[str]] = {id_: set() for id_ in members}
    # Two questions: with its evidence beside each value, one took half as long again as both.
    for id_, property_, value in ask(store, "listed-values", id=tuple(members)).rows:
        claims[str(id_)][local(property_)].add(str(value))
    for id_, where in ask(store, "evidence-of", id=tuple(members)).rows:
        evidence[str(id_)].add(str(where))
    steps = actions(store, tuple(members))
    for id_, (kind, label, role) in members.items():
        own = steps.get(id_, [])
        named = claims[id_].get("party", set())
        involved = named.union(*[step.by for step in own])
        state = lawtime.status(own, as_of, party if party in involved else "")
        evidence[id_].update([step.evidence for step in own])
        yield Entry(
            id_, label, kind, role,
            {name: tuple(sorted(values)) for name, values in claims[id_].items()},
            _parties(kind, named, own), main_date(own), state.status, state.reason, tuple(sorted(evidence[id_])),
        )  # fmt: skip


def _parties(kind: str, named: Iterable[str], steps: Iterable[lawtime.Action]) -> tuple[str, ...]:
    """Return the parties: those named, and of a multilateral agreement the states that took part."""
    parties = set(named)
    if kind == "MultilateralAgreement":
        parties.update(
            one for step in steps if step.leads_to not in {"", "not-party"} for one in step.by if is_country(one)
        )
    return tuple(sorted(map(shown, parties)))


def _passes(entry: Entry, filters: Filters, topics: set[Cell]) -> bool:
    if filters.topic and not topics & set(entry.claims.get("topic", ())):
        return False
    if filters.form and f"form-{filters.form}" not in entry.claims.get("form", ()):
        return False
    if filters.status and filters.status not in {entry.status, entry.status.removeprefix(_POSSIBLY)}:
        return False
    if not filters.status and entry.status == "not-yet":
        return False
    if filters.source and not _is_told_by(filters.source, entry):
        return False
    return not (filters.since or filters.until) or within(entry.date, filters.since, filters.until)


def _is_told_by(source: str, entry: Entry) -> bool:
    from cagraph.curated.ids import source_of

    return any(source_of(where) == source for where in entry.evidence)
