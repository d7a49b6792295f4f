"""Records -> quads, batch by batch: what is made of a record depends on it and on what is common to all.

So batches can be made in any order, in other processes or on other machines. What takes a look at
all of them, such as which short name is the only one of a country, is closed at the end.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import BlankNode, Quad

from cagraph import __version__
from cagraph.curated.short_names import Bearer, bearer, chosen, names
from cagraph.iris import iri
from cagraph.lawtime.lives import lives as lives_of
from cagraph.store import derived, lives, statements
from cagraph.store.gathering import common, gathered
from cagraph.store.quads import Writer

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from cagraph.curated.countries import CountryName
    from cagraph.curated.records import Thing
    from cagraph.curated.vocabulary import Vocabulary
    from cagraph.lawtime.rules import Rules
    from cagraph.store.gathering import Common, Gathered


class Told(NamedTuple):
    """What some records leave to be settled with all others."""

    bearers: list[Bearer]
    """What each thing might be called in short."""
    named: dict[str, set[str]]
    """The names of those for which a curator has written a short one: whether it is nobody's name yet is open."""
    taken: set[str]
    """Short names that curators wrote, folded, that are a thing's name already."""

    def merge(self, other: Told) -> None:
        """Add what other records leave."""
        self.bearers.extend(other.bearers)
        self.named.update(other.named)
        self.taken.update(other.taken)


def made(one_for_all: Common, things: Collection[Thing]) -> tuple[list[Quad], Told]:
    """Return the quads of some records, some more than once, and what is left to be settled with all others."""
    told = Told([], {}, set())
    quads: list[Quad] = []
    writer = Writer(one_for_all.vocabulary, one_for_all.ids, one_for_all.others.days)
    for thing in things:
        quads += writer.thing(thing)
        if thing.isReplacedBy:
            continue
        told.bearers.append(bearer(thing, one_for_all.states))
        quads += _search_names(one_for_all, thing.id, derived.names(thing), told, is_written=bool(thing.shortName))
    quads += lives.derived(lives_of(things, one_for_all.vocabulary.kinds, one_for_all.rules, one_for_all.others))
    return quads, told


def _search_names(
    one_for_all: Common, id_: str, own: Iterable[str], told: Told, *, is_written: bool = False
) -> Iterator[Quad]:
    """Yield the names of a thing as search compares them, or leave them to be settled."""
    known = {" ".join(name.split()) for name in (*own, *one_for_all.left.get(id_, ()))}
    told.taken.update(one_for_all.written.intersection(map(statements.folded, known)))
    if is_written:
        told.named[id_] = known
    else:
        yield derived.search_names(id_, known)


def closing(
    one_for_all: Common,
    rest: Gathered,
    told: Told,
    names_of_countries: list[CountryName],
    ontology: Iterable[Quad],
    digest: str,
) -> Iterator[Quad]:
    """Yield the quads that take a look at all records, those of the countries, and those of the ontology.

    Args:
        one_for_all: what is common to all records.
        rest: what all records tell.
        told: what all of them have left to be settled.
        names_of_countries: as `countries.tsv` has them.
        ontology: its statements.
        digest: of the data.
    """
    codes = dict.fromkeys(name.id for name in names_of_countries)
    writer = Writer(one_for_all.vocabulary, one_for_all.ids, one_for_all.others.days)
    yield from writer.countries(names_of_countries, {country.id for country in rest.countries})
    recorded = {one.id for one in told.bearers}
    for id_ in codes.keys() - recorded:
        yield from _search_names(one_for_all, id_, (), told)
    yield from derived.short_names(chosen(told.bearers, names(rest.countries, names_of_countries)))
    for id_, known in told.named.items():
        short = rest.written[id_]
        if statements.folded(short) in told.taken:
            yield derived.search_names(id_, known)
        else:
            yield derived.search_names(id_, {*known, short})
            yield derived.hidden_name(id_, short)
    yield from derived.about_itself(__version__, digest, rest.kinds | {"Country": len(codes)})
    yield from _with_folded_labels(list(ontology))


def _with_folded_labels(ontology: list[Quad]) -> Iterator[Quad]:
    """Yield what the store holds of the ontology: all but the inside of shapes, whose nodes have no lasting names."""
    yield from (quad for quad in ontology if not isinstance(quad.subject, BlankNode)
                and not isinstance(quad.object, BlankNode))  # fmt: skip
    labels = {iri("skos:prefLabel"), iri("skos:altLabel")}
    yield from statements.folded_labels(quad for quad in ontology if quad.predicate.value in labels)


def quads_of(
    things: list[Thing], names_of_countries: list[CountryName], vocabulary: Vocabulary, rules: Rules,
    ontology: list[Quad], digest: str,
) -> Iterator[Quad]:  # fmt: skip
    """Yield every quad of some records, all at hand, and of the ontology."""
    rest = gathered(things, {name.id for name in names_of_countries})
    one_for_all = common(rest, {thing.id for thing in things}, names_of_countries, vocabulary, rules)
    quads, told = made(one_for_all, things)
    return chain(quads, closing(one_for_all, rest, told, names_of_countries, ontology, digest))
