"""What is derived: short names, names in the languages of the region, and what the graph says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad

from cagraph.iris import CA, ID
from cagraph.store import statements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from cagraph.curated.local_names import LocalName

DATASET = ID + "cagraph"
"""The graph itself, as a thing."""


def short_names(short: Mapping[str, str]) -> Iterator[Quad]:
    """Yield what pictures and tables call each thing, from short names by id."""
    for id_, name in short.items():
        yield statements.plain(NamedNode(ID + id_), "ca:shortName", name)


def local_names(names: Iterable[LocalName]) -> Iterator[Quad]:
    """Yield the names of things in the languages of the region: labels if they are established, else for search."""
    for one in names:
        node = NamedNode(ID + one.id)
        is_established = one.status == "established"
        property_ = "skos:altLabel" if is_established else "skos:hiddenLabel"
        yield from statements.named(node, property_, one.name, one.language)
        if is_established:
            yield statements.text(node, "ca:localLabel", one.name, one.language)
        elif one.status == "translation" and one.language == "ru":
            yield statements.text(node, "ca:translatedLabel", one.name, one.language)


def folded_name(id_: str, name: str) -> Quad:
    """Return a name by which lookups find a thing."""
    return statements.plain(NamedNode(ID + id_), "ca:foldedName", statements.folded(name))


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
