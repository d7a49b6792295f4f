"""Passages and the sections of sources -> quads of the default graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import NamedNode, Quad

from cagraph.iris import ID
from cagraph.names import is_country
from cagraph.store import statements
from cagraph.store.statements import EDITORIAL, TYPE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from cagraph.curated.records import Evidence, Thing


def outline(thing: Thing, node: NamedNode) -> Iterator[Quad]:
    """Yield the headings of a source: what lies under each is a section of it."""
    for heading in thing.outline:
        part = NamedNode(f"{node.value}-line-{heading.line}")
        yield Quad(part, TYPE, statements.property_("ca:Section"), EDITORIAL)
        yield Quad(part, statements.property_("dcterms:isPartOf"), node, EDITORIAL)
        yield statements.plain(part, "ca:heading", heading.title)
        yield statements.plain(part, "ca:section", thing.outline.section(heading.line))
        yield statements.number(part, "ca:line", heading.line)
        yield statements.number(part, "ca:level", heading.level)
        if heading.country:
            yield Quad(part, statements.property_("dcterms:spatial"), NamedNode(ID + heading.country), EDITORIAL)
        yield from byline(part, heading.author, heading.issued)


def byline(part: NamedNode, author: str, issued: str) -> Iterator[Quad]:
    """Yield who wrote a part of a source, and when it was published, where the source tells."""
    if author:
        yield statements.plain(part, "dcterms:creator", author)
    if issued:
        yield statements.plain(part, "dcterms:issued", issued)


def evidence(block: Evidence, ids: Collection[str]) -> Iterator[Quad]:
    """Yield where a piece of evidence stands and who says it; `ids` are those of all things."""
    node = NamedNode(ID + block.id)
    passage = block.passage
    yield Quad(node, TYPE, statements.property_("ca:Evidence"), EDITORIAL)
    source = NamedNode(ID + passage.source)
    yield Quad(node, statements.property_("prov:hadPrimarySource"), source, EDITORIAL)
    selector = NamedNode(node.value + "-position")
    yield Quad(node, statements.property_("oa:hasSelector"), selector, EDITORIAL)
    yield Quad(selector, TYPE, statements.property_("ca:WordPositionSelector"), EDITORIAL)
    yield statements.number(selector, "ca:wordStart", passage.position)
    yield statements.number(selector, "ca:wordEnd", passage.position + passage.length)
    yield from statements.checksum(node, passage.fingerprint)
    yield statements.number(node, "ca:line", passage.line)
    if passage.section:
        yield statements.plain(node, "ca:section", passage.section)
    yield from byline(node, passage.author, passage.issued)
    if block.accordingTo:
        yield _authority(node, block.accordingTo, ids)
    if block.inference:
        yield statements.plain(node, "ca:inference", block.inference)
    yield statements.plain(node, "ca:recordedBy", block.recordedBy)
    if block.reviewedBy:
        yield statements.plain(node, "ca:reviewedBy", block.reviewedBy)


def _authority(node: NamedNode, name: str, ids: Collection[str]) -> Quad:
    if name in ids or is_country(name):
        return Quad(node, statements.property_("ca:accordingTo"), NamedNode(ID + name), EDITORIAL)
    return statements.plain(node, "ca:accordingToName", name)
