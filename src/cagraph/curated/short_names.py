"""A short name for every thing, for pictures and tables: made by rule, or curated where no rule does.

It is of at most 28 signs and readable for a person, and no two things of one country have the same.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from cagraph.curated.records import language
from cagraph.curated.shortening import State, capital, fits, is_cut, shorter, shortest
from cagraph.kinds import BY_NAME, in_folder
from cagraph.names import is_country

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

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


def short_names(things: Iterable[Thing], names_of_countries: Iterable[CountryName]) -> dict[str, str]:
    """Return the short name of each thing and country by id: the curated one, else the first of the rule that fits.

    Things that would share one take the next, each of its own; a thing for which the rule finds
    none is left out. Retired ids have none.
    """
    live = [thing for thing in things if not thing.isReplacedBy]
    named = _countries(live, names_of_countries)
    states = {id_: State(id_, names) for id_, names in named.items()}
    among = {thing.id: places(thing.id, thing.kind, _said(thing, TIES)) for thing in live}
    short = {id_: _of_country(names[0]) for id_, names in named.items()}
    short |= {thing.id: thing.shortName for thing in live if thing.shortName}
    shared: set[tuple[str, str]] = set()
    made = [thing for thing in live if thing.id not in short]
    while made:
        for thing in made:
            taken = {name for place, name in shared if place in among[thing.id]}
            own = [states[id_] for id_ in sorted(among[thing.id]) if id_ in states]
            found = (name for name in _candidates(thing, own) if fits(name) and name.lower() not in taken)
            short[thing.id] = next((name for name in found if not is_cut(name, thing.label)), "")
        bearers: dict[tuple[str, str], list[Thing]] = defaultdict(list)
        for thing in live:
            for place in among[thing.id] if short[thing.id] else ():
                bearers[place, short[thing.id].lower()].append(thing)
        several = {name: of for name, of in bearers.items() if len(of) > 1}
        shared |= several.keys()
        made = list({thing.id: thing for of in several.values() for thing in of if not thing.shortName}.values())
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


def _countries(live: Iterable[Thing], names_of_countries: Iterable[CountryName]) -> dict[str, list[str]]:
    """Return the English names of each country, the one to show first."""
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
