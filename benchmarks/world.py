"""A synthetic world in cagraph's own model, of any size, the same at every run: as tables, as records, as files.

It is made of blocks, one a country, each with things of every kind in the proportions of the real
data. A thing refers to things of its own block, of a neighbour's, or to a country: so a world grows
by more countries, each thing keeping the rows it has, until the two letters of a country's id are
used up; from there on, or if asked, each country has more things. Every thing is made from the
seed and its own number alone, so that a world of a million needs no room for them.

Run: python -m benchmarks.world SIZE FOLDER [THINGS_OF_A_COUNTRY]
"""

from __future__ import annotations

import random
import sys
from collections import Counter
from functools import cache, cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from benchmarks import words
from cagraph.curated import canonical, head, vocabulary
from cagraph.curated.countries import CountryName
from cagraph.curated.layout import folder_of
from cagraph.curated.outline import Outline, outline
from cagraph.curated.reader import Reader
from cagraph.curated.records import Passage
from cagraph.store import home

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from cagraph.curated.records import Thing
    from cagraph.curated.vocabulary import Vocabulary

Table = dict[str, Any]
PER_COUNTRY = 150
"""Things of one country, if nothing else is asked; a world of 100,000 then has 667 countries."""
_REDIRECT = "Redirect"
_PROPORTIONS = {
    "Scheme": 24, "Agency": 19, "Event": 17, "Concept": 15, "Organization": 10, "Law": 8, "Decree": 8,
    "BilateralAgreement": 8, "InternationalOrganization": 7, "FigureSet": 7, "Region": 7, "PolicyDocument": 6,
    "Programme": 5, "AgreementGroup": 4, "MultilateralAgreement": 2, _REDIRECT: 1,
}  # fmt: skip
"""Kinds of a block besides its country and its source; those of the real data to 150 things."""
_PASSAGES = 240
"""Passages of a source: a third of all evidence cites one that another record cites too."""
_HEADINGS = 24


class Member(NamedTuple):
    """A thing of the world by its place: its kind, the number of its country, its number among those of the kind."""

    kind: str
    country: int
    number: int


