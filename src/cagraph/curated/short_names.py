"""A short name for every thing, for pictures and tables: made by rule, or curated where no rule does.

It is of at most 28 signs and readable for a person, and no two things of one country have the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from cagraph.curated.records import language
from cagraph.curated.shortening import State, capital, fits, is_cut, shorter, shortest
from cagraph.kinds import BY_NAME, in_folder
from cagraph.names import is_country

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from cagraph.curated.countries import CountryName
    from cagraph.curated.records import Thing

TIES = ("jurisdiction", "party", "hub", "partner")
"""What ties a thing to the countries among whose things its short name is the only one."""
_AGREEMENTS = in_folder("agreements")
_ACTS = in_folder("laws", "decrees")
_TEXTS = (*_AGREEMENTS, *_ACTS, *in_folder("policies"))
"""Without its last phrase an act would not say what it is about."""
_FORM = re.compile(r" (?:agreement|treaty|memorandum|declaration)(?= |$)")
_COOPERATION = re.compile(r"cooperation (?:in|on) (?:the field of |combating )?|(?:the|mutual) ")
_PAIR = 2
_SUBJECT = re.compile(
    "(?:.*? on (.+?) between @ and @|.*?between @ and @ on (.+?)|(\\S+ \\S+) between @ and @|@-@ (.+?))"
    "(?:, \\d{4}| \\(.+\\))?$"
)
"""The subject of an agreement, in a name in which its parties are called @."""
_ACT = re.compile(r"(?i)\b(law|decree|resolution|order|letter)\b")
_NO_NAME = re.compile(r"(?i)on |no\. |\w*\d{5,}$")
"""How an alternative label begins that is a title without its act, a number, or the id of a register."""
_ISLANDS = ((r"\bIslands\b", "Is."), (r"\bTerritory\b", "Terr."), (r"\bSouth\b", "S."))


class Bearer(NamedTuple):
    """A thing that is to be called something in short."""

    id: str
    places: tuple[str, ...]
    """Among what its short name must be the only one."""
    written: str
    """What a curator has written; the empty string for nothing."""
    names: tuple[str, ...]
    """What rules find, the best first."""


def short_names(things: Iterable[Thing], names_of_countries: Iterable[CountryName]) -> dict[str, str]:
    """Return the short name of each thing and country by id: the curated one, else the first of the rule that fits.

    Things that would share one take the next, each of its own; a thing for which the rule finds
    none is left out. Retired ids have none.
    """
    live = [thing for thing in things if not thing.isReplacedBy]
    named = names(live, names_of_countries)
    states_ = states(named)
    return chosen([bearer(thing, states_) for thing in live], named)


def states(named: Mapping[str, list[str]]) -> dict[str, State]:
    """Return how each country is named, by id, so that its name can be left out."""
    return {id_: State(id_, of) for id_, of in named.items()}


def bearer(thing: Thing, states_: Mapping[str, State]) -> Bearer:
    """Return what a thing might be called in short, as far as it alone and its countries tell."""
    among = tuple(sorted(places(thing.id, thing.kind, _said(thing, TIES))))
    if thing.shortName:
        return Bearer(thing.id, among, thing.shortName, ())
    own = [states_[id_] for id_ in among if id_ in states_]
    found = dict.fromkeys(name for name in _candidates(thing, own) if fits(name))
    return Bearer(thing.id, among, "", tuple(name for name in found if not is_cut(name, thing.label)))


def chosen(bearers: Iterable[Bearer], named: Mapping[str, list[str]]) -> dict[str, str]:
    """Return the short name of each bearer and country by id, where there is one.

    Args:
        bearers: all things but retired ones.
        named: the names of each country, the one to show first.
    """
    of = {one.id: one for one in bearers}
    short = {id_: _of_country(told[0]) for id_, told in named.items()}
    short |= {one.id: one.written for one in of.values() if one.written}
    shared: dict[str, set[str]] = defaultdict(set)
    """Place -> names that several things there would have: nobody's."""
    bearing: dict[tuple[str, str], set[str]] = defaultdict(set)
    made = [id_ for id_ in of if id_ not in short]
    new = list(of)
    while new:
        for id_ in made:
            taken = [shared[place] for place in of[id_].places if place in shared]
            found = (name for name in of[id_].names if not any(name.lower() in names_ for names_ in taken))
            short[id_] = next(found, "")
        keys = [(id_, (place, short[id_].lower())) for id_ in new if short[id_] for place in of[id_].places]
        for id_, key in keys:
            bearing[key].add(id_)
        several = {key for _, key in keys if len(bearing[key]) > 1}
        for place, name in several:
            shared[place].add(name)
        made = new = sorted({id_ for key in several for id_ in bearing[key] if not of[id_].written})
        for id_ in made:
            for place in of[id_].places:
                bearing[place, short[id_].lower()].discard(id_)
    return {id_: name for id_, name in short.items() if name}


