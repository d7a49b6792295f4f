"""Records -> quads, by one rule.

What rests on evidence stands in the graph that the evidence names; what is editorial or computed
(kinds, labels, descriptions, the evidence nodes themselves) stands in the default graph.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from cagraph import edtf
from cagraph.curated import ids
from cagraph.curated.records import language
from cagraph.iris import CA, ID, iri, text
from cagraph.names import fold, is_country, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cagraph.curated.countries import CountryName
    from cagraph.curated.records import Claims, Evidence, Thing, Value
    from cagraph.curated.vocabulary import Term, Vocabulary

DATASET = ID + "cagraph"
"""The graph itself, as a thing."""
_NAMES = {
    iri(name) for name in ("rdfs:label", "skos:altLabel", "dcterms:title", "ca:name", "eli:number", "eli:id_local")
}
"""What a thing may be looked for by: labels, titles and names as printed, numbers, ids of registers."""
_EDITORIAL = DefaultGraph()
_TYPE = NamedNode(iri("rdf:type"))
_XSD_DATE = NamedNode(iri("xsd:date"))

Graph = DefaultGraph | NamedNode
Object = NamedNode | Literal


def quads(things: Iterable[Thing], names: Iterable[CountryName], vocabulary: Vocabulary) -> Iterator[Quad]:
    """Yield every quad of the graph, the ontology excepted; some are yielded more than once."""
    writer = _Writer(vocabulary, list(things))
    yield from writer.countries(names)
    for thing in writer.things:
        yield from writer.thing(thing)


def search_names(quads: Iterable[Quad]) -> Iterator[Quad]:
    """Yield for each thing all its names in one text, as search compares them.

    One line a name: its folded form, a tab, the name. Read so, the names of the whole graph cost a
    search a quarter of what five thousand statements and their folding did.
    """
    names: dict[str, set[str]] = defaultdict(set)
    for quad in quads:
        if quad.predicate.value in _NAMES and text(quad.subject).startswith(ID):
            names[text(quad.subject)].add(" ".join(text(quad.object).split()))
    for node, texts in names.items():
        yield _plain(NamedNode(node), "ca:searchNames", "\n".join(f"{fold(name)}\t{name}" for name in sorted(texts)))


def folded_labels(labels: Iterable[Quad]) -> Iterator[Quad]:
    """Yield the folded form of each label, so that a lookup is an exact match."""
    for quad in labels:
        if isinstance(quad.object, Literal):
            folded = Literal(fold(quad.object.value))
            yield Quad(quad.subject, NamedNode(iri("skos:hiddenLabel")), folded, _EDITORIAL)


def about_itself(version: str, digest: str) -> Iterator[Quad]:
    """Yield what the graph says of itself: the version of the software, and the digest of its data."""
    node = NamedNode(DATASET)
    yield Quad(node, _TYPE, NamedNode(iri("dcat:Dataset")), _EDITORIAL)
    yield _plain(node, "owl:versionInfo", version)
    yield from _checksum(node, digest)


class _Writer:
    def __init__(self, vocabulary: Vocabulary, things: list[Thing]) -> None:
        self.vocabulary = vocabulary
        self.things = things
        self.ids = {thing.id for thing in things}
        self.published = {t.id: _published(t) for t in things if t.kind == "Source"}
        self.names = {t.id for t in things if t.kind == "Country"}

    def countries(self, names: Iterable[CountryName]) -> Iterator[Quad]:
        seen: set[str] = set()
        for name in names:
            node = NamedNode(ID + name.id)
            if name.id not in seen:
                yield Quad(node, _TYPE, NamedNode(CA + "Country"), _EDITORIAL)
                yield _plain(node, "skos:notation", name.id.upper())
            if name.language == "iso3":
                code = _plain(node, "skos:altLabel", name.name)
                yield from (code, *folded_labels([code]))
                continue
            is_first = name.id not in seen and name.id not in self.names
            property_ = "rdfs:label" if is_first else "skos:altLabel"
            seen.add(name.id)
            yield from _named(node, property_, name.name, name.language)

    def thing(self, thing: Thing) -> Iterator[Quad]:
        node = NamedNode(ID + thing.id)
        for kind in self.vocabulary.kinds[thing.kind]:
            yield Quad(node, _TYPE, NamedNode(CA + kind), _EDITORIAL)
        yield from _named(node, "rdfs:label", *language(thing.label))
        for name in thing.altLabel:
            yield from _named(node, "skos:altLabel", *language(name))
        if thing.description:
            yield _text(node, "dcterms:description", thing.description, "en")
        for same in thing.sameAs:
            yield Quad(node, NamedNode(iri("owl:sameAs")), NamedNode(same), _EDITORIAL)
        if thing.isReplacedBy:
            new = NamedNode(ID + thing.isReplacedBy)
            yield Quad(node, NamedNode(iri("dcterms:isReplacedBy")), new, _EDITORIAL)
        for other in thing.distinctFrom:
            yield Quad(node, NamedNode(iri("owl:differentFrom")), NamedNode(ID + other), _EDITORIAL)
        for absent in thing.notFound:
            yield _plain(node, "ca:notFound", absent)
        yield from self.bibliography(thing, node)
        yield from self.preferences(thing, node)
        for block in thing.evidence:
            yield from self.evidence(block)
            yield from self.block(thing, node, block)

    def bibliography(self, thing: Thing, node: NamedNode) -> Iterator[Quad]:
        for name, values in thing.bibliography:
            for value in values:
                if name == "checksum":
                    yield from _checksum(node, str(value))
                else:
                    term = self.vocabulary.terms[name]
                    yield Quad(node, NamedNode(term.iri), self.value(term, value), _EDITORIAL)

    def preferences(self, thing: Thing, node: NamedNode) -> Iterator[Quad]:
        for one in thing.preferences:
            about = NamedNode(f"{ID}{thing.id}-preference-{slug(one.property)}-{slug(one.prefers)}")
            yield Quad(about, _TYPE, NamedNode(CA + "Preference"), _EDITORIAL)
            yield Quad(about, NamedNode(CA + "preferenceOn"), node, _EDITORIAL)
            yield _plain(about, "ca:property", one.property)
            yield _plain(about, "ca:prefers", one.prefers)
            yield _plain(about, "ca:reason", one.reason)

    def evidence(self, block: Evidence) -> Iterator[Quad]:
        node = NamedNode(ID + block.id)
        passage = block.passage
        yield Quad(node, _TYPE, NamedNode(CA + "Evidence"), _EDITORIAL)
        source = NamedNode(ID + passage.source)
        yield Quad(node, NamedNode(iri("prov:hadPrimarySource")), source, _EDITORIAL)
        selector = NamedNode(node.value + "-position")
        yield Quad(node, NamedNode(iri("oa:hasSelector")), selector, _EDITORIAL)
        yield Quad(selector, _TYPE, NamedNode(iri("oa:TextPositionSelector")), _EDITORIAL)
        yield _number(selector, "oa:start", passage.position)
        yield _number(selector, "oa:end", passage.position + passage.length)
        yield from _checksum(node, passage.fingerprint)
        yield _number(node, "ca:line", passage.line)
        if passage.section:
            yield _plain(node, "ca:section", passage.section)
        if block.accordingTo:
            yield Quad(node, NamedNode(CA + "accordingTo"), self.authority(block.accordingTo), _EDITORIAL)
        if block.inference:
            yield _plain(node, "ca:inference", block.inference)
        yield _plain(node, "ca:recordedBy", block.recordedBy)
        if block.reviewedBy:
            yield _plain(node, "ca:reviewedBy", block.reviewedBy)

    def authority(self, name: str) -> Object:
        return NamedNode(ID + name) if name in self.ids or is_country(name) else Literal(name)

    def block(self, thing: Thing, node: NamedNode, block: Evidence) -> Iterator[Quad]:
        graph = NamedNode(ID + block.id)
        yield from self.claims(node, block.claims, graph)
        yield from self.order(graph, block.claims)
        for action in block.actions:
            step = NamedNode(ID + ids.action_id(thing.id, action))
            yield from self.part("Action", "actionOn", step, node, action, graph)
            if "date" not in dict(action):
                last = self.published[block.passage.source]
                yield Quad(step, NamedNode(CA + "latest"), _day(last), graph)
        for figure in block.figures:
            count = NamedNode(ID + ids.figure_id(thing.id, figure))
            yield from self.part("Figure", "figureOf", count, node, figure, graph)

    def part(
        self, kind: str, link: str, part: NamedNode, whole: NamedNode, claims: Claims, graph: Graph
    ) -> Iterator[Quad]:
        """Yield an action or figure of a thing: its class, its thing, what is claimed of it, its days."""
        yield Quad(part, _TYPE, NamedNode(CA + kind), graph)
        yield Quad(part, NamedNode(CA + link), whole, graph)
        yield from self.claims(part, claims, graph)
        for name, values in claims:
            if name in {"date", "period"}:
                yield from _span(part, str(values[0]), graph)

    def claims(self, node: NamedNode, claims: Claims, graph: Graph) -> Iterator[Quad]:
        for name, values in claims:
            term = self.vocabulary.terms[name]
            for value in values:
                yield Quad(node, NamedNode(term.iri), self.value(term, value), graph)

    def order(self, evidence: NamedNode, claims: Claims) -> Iterator[Quad]:
        """Yield the order in which a passage says several sentences: the second may lean on the first."""
        for name, values in claims:
            if self.vocabulary.terms[name].is_text and len(values) > 1:
                for place, value in enumerate(values, 1):
                    yield _plain(evidence, f"rdf:_{place}", language(str(value), "")[0])

    def value(self, term: Term, value: Value) -> Object:
        if term.scheme:
            return NamedNode(self.vocabulary.concepts[term.scheme][str(value)])
        if term.is_relation:
            return NamedNode(ID + str(value))
        if term.datatype != iri("xsd:string"):
            return Literal(str(value), datatype=NamedNode(term.datatype))
        text, tag = language(str(value), "")
        return Literal(text, language=tag) if tag else Literal(text)


def _published(source: Thing) -> date:
    issued = dict(source.bibliography).get("issued", ("9999",))
    return edtf.parse(str(issued[0])).latest or date.max


def _named(node: NamedNode, property_: str, name: str, tag: str) -> Iterator[Quad]:
    label = _text(node, property_, name, tag)
    yield label
    yield from folded_labels([label])


def _text(node: NamedNode, property_: str, text: str, tag: str) -> Quad:
    tag = tag.replace("_", "-")
    return Quad(node, NamedNode(iri(property_)), Literal(text, language=tag), _EDITORIAL)


def _plain(node: NamedNode, property_: str, text: str) -> Quad:
    return Quad(node, NamedNode(iri(property_)), Literal(text), _EDITORIAL)


def _number(node: NamedNode, property_: str, number: int) -> Quad:
    return Quad(node, NamedNode(iri(property_)), Literal(number), _EDITORIAL)


def _checksum(node: NamedNode, value: str) -> Iterator[Quad]:
    checksum = NamedNode(node.value + "-sha256")
    yield Quad(node, NamedNode(iri("spdx:checksum")), checksum, _EDITORIAL)
    yield Quad(checksum, _TYPE, NamedNode(iri("spdx:Checksum")), _EDITORIAL)
    digest = Literal(value, datatype=NamedNode(iri("xsd:hexBinary")))
    yield Quad(checksum, NamedNode(iri("spdx:checksumValue")), digest, _EDITORIAL)


def _span(node: NamedNode, text: str, graph: Graph) -> Iterator[Quad]:
    span = edtf.parse(text)
    if span.earliest:
        yield Quad(node, NamedNode(CA + "earliest"), _day(span.earliest), graph)
    if span.latest:
        yield Quad(node, NamedNode(CA + "latest"), _day(span.latest), graph)


def _day(day: date) -> Literal:
    return Literal(day.isoformat(), datatype=_XSD_DATE)
