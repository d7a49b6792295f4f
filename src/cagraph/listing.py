"""Lists of things of a kind, with status, filters and evidence: one mechanism for every kind."""

from __future__ import annotations

import time
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from cagraph import lawtime, lookup, queries
from cagraph.errors import UsageFault
from cagraph.rows import Rows
from cagraph.vocabulary import iri

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cagraph.rows import Cell
    from cagraph.store import Graph


class Listing(NamedTuple):
    """What a command lists: the classes, what ties a thing to a country, and the columns."""

    name: str
    kinds: tuple[str, ...]
    links: tuple[str, ...]
    columns: tuple[str, ...]
    shown: tuple[str, ...]
    """The columns that a table on a terminal has room for."""


_STATE = ("date", "status", "status_reason", "topics", "evidence", "url")
_CODE = 2
"""Length of a country's id, its ISO 3166-1 alpha-2 code."""
DATED_BY = ("signed", "adopted", "established", "launched", "occurred", "acceded")
"""Action types whose date is the thing's date, most telling first."""
_PLACED = ("ca:jurisdiction", "ca:territory", "ca:origin", "ca:destination")

AGREEMENTS = Listing(
    name="agreements",
    kinds=("BilateralAgreement", "MultilateralAgreement", "AgreementGroup"),
    links=("ca:party",),
    columns=("id", "label", "kind", "form", "parties", *_STATE),
    shown=("date", "label", "parties", "status", "id"),
)
LAWS = Listing(
    name="laws",
    kinds=("Law",),
    links=("ca:jurisdiction",),
    columns=("id", "label", "kind", "form", "number", "passed_by", *_STATE),
    shown=("date", "number", "label", "status", "id"),
)
DECREES = LAWS._replace(name="decrees", kinds=("Decree",))
POLICIES = Listing(
    name="policies",
    kinds=("PolicyDocument",),
    links=_PLACED,
    columns=("id", "label", "kind", "form", "period", "passed_by", *_STATE),
    shown=("period", "label", "status", "id"),
)
AGENCIES = Listing(
    name="agencies",
    kinds=("Agency",),
    links=("ca:jurisdiction",),
    columns=("id", "label", "kind", "form", "subOrganizationOf", *_STATE),
    shown=("label", "form", "subOrganizationOf", "id"),
)
SCHEMES = Listing(
    name="schemes",
    kinds=("Scheme",),
    links=_PLACED,
    columns=("id", "label", "kind", "form", "administeredBy", "operatedBy", "origin", "destination", *_STATE),
    shown=("date", "label", "form", "status", "id"),
)
ORGANIZATIONS = Listing(
    name="organizations",
    kinds=("Organization", "InternationalOrganization"),
    links=(*_PLACED, "org:hasMember", "ca:cooperatesWith"),
    columns=("id", "label", "kind", "form", "territory", *_STATE),
    shown=("label", "kind", "form", "id"),
)
PROGRAMMES = Listing(
    name="programmes",
    kinds=("Programme",),
    links=(*_PLACED, "ca:operatedBy", "ca:fundedBy"),
    columns=("id", "label", "kind", "period", "fundedBy", "operatedBy", *_STATE),
    shown=("period", "label", "status", "id"),
)
EVENTS = Listing(
    name="events",
    kinds=("Event",),
    links=_PLACED,
    columns=("id", "label", "kind", "form", *_STATE),
    shown=("date", "label", "id"),
)
LISTINGS = {
    listing.name: listing
    for listing in (AGREEMENTS, LAWS, DECREES, POLICIES, AGENCIES, SCHEMES, ORGANIZATIONS, PROGRAMMES, EVENTS)
}
"""Every listing by its name, which is also its command's."""


class Filters(NamedTuple):
    """What a listing is narrowed to; an empty field does not narrow.

    `with_` are ids of further parties; `since` and `until` bound the date, imprecise dates
    passing when they may fall inside.
    """

    with_: tuple[str, ...] = ()
    topic: str = ""
    form: str = ""
    status: str = ""
    as_of: str = ""
    since: str = ""
    until: str = ""


class Entry(NamedTuple):
    """One thing of a listing."""

    id: str
    label: str
    kind: str
    claims: dict[str, tuple[str, ...]]
    """Property, as a prefixed name -> values."""
    parties: tuple[str, ...] = ()
    """ISO 3166-1 codes of countries, ids of others."""
    date: str = ""
    """EDTF date of signature, adoption or beginning."""
    status: str = ""
    status_reason: str = ""
    evidence: tuple[str, ...] = ()
    url: str = ""

    def cell(self, column: str) -> Cell:
        """Return what stands in a column of the listing."""
        match column:
            case "form":
                return ", ".join(_notations(self.claims.get("ca:form", ())))
            case "topics":
                return _notations(self.claims.get("ca:topic", ()))
            case "id" | "label" | "kind" | "parties" | "date" | "status" | "status_reason" | "evidence" | "url":
                value: Cell = getattr(self, column)
                return value
            case _:
                return next((v for name, v in self.claims.items() if name.partition(":")[2] == column), ())


