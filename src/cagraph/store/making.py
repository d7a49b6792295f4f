"""Records -> quads, batch by batch: what is made of a record depends on it and on what is common to all.

So batches can be made in any order, in other processes or on other machines. What takes a look at
all of them, such as which short name is the only one of a country, is closed at the end.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, Quad

from cagraph import __version__
from cagraph.curated.records import language
from cagraph.curated.short_names import Bearer, bearer, chosen, names
from cagraph.iris import iri
from cagraph.lawtime.lives import lives as lives_of
from cagraph.store import derived, lives, statements
from cagraph.store.gathering import common, gathered
from cagraph.store.quads import Writer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from cagraph.curated.countries import CountryName
    from cagraph.curated.local_names import LocalName
    from cagraph.curated.records import Thing
    from cagraph.curated.vocabulary import Vocabulary
    from cagraph.lawtime.rules import Rules
    from cagraph.store.gathering import Common, Gathered

_PRINTED = {"title", "name", "number", "id_local"}
"""The fields, besides labels, by whose values a thing may be looked for."""


class Told(NamedTuple):
    """What some records leave to be settled with all others."""

    bearers: list[Bearer]
    """What each thing might be called in short."""
    taken: set[str]
    """Short names that curators wrote, folded, that are a thing's name already."""

    def merge(self, other: Told) -> None:
        """Add what other records leave."""
        self.bearers.extend(other.bearers)
        self.taken.update(other.taken)


def made(one_for_all: Common, things: Collection[Thing]) -> tuple[list[Quad], Told]:
    """Return the quads of some records, some more than once, and what is left to be settled with all others."""
    told = Told([], set())
    quads: list[Quad] = []
    writer = Writer(one_for_all.vocabulary, one_for_all.ids, one_for_all.others.days)
    for thing in things:
        quads += writer.thing(thing)
        if thing.isReplacedBy:
            continue
        told.bearers.append(bearer(thing, one_for_all.states))
        told.taken.update(one_for_all.written.intersection(map(statements.folded, _names(thing))))
    quads += lives.derived(lives_of(things, one_for_all.vocabulary.kinds, one_for_all.rules, one_for_all.others))
    return quads, told


def _names(thing: Thing) -> Iterator[str]:
    """Yield what a thing is called: by its label, other labels, titles and names as printed, numbers, register ids."""
    for name in (thing.label, *thing.altLabel):
        yield language(name)[0]
    for name, values in chain(thing.bibliography, *(block.claims for block in thing.evidence)):
        if name in _PRINTED:
            yield from (language(str(value), "")[0] for value in values)


def closing(
    one_for_all: Common,
    rest: Gathered,
    told: Told,
    names_of_countries: list[CountryName],
    local: Iterable[LocalName],
    ontology: Iterable[Quad],
    digest: str,
) -> Iterator[Quad]:
    """Yield the quads that take a look at all records, those of the countries, and those of the ontology.

    Args:
        one_for_all: what is common to all records.
        rest: what all records tell.
        told: what all of them have left to be settled.
        names_of_countries: as `countries.tsv` has them.
        local: names of things in the languages of the region.
        ontology: its statements.
        digest: of the data.
    """
    codes = dict.fromkeys(name.id for name in names_of_countries)
    writer = Writer(one_for_all.vocabulary, one_for_all.ids, one_for_all.others.days)
    yield from writer.countries(names_of_countries, {country.id for country in rest.countries})
    yield from derived.short_names(chosen(told.bearers, names(rest.countries, names_of_countries)))
    elsewhere = (name for of in one_for_all.left.values() for name in of)
    taken = told.taken.union(map(statements.folded, elsewhere))
    for id_, short in rest.written.items():
        if statements.folded(short) not in taken:
            yield derived.folded_name(id_, short)
    yield from derived.local_names(local)
    yield from derived.about_itself(__version__, digest, rest.kinds | {"Country": len(codes)})
    yield from _with_folded_labels(list(ontology))


def _with_folded_labels(ontology: list[Quad]) -> Iterator[Quad]:
    """Yield what the store holds of the ontology: all but the inside of shapes, whose nodes have no lasting names."""
    yield from (quad for quad in ontology if not isinstance(quad.subject, BlankNode)
                and not isinstance(quad.object, BlankNode))  # fmt: skip
    labels = {iri("skos:prefLabel"), iri("skos:altLabel")}
    yield from statements.folded_labels(quad for quad in ontology if quad.predicate.value in labels)


def quads_of(
    things: list[Thing], names_of_countries: list[CountryName], local: list[LocalName], vocabulary: Vocabulary,
    rules: Rules, ontology: list[Quad], digest: str,
) -> Iterator[Quad]:  # fmt: skip
    """Yield every quad of some records, all at hand, and of the ontology."""
    rest = gathered(things, {name.id for name in names_of_countries})
    one_for_all = common(rest, {thing.id for thing in things}, names_of_countries, vocabulary, rules)
    quads, told = made(one_for_all, things)
    return chain(quads, closing(one_for_all, rest, told, names_of_countries, local, ontology, digest))
