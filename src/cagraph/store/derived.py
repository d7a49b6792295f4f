"""What is derived: short names, names as a search compares them, and what the graph says of itself."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad

from cagraph.curated.records import language
from cagraph.iris import CA, ID
from cagraph.store import statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cagraph.curated.records import Thing

DATASET = ID + "cagraph"
"""The graph itself, as a thing."""
_NAMES = {"title", "name", "number", "id_local"}
"""The fields, besides labels, by whose values a thing may be looked for."""


def short_names(short: Mapping[str, str]) -> Iterator[Quad]:
    """Yield what pictures and tables call each thing, from short names by id."""
    for id_, name in short.items():
        yield statements.plain(NamedNode(ID + id_), "ca:shortName", name)


def names(thing: Thing) -> Iterator[str]:
    """Yield what a thing is called: by its label, other labels, titles and names as printed, numbers, register ids."""
    for name in (thing.label, *thing.altLabel):
        yield language(name)[0]
    for name, values in chain(thing.bibliography, *(block.claims for block in thing.evidence)):
        if name in _NAMES:
            yield from (language(str(value), "")[0] for value in values)


def search_names(id_: str, known: Iterable[str]) -> Quad:
    """Return all names of a thing in one text, as search compares them.

    A short name that a curator has written is one of them, where it is nobody's name yet; one made
    by rule is not: it would make names of others ambiguous.

    One line a name: its folded form, a tab, the name. Read so, the names of the whole graph cost a
    search a quarter of what five thousand statements and their folding did.
    """
    told = "\n".join(f"{statements.folded(name)}\t{name}" for name in sorted(known))
    return statements.plain(NamedNode(ID + id_), "ca:searchNames", told)


def hidden_name(id_: str, name: str) -> Quad:
    """Return a name by which lookups find a thing and which no page tells."""
    return statements.plain(NamedNode(ID + id_), "skos:hiddenLabel", statements.folded(name))


def about_itself(version: str, digest: str, kinds: Mapping[str, int]) -> Iterator[Quad]:
    """Yield what the graph says of itself and only the build knows; the rest stands in `ontology/dataset.ttl`.

    Args:
        version: of the software.
        digest: of the data.
        kinds: how many things there are of each kind.
    """
    node = NamedNode(DATASET)
    yield statements.plain(node, "dcat:version", version)
    yield from statements.checksum(node, digest)
    for kind, number in kinds.items():
        part = NamedNode(f"{DATASET}-{kind.lower()}")
        yield Quad(node, statements.property_("void:classPartition"), part, statements.EDITORIAL)
        yield Quad(part, statements.property_("void:class"), NamedNode(CA + kind), statements.EDITORIAL)
        yield statements.number(part, "void:entities", number)
