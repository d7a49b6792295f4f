"""What is derived: short names, names as a search compares them, and what the graph says of itself."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad

from cagraph.iris import CA, ID, iri, text
from cagraph.store import statements

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

DATASET = ID + "cagraph"
"""The graph itself, as a thing."""
_NAMES = {
    iri(name) for name in ("rdfs:label", "skos:altLabel", "dcterms:title", "ca:name", "eli:number", "eli:id_local")
}
"""What a thing may be looked for by: labels, titles and names as printed, numbers, ids of registers."""


def short_names(short: Mapping[str, str]) -> Iterator[Quad]:
    """Yield what pictures and tables call each thing, from short names by id."""
    for id_, name in short.items():
        yield statements.plain(NamedNode(ID + id_), "ca:shortName", name)


def search_names(quads: Collection[Quad], written: Mapping[str, str]) -> Iterator[Quad]:
    """Yield for each thing all its names in one text, as search compares them.

    A short name that a curator has written is one of them, and found by lookups, where it is
    nobody's name yet; one made by rule is not: it would make names of others ambiguous.

    One line a name: its folded form, a tab, the name. Read so, the names of the whole graph cost a
    search a quarter of what five thousand statements and their folding did.
    """
    names: dict[str, set[str]] = defaultdict(set)
    retired = {text(quad.subject) for quad in quads if quad.predicate.value == iri("dcterms:isReplacedBy")}
    for quad in quads:
        if quad.predicate.value in _NAMES and text(quad.subject).startswith(ID):
            names[text(quad.subject)].add(" ".join(text(quad.object).split()))
    lines = {
        node: {name: statements.folded(name) for name in texts} for node, texts in names.items() if node not in retired
    }
    known = {folded for texts in lines.values() for folded in texts.values()}
    for id_, name in written.items():
        if statements.folded(name) not in known:
            lines[ID + id_][name] = statements.folded(name)
            yield statements.plain(NamedNode(ID + id_), "skos:hiddenLabel", statements.folded(name))
    for node, texts in lines.items():
        told = "\n".join(f"{folded}\t{name}" for name, folded in sorted(texts.items()))
        yield statements.plain(NamedNode(node), "ca:searchNames", told)


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