def places(id_: str, kind: str, ties: Collection[str]) -> set[str]:
    """Return among what a short name must be the only one: the countries of a thing, or else its kind.

    >>> places("kz-health-code", "Law", ["kz"]), places("kg-economy-figures", "FigureSet", [])
    ({'kz'}, {'kg'})
    >>> places("kandas", "Concept", [])
    {'Concept'}
    """
    code = id_.partition("-")[0]
    return set(ties) or {code if is_country(code) and not BY_NAME[kind].is_shared else kind}


def names(live: Iterable[Thing], names_of_countries: Iterable[CountryName]) -> dict[str, list[str]]:
    """Return the English names of each country, the one to show first; of the records, those of countries tell."""
    named: dict[str, list[str]] = defaultdict(list)
    for name in names_of_countries:
        if name.language == "en":
            named[name.id].append(name.name)
    for thing in live:
        if thing.kind == "Country":
            named[thing.id] = [thing.label, *named[thing.id], *_english(thing)]
    return named


def _candidates(thing: Thing, own: list[State]) -> Iterator[str]:
    """Yield what a thing might be called in short, the best first; some are too long."""
    if thing.kind == "FigureSet" and own:
        yield capital(" ".join(thing.id.split("-")[1:]))
    if thing.kind in _AGREEMENTS:
        pair = [state for code in thing.id.split("-")[:2] for state in own if state.code == code.upper()]
        yield from _of_pair(thing, pair)
        own = own if thing.kind == "AgreementGroup" else []
    if not own or thing.kind == "Organization":
        yield thing.label
    numbers = [text.removesuffix(" ZRK") for text in _said(thing, ("number",))] if thing.kind in _ACTS else []
    form = _ACT.search(thing.label) if numbers else None
    numbered = f"{form[1].capitalize()} {numbers[0]} of {_year(thing)}".removesuffix(" of ") if form else ""
    if thing.kind == "Decree":
        yield numbered
    yield from shorter(thing.label, own)
    for name in _english(thing):
        if not _NO_NAME.match(name) and not any(number in name for number in numbers):
            yield from shorter(name, own)
    yield numbered
    if thing.kind not in _TEXTS:
        yield from shortest(thing.label, own)


def _of_pair(thing: Thing, pair: list[State]) -> Iterator[str]:
    """Yield codes of both parties, subject and year of an agreement: KZ-UZ labour migration 2019."""
    year = _year(thing)
    for name in (thing.label, *_english(thing)) if len(pair) == _PAIR else ():
        found = _SUBJECT.match(pair[1].called(pair[0].called(name, "@"), "@"))
        subject = _COOPERATION.sub("", next(filter(None, found.groups()))) if found else ""
        subject = subject[:1].lower() + subject[1:] if found and found[3] else subject
        subject = subject.removesuffix(f" {year}")
        less = _FORM.sub("", f" {subject}").strip()
        for told in (f"{subject} {year}", f"{less} {year}", subject) if less else ():
            yield f"{pair[0].code}-{pair[1].code} {told.strip()}"


def _year(thing: Thing) -> str:
    found = re.search(r"-((?:19|20)\d\d)$", thing.id)
    return found[1] if found else ""


def _of_country(name: str) -> str:
    for long, short in () if fits(name) else _ISLANDS:
        name = re.sub(long, short, name)
    return name


def _english(thing: Thing) -> list[str]:
    return [name for name, tag in map(language, thing.altLabel) if tag == "en"]


def _said(thing: Thing, fields: Collection[str]) -> list[str]:
    """Return what a record claims in some fields."""
    told: dict[str, None] = {}
    for block in thing.evidence:
        for name, values in block.claims:
            if name in fields:
                told |= dict.fromkeys(map(str, values))
    return list(told)
