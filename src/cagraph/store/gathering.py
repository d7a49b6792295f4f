"""What records tell that the making of other records' quads needs: gathered batch by batch, and merged."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from cagraph.curated.passages import Passages
from cagraph.curated.records import language
from cagraph.curated.short_names import names, states
from cagraph.lawtime.lives import Others, others
from cagraph.store.statements import folded

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from cagraph.curated.countries import CountryName
    from cagraph.curated.records import Thing
    from cagraph.curated.shortening import State
    from cagraph.curated.vocabulary import Vocabulary
    from cagraph.lawtime.rules import Rules


@dataclass
class Gathered:
    """What some records tell."""

    others: Others = field(default_factory=lambda: Others({}, {}))
    """What law time takes of other records."""
    left: dict[str, set[str]] = field(default_factory=dict)
    """Names that retired ids leave to the things that took their place, by the id of these."""
    countries: list[Thing] = field(default_factory=list)
    written: dict[str, str] = field(default_factory=dict)
    """Short names that curators wrote, by id."""
    kinds: Counter[str] = field(default_factory=Counter)
    """How many things there are of each kind, countries and retired ids aside."""
    passages: Passages = field(default_factory=Passages)

    def merge(self, other: Gathered) -> None:
        """Add what other records tell."""
        self.others.days.update(other.others.days)
        self.others.owners.update(other.others.owners)
        for id_, of in other.left.items():
            self.left.setdefault(id_, set()).update(of)
        self.countries += other.countries
        self.written |= other.written
        self.kinds += other.kinds
        self.passages.merge(other.passages)


def gathered(things: Collection[Thing], countries: Collection[str]) -> Gathered:
    """Return what some records tell that others need.

    Args:
        things: the records.
        countries: the ids of all countries.
    """
    live = [thing for thing in things if not thing.isReplacedBy]
    found = Gathered(others(things))
    for thing in things:
        if thing.isReplacedBy:
            told = {language(name)[0] for name in (thing.label, *thing.altLabel)}
            found.left.setdefault(thing.isReplacedBy, set()).update(told)
    found.countries = [thing for thing in live if thing.kind == "Country"]
    found.written = {thing.id: thing.shortName for thing in live if thing.shortName}
    found.kinds = Counter(thing.kind for thing in live if thing.id not in countries)
    found.passages.add(things)
    return found


class Common(NamedTuple):
    """All that the making of a record's quads takes besides the record; the same for every record."""

    vocabulary: Vocabulary
    rules: Rules
    ids: Collection[str]
    """Of all things, retired ones and countries among them."""
    others: Others
    left: Mapping[str, set[str]]
    """Names that things and countries have from elsewhere: from retired ids, from the list of countries."""
    states: Mapping[str, State]
    """How each country is named."""
    written: frozenset[str]
    """Short names that curators wrote, folded."""


def common(
    told: Gathered,
    ids: Collection[str],
    names_of_countries: Iterable[CountryName],
    vocabulary: Vocabulary,
    rules: Rules,
) -> Common:
    """Return what the making of every record's quads takes, from what all records tell."""
    left = {id_: set(of) for id_, of in told.left.items()}
    known = list(names_of_countries)
    for name in known:
        left.setdefault(name.id, set()).add(name.name)
    return Common(
        vocabulary, rules, ids, told.others, left, states(names(told.countries, known)),
        frozenset(map(folded, told.written.values())),
    )  # fmt: skip
