"""Single statements: how names, texts, numbers, days and checksums become quads."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from cagraph import edtf
from cagraph.iris import iri
from cagraph.names import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date


EDITORIAL = DefaultGraph()
"""The graph of what is editorial or computed and rests on no passage."""
TYPE = NamedNode(iri("rdf:type"))
_XSD_DATE = NamedNode(iri("xsd:date"))


@cache
def property_(name: str) -> NamedNode:
    """Return the node of a property by its prefixed name: a build asks for a hundred of them 60,000 times."""
    return NamedNode(iri(name))


@lru_cache(maxsize=10_000)
def folded(name: str) -> str:
    """Return a name as lookups and search compare it: a build asks for most of them twice."""
    return fold(name)


def folded_labels(labels: Iterable[Quad]) -> Iterator[Quad]:
    """Yield the folded form of each label, so that a lookup is an exact match."""
    for quad in labels:
        if isinstance(quad.object, Literal):
            name = Literal(folded(quad.object.value))
            yield Quad(quad.subject, property_("skos:hiddenLabel"), name, EDITORIAL)


def named(node: NamedNode, name_of: str, name: str, tag: str) -> Iterator[Quad]:
    """Yield a name of a thing, and its folded form."""
    label = text(node, name_of, name, tag)
    yield label
    yield from folded_labels([label])


def text(node: NamedNode, name: str, words: str, tag: str) -> Quad:
    """Return a text with a language."""
    tag = tag.replace("_", "-")
    return Quad(node, property_(name), Literal(words, language=tag), EDITORIAL)


def plain(node: NamedNode, name: str, words: str) -> Quad:
    """Return a text without a language."""
    return Quad(node, property_(name), Literal(words), EDITORIAL)


def number(node: NamedNode, name: str, whole: int) -> Quad:
    """Return a whole number."""
    return Quad(node, property_(name), Literal(whole), EDITORIAL)


def checksum(node: NamedNode, digest: str) -> Iterator[Quad]:
    """Yield a SHA-256, as SPDX has it."""
    sha = NamedNode(node.value + "-sha256")
    yield Quad(node, property_("spdx:checksum"), sha, EDITORIAL)
    yield Quad(sha, TYPE, property_("spdx:Checksum"), EDITORIAL)
    value = Literal(digest, datatype=property_("xsd:hexBinary"))
    yield Quad(sha, property_("spdx:checksumValue"), value, EDITORIAL)


def span(node: NamedNode, period: str) -> Iterator[tuple[NamedNode, NamedNode, Literal]]:
    """Yield, as triples, the first and last day that an EDTF text can mean, where it is not open."""
    first, last = edtf.parse(period)
    if first:
        yield node, property_("ca:earliest"), day(first)
    if last:
        yield node, property_("ca:latest"), day(last)


def day(when: date) -> Literal:
    """Return a day as a literal."""
    return iso_day(when.isoformat())


@lru_cache(maxsize=10_000)
def iso_day(when: str) -> Literal:
    """Return a day of ISO 8601 as a literal."""
    return Literal(when, datatype=_XSD_DATE)
