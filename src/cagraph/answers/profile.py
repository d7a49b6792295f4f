"""A country at a glance: what the graph holds of it, its partners, latest steps, and what is not known."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from cagraph.answers import claims, figures, listing, things
from cagraph.answers.card import Claim
from cagraph.answers.days import first_day, last_day
from cagraph.answers.listings import AGREEMENTS, LISTINGS
from cagraph.answers.standing import begun, no_trace
from cagraph.iris import local
from cagraph.queries import ask

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from cagraph.answers.card import Card
    from cagraph.answers.entries import Entry
    from cagraph.answers.things import Named
    from cagraph.store import Store

_TIES = {
    "jurisdiction": "its own", "actionBy": "acted on by it", "passed_by": "adopted by it", "concerns": "about it",
    "operatedBy": "run by it", "fundedBy": "paid for by it", "origin": "for its people", "destination": "leading there",
    "territory": "at work there", "hasMember": "of which it is a member", "cooperatesWith": "working with it",
}  # fmt: skip
"""Role -> what a count says of things with it."""
_APART = (
    (("proposer", "addressee", "negotiating"), "agreements proposed or negotiated", "not signed"),
    (("hub", "partner"), "agreement groups", "counted by a source, not each of them named"),
    (("not-joined",), "agreements not joined", "as a source states"),
)
"""Roles that are counted apart from the agreements a country takes part in, and what the count is called."""
_LATEST = 12
"""Steps and indicators that a profile shows."""


def of_country(store: Store, country: Named, as_of: str) -> Card:
    """Return a country's profile: counts by kind and role, partners, latest steps, bodies, schemes, gaps.

    Args:
        store: what is asked.
        country: what `lookup.find` returned.
        as_of: ISO 8601 day for which the status of agreements is computed, and up to which steps count.
    """
    agreements = listing.entries(store, AGREEMENTS, country.id, listing.Filters(as_of=as_of))
    roles, labels = _things(store, country.id, as_of)
    said = [
        *_agreement_counts(agreements),
        *_counts(roles),
        *_partners(store, country.id, agreements),
        *_latest(store, country.id, as_of),
        *_figures(store, country.id, as_of),
        *(Claim("body", "agencies", id_, labels[id_]) for id_ in sorted(roles["agencies"], key=labels.__getitem__)),
        *_schemes(roles["schemes"], labels, country.label),
        *_absent(store, country, roles, {entry.id for entry in agreements}),
        *claims.own(store, country.id),
    ]
    return claims.made(store, country, said, no_trace())


_Roles = dict[str, dict[str, str]]
"""Name of a list -> id -> the role by which the thing belongs to the country."""


def _things(store: Store, id_: str, as_of: str) -> tuple[_Roles, dict[str, str]]:
    """Return the roles of everything that belongs to a country and had begun on a day, by list, and the labels."""
    listed_in = {kind: listing.name for listing in LISTINGS.values() for kind in listing.kinds}
    roles: _Roles = defaultdict(dict)
    labels: dict[str, str] = {}
    columns = ("id", "kind", "label", "role")
    for thing, kind, label, role in ask(store, "things-of-country", "named", columns, country=id_).rows:
        name = listed_in[local(kind)]
        order = list(LISTINGS[name].headings)
        known = roles[name].get(str(thing), str(role))
        roles[name][str(thing)] = min(known, str(role), key=lambda role: order.index(role) if role in order else 0)
        labels[str(thing)] = str(label)
    told = begun(store, labels, as_of)
    kept = {name: {thing: role for thing, role in ids.items() if thing in told} for name, ids in roles.items()}
    return defaultdict(dict, {name: ids for name, ids in kept.items() if ids}), labels


def _agreement_counts(agreements: Iterable[Entry]) -> Iterator[Claim]:
    own = [entry for entry in agreements if entry.role == "party"]
    kinds, states = Counter(entry.kind for entry in own), Counter(entry.status for entry in own)
    told = {"BilateralAgreement": "bilateral", "MultilateralAgreement": "multilateral"}
    named = [f"{kinds[kind]} {word}" for kind, word in told.items() if kinds[kind]]
    named += [f"{number} {status}" for status, number in states.most_common()]
    yield Claim("count", "agreements", str(len(own)), ", ".join(named))
    roles = Counter(entry.role for entry in agreements)
    for names, field, words in _APART:
        if number := sum(roles[name] for name in names):
            yield Claim("count", field, str(number), words)


def _counts(roles: _Roles) -> Iterator[Claim]:
    for name in LISTINGS:
        if name in roles:
            ties = Counter(roles[name].values())
            told = [f"{number} {_TIES[role]}" for role, number in ties.most_common()]
            yield Claim("count", name, str(len(roles[name])), ", ".join(told) if len(told) > 1 else "")


def _partners(store: Store, id_: str, agreements: Iterable[Entry]) -> Iterator[Claim]:
    """Yield those with whom a country takes part in agreements; proposals, talks and groups are not counted."""
    single = [set(entry.claims.get("party", ())) for entry in agreements if entry.role == "party"]
    counts = Counter(partner for parties in single if id_ in parties for partner in parties - {id_})
    named = things.described(store, counts)
    for partner, number in sorted(counts.items(), key=lambda item: (-item[1], item[0])):
        yield Claim("partner", f"{number} agreement{'s' if number > 1 else ''}", partner, named[partner].label)


def _latest(store: Store, id_: str, as_of: str) -> Iterator[Claim]:
    rows = ask(store, "actions-between", "named", country=id_, until=as_of)
    steps = {(str(row["earliest"]), str(row["action"])): row for row in rows}
    for _, row in sorted(steps.items(), reverse=True)[:_LATEST]:
        told = f"{row['label']}, {str(row['step']).replace('-', ' ')} {row['date']}"
        yield Claim("latest", str(row["date"])[:4], str(row["id"]), told, str(row["evidence"]))


def _figures(store: Store, id_: str, as_of: str) -> Iterator[Claim]:
    """Yield how many figures there are, and of the indicators most told of the newest one up to a day.

    Of one day that of the country as a whole comes before its parts, groups and single partners.
    """
    series: dict[str, list[figures.Figure]] = defaultdict(list)
    for figure in figures.of_place(store, id_):
        if figure.basis == "stated" and not figure.set_aside and first_day(figure.period) <= as_of:
            series[figure.indicator].append(figure)
    labels = claims.labelled(store, [f"indicator-{indicator}" for indicator in series])
    total = sum(map(len, series.values()))
    yield Claim("count", "figures", str(total), f"of {len(series)} indicators; `cagraph figures {id_}` lists them")
    for indicator, known in sorted(series.items(), key=lambda item: (-len(item[1]), item[0]))[:_LATEST]:
        newest = max(
            known,
            key=lambda one: (last_day(one.period), not one.what, one.where.strip("> ") == id_.upper(), _most(one)),
        )
        about = (newest.where, newest.what, newest.period, f"the newest of {len(known)}" if len(known) > 1 else "")
        told = "; ".join(part for part in about if part)
        yield Claim("figure", labels[f"indicator-{indicator}"], newest.amount, told, newest.evidence)


def _most(figure: figures.Figure) -> float:
    return float(figure.upper or figure.value or figure.lower)


def _schemes(roles: dict[str, str], labels: dict[str, str], country: str) -> Iterator[Claim]:
    headings = LISTINGS["schemes"].headings
    order = list(headings)
    for id_, role in sorted(roles.items(), key=lambda item: (order.index(item[1]), labels[item[0]])):
        yield Claim("scheme", headings[role].format(country), id_, labels[id_])


def _absent(store: Store, country: Named, roles: _Roles, agreements: Collection[str]) -> Iterator[Claim]:
    """Yield what the sources leave open: kinds of which they tell none, consents and instruments not told."""
    absence = listing.absence(store)
    for name in LISTINGS:
        if name not in roles and name != AGREEMENTS.name:
            yield Claim("absent", f"no {name}", absence)
    for id_, label, _, evidence in ask(store, "signed-without-ratification", "named", country=country.id).rows:
        if id_ in agreements:
            yield Claim("absent", "consent or entry into force of what was signed", str(id_), str(label), str(evidence))
    acts = [thing for name in ("laws", "decrees", "policies") for thing in roles[name]]
    for id_, label, gap in ask(store, "missing-links", id=tuple(sorted(acts))).rows:
        yield Claim("absent", str(gap), str(id_), str(label))