def _notations(concepts: Iterable[str]) -> tuple[str, ...]:
    return tuple(one.partition("-")[2] for one in concepts)


_PROPERTIES = {
    "form": "ca:form",
    "fundedBy": "ca:fundedBy",
    "number": "eli:number",
    "parties": "ca:party",
    "passed_by": "eli:passed_by",
    "period": "ca:period",
    "subOrganizationOf": "org:subOrganizationOf",
    "territory": "ca:territory",
    "topics": "ca:topic",
}
"""The property that a column is taken from, of those columns that a table may show."""


def entries(
    graph: Graph, listing: Listing, country: str = "", filters: Filters | None = None, columns: tuple[str, ...] = ()
) -> list[Entry]:
    """Return the things of a listing that belong to a country, by date.

    Args:
        graph: the store.
        listing: what to list.
        country: id of a country, region or body; all if empty.
        filters: what to narrow to.
        columns: what the caller will show; if `evidence` is not among them, only the claims they
            need are asked for, and the entries carry no evidence. All claims if empty.

    Raises:
        UsageFault: if a date, topic, form or status of the filters does not exist.
    """
    filters = _checked(graph, filters or Filters())
    members = _members(graph, listing, country)
    for other in filters.with_:
        also = _joined(graph, _members(graph, listing, other), other, filters.as_of)
        members = {id_: about for id_, about in members.items() if id_ in also}
    if not members:
        return []
    if columns and "evidence" not in columns:
        claims = _values(
            graph, members, {*columns, *(["topics"] if filters.topic else []), *(["form"] if filters.form else [])}
        )
    else:
        claims = _claims(graph, members)
    found = _gathered(graph, members, claims, filters.as_of, country)
    topics = _narrower(graph, filters.topic)
    return sorted((e for e in found if _passes(e, filters, topics)), key=lambda e: (e.date or "9", e.label))


def rows(found: Sequence[Entry], columns: tuple[str, ...]) -> Rows:
    """Return entries as rows with some columns of their listing."""
    return Rows(columns, [tuple(entry.cell(name) for name in columns) for entry in found])


def _checked(graph: Graph, filters: Filters) -> Filters:
    for scheme in ("topic", "form", "status"):
        value = getattr(filters, scheme)
        if value and not lookup.known_concept(graph, scheme, value):
            raise UsageFault(f"{value!r} is not a {scheme}", f"see `cagraph query concepts --param scheme={scheme}`")
    since = day(filters.since, 0) if filters.since else ""
    until = day(filters.until) if filters.until else ""
    if since and until and until < since:
        raise UsageFault(f"nothing lies between {since} and {until}", "swap --since and --until")
    return filters._replace(as_of=day(filters.as_of), since=since, until=until)


def day(as_of: str, which: int = 1) -> str:
    """Return the day a text means: the last of a month or year, or with `which=0` the first; today if empty.

    Raises:
        UsageFault: if the text is no date.
    """
    if not as_of:
        return time.strftime("%Y-%m-%d")
    from cagraph import edtf

    return edtf.day(as_of, which)


def _narrower(graph: Graph, topic: str) -> set[str]:
    if not topic:
        return set()
    question = queries.load("concept", "lookups").bind({"concept": f"topic-{topic}"})
    return {str(row[0]) for row in graph.select(question).rows}


def _members(graph: Graph, listing: Listing, country: str) -> dict[str, tuple[str, str]]:
    """Return kind and label of each thing of a listing, by id."""
    values = {"kind": listing.kinds, "link": tuple(map(iri, listing.links)), "country": country}
    question = queries.load("listing", "lookups") if country else queries.load("of-kind", "lookups")
    rows = graph.select(question.bind({name: values[name] for name, *_ in question.parameters})).rows
    return {str(id_): (str(kind).partition(":")[2], str(label)) for id_, kind, label in rows}


def _joined(graph: Graph, members: Iterable[str], party: str, as_of: str) -> set[str]:
    """Return those of the things that a party is not said to stay out of."""
    steps = actions(graph, members)
    return {id_ for id_ in members if not lawtime.status(steps.get(id_, []), as_of, party).status.endswith("not-party")}


_Claims = dict[str, dict[str, set[str]]]
"""Id -> property -> values; under the property `evidence`, the evidence of all of them."""


def _values(graph: Graph, ids: Iterable[str], columns: set[str]) -> _Claims:
    properties = {iri(_PROPERTIES[column]) for column in columns if column in _PROPERTIES}
    claims: _Claims = defaultdict(lambda: defaultdict(set))
    if properties:
        values = {"id": tuple(sorted(ids)), "property": tuple(sorted(properties))}
        for id_, property_, value in graph.select(queries.load("values", "lookups").bind(values)).rows:
            claims[str(id_)][str(property_)].add(str(value))
    return claims


