"""Lists of things of a kind, with status, filters and evidence: one mechanism for every kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from cagraph.answers import lookup
from cagraph.answers.days import day, within
from cagraph.answers.entries import Entry, described
from cagraph.answers.members import members
from cagraph.answers.standing import NO_TRACE
from cagraph.errors import UsageFault
from cagraph.queries import ask
from cagraph.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cagraph.answers.listings import Listing
    from cagraph.rows import Cell
    from cagraph.store import Store


_BOTH = {"in-force": {"in-force", "in-force-reported"}}
"""Statuses that a filter finds besides the one it names: reported in force is in force, as far as is known."""


class Filters(NamedTuple):
    """What a list is narrowed to; an empty field does not narrow.

    `with_` are ids of further parties; `since` and `until` bound the date, imprecise dates
    passing when they may fall inside; `source` is a document that tells of the thing; `limit` is
    the greatest number of things, 0 for all; `undated` lists those too of which there is no trace by
    the day, if some step in their lives is undated.
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
    undated: bool = False


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
    lead, spoken = unspoken(chosen, day(filters.as_of))
    return Rows(
        listing.columns,
        [tuple([entry.cell(column) for column in listing.columns]) for entry in chosen],
        shown=listing.shown,
        title="label",
        headings=("role" if grouped else "", headings),
        lead=lead,
        spoken=spoken,
        notes=() if chosen else (f"none found{f' for {label}' if label else ''}: {absence(store)}",),
    ).first(filters.limit)


def unspoken(chosen: Iterable[Entry], as_of: str) -> tuple[str, dict[str, dict[str, str]]]:
    """Return what a list says once above it, and what its cells need not say again.

    What is certain and stated goes without saying. A list for a day after the last source says so
    above, and marks those rows of which less is known.
    """
    days = {str(entry.cell("known_until")) for entry in chosen} - {""}
    newest = max(days, default="")
    known = {day: "" if day == newest or day >= as_of else f"as known up to {day}" for day in days}
    spoken = {"certainty": {"certain": "", "last-known": ""}, "basis": {"stated": ""}, "known_until": known}
    return f"as known up to {newest}" if newest and newest < as_of else "", spoken


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
    topics = set(ask(store, "concept", concept=f"topic-{filters.topic}")["id"]) if filters.topic else set()
    things = described(store, members(store, listing, country, filters.with_), filters.as_of)
    undated = set(ask(store, "undated")["id"]) if filters.undated else set()
    kept = [entry for entry in things if _passes(entry, filters, topics, undated)]
    return sorted(kept, key=lambda entry: (entry.date or "9", entry.label))


def _checked(store: Store, filters: Filters) -> Filters:
    """Return the filters with days and concepts as the store holds them."""
    concepts: dict[str, Any] = {
        scheme: lookup.notation(store, scheme, value)
        for scheme in ("topic", "form", "status")
        if (value := getattr(filters, scheme).strip())
    }
    since = day(filters.since, 0) if filters.since else ""
    until = day(filters.until) if filters.until else ""
    if since and until and until < since:
        raise UsageFault(f"nothing lies between {since} and {until}", "swap --since and --until")
    return filters._replace(as_of=day(filters.as_of), since=since, until=until)._replace(**concepts)


def _passes(entry: Entry, filters: Filters, topics: set[Cell], undated: set[Cell]) -> bool:
    if filters.topic and not topics & set(entry.claims.get("topic", ())):
        return False
    if filters.form and f"form-{filters.form}" not in entry.claims.get("form", ()):
        return False
    if filters.status and entry.status not in _BOTH.get(filters.status, {filters.status}):
        return False
    if not filters.status and entry.status == NO_TRACE and entry.id not in undated:
        return False
    if filters.source and not _is_told_by(filters.source, entry):
        return False
    return not (filters.since or filters.until) or within(entry.date, filters.since, filters.until)


def _is_told_by(source: str, entry: Entry) -> bool:
    from cagraph.curated.ids import source_of

    return any(source_of(where) == source for where in entry.evidence)