class World:
    """A world of so many things."""

    def __init__(self, size: int, seed: int = 1, per_country: int = PER_COUNTRY) -> None:
        """Lay out a world.

        Args:
            size: how many things, at least four.
            seed: another one gives other words, numbers and ties.
            per_country: how many things each country has; more where there are not countries enough.
        """
        self.size, self.seed = size, seed
        self.per_country = max(2, min(per_country, size // 2), -(-size // len(words.CODES)))
        self.codes = [code.lower() for code in words.CODES[: -(-size // self.per_country)]]

    def country_names(self) -> list[CountryName]:
        """Return the names of the countries, as `countries.tsv` has them."""
        names = []
        for code in sorted(self.codes):
            name = words.country(code.upper())
            told = (("iso3", f"{code.upper()}X"), ("en", name), ("en", f"Republic of {name}"), ("ru", f"{name}ия"))
            names += [CountryName(code, tag, text) for tag, text in told]
        return names

    def members(self) -> Iterator[Member]:
        """Yield every thing's place, block by block."""
        for country in range(len(self.codes)):
            numbers: Counter[str] = Counter()
            for kind in _block(self._length(country)):
                yield Member(kind, country, numbers[kind])
                numbers[kind] += 1

    def _length(self, country: int) -> int:
        return min(self.per_country, self.size - country * self.per_country)

    def number(self, kind: str, country: int) -> int:
        """Return how many things of a kind a country has."""
        return _numbers(self._length(country))[kind]

    def name(self, country: int) -> str:
        """Return the name of a country."""
        return words.country(self.codes[country].upper())

    def other(self, member: Member) -> int:
        """Return the country of the other side of an agreement."""
        return (member.country + 1 + member.number % (len(self.codes) - 1)) % len(self.codes)

    def id(self, member: Member) -> str:
        """Return the id of a thing."""
        kind, country, number = member
        code = self.codes[country]
        match kind:
            case "Country":
                return code
            case "Source" | "Concept" | "InternationalOrganization":
                return f"{kind.lower()}-{code}-{number}"
            case "BilateralAgreement":
                return f"{code}-{self.codes[self.other(member)]}-agreement-{number}-{year(member)}"
            case "MultilateralAgreement":
                return f"convention-{code}-{number}-{year(member)}"
            case "FigureSet":
                return f"{code}-{words.phrase(number).replace(' ', '-')}-figures"
            case _:
                return f"{code}-{kind.lower()}-{number}"

    def some(self, chance: Random, kind: str, country: int) -> list[str]:
        """Return the id of one thing of a kind and country, or none if there is none."""
        number = self.number(kind, country)
        return [self.id(Member(kind, country, chance.randrange(number)))] if number else []

    def chance(self, member: Member) -> Random:
        """Return the chance by which a thing is made: its own, so that things can be made in any order."""
        return random.Random(f"{self.seed}/{self.id(member)}")  # noqa: S311 - a world, no secret

    def table(self, member: Member) -> Table:
        """Return a thing as its file holds it."""
        from benchmarks import kinds

        return kinds.table(self, member, self.chance(member))

    def tables(self) -> Iterator[Table]:
        """Yield every thing as its file holds it."""
        return map(self.table, self.members())

    def things(self, terms: Vocabulary | None = None) -> Iterator[Thing]:
        """Yield every thing as a record, by the real reader but without files."""
        terms = terms or vocabulary.load(Path(home.ontology()))
        for table in self.tables():
            reader = Reader(Path(f"{table['id']}.toml"), str(table["id"]), terms, (self.known, _Outlines(self)))
            yield reader.thing(table)

    @cached_property
    def known(self) -> dict[str, str]:
        """The kind of everything that may be referred to, by id."""
        members = {self.id(member): member.kind.replace(_REDIRECT, "Event") for member in self.members()}
        return dict.fromkeys(self.codes, "Country") | members

    def write(self, folder: Path) -> Path:
        """Write the world as a data folder of curated files; return it."""
        terms = vocabulary.load(Path(home.ontology()))
        folder.mkdir(parents=True, exist_ok=True)
        lines = (f"{name.id.upper()}\t{name.language}\t{name.name}\n" for name in self.country_names())
        (folder / "countries.tsv").write_text("".join(lines), encoding="utf-8")
        made = set()
        for table in self.tables():
            place = folder / folder_of(table["id"], table["kind"], self.codes)
            if place not in made:
                place.mkdir(parents=True, exist_ok=True)
                made.add(place)
            (place / f"{table['id']}.toml").write_text(canonical.dump(table, terms), encoding="utf-8")
        return folder

    def passages(self, chance: Random, country: int, wanted: int) -> list[dict[str, str]]:
        """Return the heads of blocks of evidence, each another passage of a source of a country or its neighbour."""
        near = (country + 1) % len(self.codes)
        own = near if chance.random() < 0.2 and self.number("Source", near) else country
        sources = self.number("Source", own)
        if not sources:
            own, sources = 0, self.number("Source", 0)
        source = self.id(Member("Source", own, chance.randrange(sources)))
        return [
            head.lines(_passage(source, place), _Outlines(self))
            for place in sorted(chance.sample(range(_PASSAGES), wanted))
        ]


class _Outlines(dict[str, Outline]):
    """The outlines of all sources: all have the same headings, so there is no need to make their records."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world

    def __contains__(self, id_: object) -> bool:
        return str(id_).startswith("source-")

    def get(self, id_: str, default: Any = None) -> Any:  # noqa: ANN401 - as dict has it
        return _outline(words.CODES.index(id_.split("-")[1].upper())) if id_ in self else default


@cache
def _outline(country: int) -> Outline:
    return outline({"outline": headings(country)})


@lru_cache(maxsize=1024)
def _passage(source: str, place: int) -> Passage:
    fingerprint = sha256(f"{source} {place}".encode()).hexdigest()
    return Passage(source, place * 60, 15 + int(fingerprint[:4], 16) % 60, fingerprint, 12 + place * 4,
                   footnote=place // 7 if place % 7 == 6 else 0)  # fmt: skip


@cache
def headings(country: int) -> list[Table]:
    """Return the outline of the sources of a country: chapters, and what is part of them."""
    return [
        {"line": 10 + at * (_PASSAGES * 4 // _HEADINGS), "level": 1 + (at % 4 > 0), "title": f"{_chapter(at)} {title}"}
        for at in range(_HEADINGS)
        for title in [f"{words.phrase(country + at).capitalize()}"]
    ]


def _chapter(at: int) -> str:
    return f"{at // 4 + 1}." + (f"{at % 4}." if at % 4 else "")


def year(member: Member) -> int:
    """Return the year of a thing."""
    return 1993 + (member.country * 3 + member.number * 7) % 30


@cache
def _block(length: int) -> tuple[str, ...]:
    """Return the kinds of a block of so many things, mixed so that every part of it has some of each."""
    one = ["Source", *(kind for kind, number in _PROPORTIONS.items() for _ in range(number))]
    random.Random(1).shuffle(one)  # noqa: S311 - the same in every world
    one.remove("Source")
    rounds = -(-length // len(one))
    return ("Country", *(["Source", *one] * rounds))[:length]


@cache
def _numbers(length: int) -> Counter[str]:
    return Counter(_block(length))


if __name__ == "__main__":
    World(int(sys.argv[1]), per_country=int(sys.argv[3]) if len(sys.argv) > 3 else PER_COUNTRY).write(Path(sys.argv[2]))