def _claims(graph: Graph, ids: Iterable[str]) -> _Claims:
    claims: _Claims = defaultdict(lambda: defaultdict(set))
    for id_, property_, value, where in graph.select(_bound("claims", ids)).rows:
        claims[str(id_)][str(property_)].add(str(value))
        claims[str(id_)]["evidence"].add(str(where))
    return claims


def _gathered(
    graph: Graph, ids: dict[str, tuple[str, str]], claims: _Claims, as_of: str, party: str
) -> Iterable[Entry]:
    steps = actions(graph, ids)
    for id_, (kind, label) in ids.items():
        own = steps.get(id_, [])
        involved = claims[id_].get("ca:party", set()).union(*(step.by for step in own))
        state = lawtime.status(own, as_of, party if party in involved else "")
        evidence = {*claims[id_].pop("evidence", set()), *(step.evidence for step in own)}
        properties = {name: tuple(sorted(values)) for name, values in claims[id_].items()}
        yield Entry(
            id=id_,
            label=label,
            kind=kind,
            claims=properties,
            parties=_parties(kind, properties.get("ca:party", ()), own),
            date=main_date(own),
            status=state.status,
            status_reason=state.reason,
            evidence=tuple(sorted(evidence)),
            url=next(iter(properties.get("schema:url", ())), ""),
        )


def _bound(name: str, ids: Iterable[str]) -> str:
    return queries.load(name, "lookups").bind({"id": tuple(sorted(ids))})


def actions(graph: Graph, ids: Iterable[str]) -> dict[str, list[lawtime.Action]]:
    """Return the recorded actions on each of several things, in the order of their dates."""
    merged: dict[tuple[str, str, str], dict[str, Cell]] = {}
    actors: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for row in graph.select(_bound("steps", ids)).dicts():
        key = (str(row["id"]), str(row["action"]), str(row["evidence"]))
        known = merged.setdefault(key, row)
        if row["latest"] and str(row["latest"]) < str(known["latest"] or "9"):
            known["latest"] = row["latest"]
        if row["by"]:
            actors[key].add(str(row["by"]))
    types = _action_types(graph, {str(row["type"]) for row in merged.values()})
    found: dict[str, list[lawtime.Action]] = defaultdict(list)
    for key, row in merged.items():
        text = {name: str(value or "") for name, value in row.items()}
        type_, label, leads_to = types[text["type"]]
        found[key[0]].append(lawtime.Action(
            type=type_, label=label, leads_to=leads_to, date=text["date"], earliest=text["earliest"],
            latest=text["latest"], by=tuple(sorted(actors[key])), evidence=text["evidence"],
        ))  # fmt: skip
    for steps in found.values():
        steps.sort(key=lambda step: (step.earliest or step.latest, step.type, step.by, step.evidence))
    return found


def _action_types(graph: Graph, types: set[str]) -> dict[str, tuple[str, str, str]]:
    """Return notation, label and resulting status of each type of action; joined here, for speed."""
    if not types:
        return {}
    rows = graph.select(queries.load("action-types", "lookups").bind({"type": tuple(sorted(types))})).rows
    return {str(type_): (str(notation), str(label), str(leads_to or "")) for type_, notation, label, leads_to in rows}


def parties(graph: Graph, id_: str) -> set[str]:
    """Return the ids of the parties of an agreement."""
    return {str(value) for _, name, value, _ in graph.select(_bound("claims", [id_])).rows if name == "ca:party"}


def main_date(steps: Sequence[lawtime.Action]) -> str:
    """Return the date of signature, adoption or beginning, else the first one recorded; none is the empty string."""
    for wanted in DATED_BY:
        dates = [step.date for step in steps if step.type == wanted and step.date]
        if dates:
            return min(dates)
    return min((step.date for step in steps if step.date), default="")


def _parties(kind: str, named: Iterable[str], steps: list[lawtime.Action]) -> tuple[str, ...]:
    """Return the parties: those named, and of a multilateral agreement the states that took part."""
    states = {one for step in steps if step.leads_to not in {"", "not-party"} for one in step.by if len(one) == _CODE}
    found = set(named) | (states if kind == "MultilateralAgreement" else set())
    return tuple(sorted(one.upper() if len(one) == _CODE else one for one in found))


def _passes(entry: Entry, filters: Filters, topics: set[str]) -> bool:
    if filters.topic and not topics & set(entry.claims.get("ca:topic", ())):
        return False
    if filters.form and f"form-{filters.form}" not in entry.claims.get("ca:form", ()):
        return False
    if filters.status and filters.status != entry.status.removeprefix("possibly "):
        return False
    if not filters.status and entry.status == "not-yet":
        return False
    if not (filters.since or filters.until):
        return True
    if not entry.date:
        return False
    from cagraph import edtf

    begins, ends = (day.isoformat() if day else "" for day in edtf.parse(entry.date))
    return (not filters.since or not ends or ends >= filters.since) and (not filters.until or begins <= filters.until)
