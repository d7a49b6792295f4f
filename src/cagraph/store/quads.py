"""Records -> quads, by one rule.

What rests on evidence stands in the graph that the evidence names; what is editorial or computed
(kinds, labels, descriptions, the evidence nodes themselves) stands in the default graph.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from cagraph.curated import ids
from cagraph.curated.records import language
from cagraph.iris import ID, iri
from cagraph.store import passages, statements
from cagraph.store.statements import EDITORIAL, TYPE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from cagraph.curated.countries import CountryName
    from cagraph.curated.profile import Term
    from cagraph.curated.records import Claim, Claims, Evidence, Thing, Value
    from cagraph.curated.vocabulary import Vocabulary

Object = NamedNode | Literal
Triple = tuple[NamedNode, NamedNode, Object]


class Writer:
    """Writes the quads of records, one by one."""

    def __init__(self, vocabulary: Vocabulary, known_ids: Collection[str], days: Mapping[str, tuple[str, str]]) -> None:
        """Take what writing a record needs besides it.

        Args:
            vocabulary: the closed list of kinds, fields and concepts.
            known_ids: the ids of all things.
            days: the first and the last day on which each source can have been published.
        """
        self.vocabulary = vocabulary
        self.ids = known_ids
        self.days = days
        self.cited: set[tuple[object, ...]] = set()

    def countries(self, names: Iterable[CountryName], recorded: Collection[str]) -> Iterator[Quad]:
        """Yield the names of the countries; those that have a record of their own take their label from it."""
        seen: set[str] = set()
        for name in names:
            node = NamedNode(ID + name.id)
            if name.id not in seen:
                yield from self._kinds(node, "Country")
                yield statements.plain(node, "skos:notation", name.id.upper())
            if name.language == "iso3":
                code = statements.plain(node, "skos:altLabel", name.name)
                yield from (code, *statements.folded_labels([code]))
                continue
            is_first = name.id not in seen and name.id not in recorded
            property_ = "rdfs:label" if is_first else "skos:altLabel"
            seen.add(name.id)
            yield from statements.named(node, property_, name.name, name.language)

    def _redirect(self, thing: Thing) -> Iterator[Quad]:
        """Yield where a retired id leads; its names are names of the thing that took it over."""
        old, new = NamedNode(ID + thing.id), NamedNode(ID + thing.isReplacedBy)
        yield Quad(old, TYPE, statements.property_("ca:Redirect"), EDITORIAL)
        yield statements.text(old, "rdfs:label", *language(thing.label))
        yield Quad(old, statements.property_("dcterms:isReplacedBy"), new, EDITORIAL)
        for name in (thing.label, *thing.altLabel):
            yield from statements.named(new, "skos:altLabel", *language(name))

    def thing(self, thing: Thing) -> Iterator[Quad]:
        """Yield every quad of a record, some more than once."""
        if thing.isReplacedBy:
            yield from self._redirect(thing)
            return
        node = NamedNode(ID + thing.id)
        yield from self._kinds(node, thing.kind)
        yield from statements.named(node, "rdfs:label", *language(thing.label))
        for name in thing.altLabel:
            yield from statements.named(node, "skos:altLabel", *language(name))
        if thing.description:
            yield statements.text(node, "dcterms:description", thing.description, "en")
        for same in thing.sameAs:
            yield Quad(node, statements.property_("owl:sameAs"), NamedNode(same), EDITORIAL)
        for other in thing.distinctFrom:
            yield Quad(node, statements.property_("owl:differentFrom"), NamedNode(ID + other), EDITORIAL)
        for absent in thing.notFound:
            yield statements.plain(node, "ca:notFound", absent)
        yield from self._bibliography(thing, node)
        yield from passages.outline(thing, node)
        yield from self._preferences(thing, node)
        yield from self._conflicts(thing, node)
        for block in thing.evidence:
            # A third of the blocks cite a passage that another record cites too.
            about = (block.id, block.passage, block.recordedBy, block.reviewedBy)
            if about not in self.cited:
                self.cited.add(about)
                yield from passages.evidence(block, self.ids)
            yield from self._block(thing, node, block)

    def _kinds(self, node: NamedNode, kind: str) -> Iterator[Quad]:
        for name in self.vocabulary.kinds[kind]:
            yield Quad(node, TYPE, statements.property_(f"ca:{name}"), EDITORIAL)

    def _bibliography(self, thing: Thing, node: NamedNode) -> Iterator[Quad]:
        for name, values in thing.bibliography:
            if name == "creator":
                yield from self._places(node, values)  # authors stand in the order of the title page
            for value in values:
                if name == "checksum":
                    yield from statements.checksum(node, str(value))
                else:
                    term = self.vocabulary.terms[name]
                    yield Quad(node, _node(term.iri), self._value(term, value), EDITORIAL)

    def _preferences(self, thing: Thing, node: NamedNode) -> Iterator[Quad]:
        for choice in thing.preferences:
            about = NamedNode(ID + ids.preference_id(thing.id, choice))
            yield Quad(about, TYPE, statements.property_("ca:Preference"), EDITORIAL)
            yield Quad(about, statements.property_("ca:preferenceOn"), node, EDITORIAL)
            given = ((name, getattr(choice, name)) for name in self.vocabulary.tables["Preference"])
            several = [(name, value if isinstance(value, tuple) else (value,)) for name, value in given if value]
            yield from (Quad(*triple, EDITORIAL) for triple in self._claims(about, several))

    def _conflicts(self, thing: Thing, node: NamedNode) -> Iterator[Quad]:
        for place, conflict in enumerate(thing.conflicts, 1):
            part = NamedNode(f"{node.value}-conflict-{place}")
            for triple in self._part("Conflict", "conflictOn", part, node, conflict):
                yield Quad(*triple, EDITORIAL)

    def _block(self, thing: Thing, node: NamedNode, block: Evidence) -> Iterator[Quad]:
        """Yield what rests on a passage: in the graph it names, and once more in the default graph.

        Several passages give a statement in several graphs; there it stands once, so that counts and
        sums are right.
        """
        graph = NamedNode(ID + block.id)
        yield from self._order(graph, block.claims)
        for triple in self._told(thing, node, block):
            yield Quad(*triple, graph)
            yield Quad(*triple, EDITORIAL)
        for figure in block.figures:
            count = NamedNode(ID + ids.figure_id(thing.id, figure))
            yield Quad(count, statements.property_("qb:dataSet"), statements.property_("ca:figures"), EDITORIAL)
            yield statements.plain(count, "ca:series", ids.series(figure))

    def _told(self, thing: Thing, node: NamedNode, block: Evidence) -> Iterator[Triple]:
        yield from self._claims(node, block.claims)
        for action in block.actions:
            step = NamedNode(ID + ids.action_id(thing.id, action))
            yield from self._part("Action", "actionOn", step, node, action)
            if "date" not in dict(action):
                last = self.days[block.passage.source][1]
                yield step, statements.property_("ca:latest"), statements.iso_day(last)
        for figure in block.figures:
            count = NamedNode(ID + ids.figure_id(thing.id, figure))
            yield from self._part("Figure", "figureOf", count, node, figure)

    def _part(self, kind: str, link: str, part: NamedNode, whole: NamedNode, claims: Claims) -> Iterator[Triple]:
        """Yield an action or figure of a thing: its class, its thing, what is claimed of it, its days."""
        yield part, TYPE, statements.property_(f"ca:{kind}")
        yield part, statements.property_(f"ca:{link}"), whole
        yield from self._claims(part, claims)
        for name, values in claims:
            if name in {"date", "period"}:
                yield from statements.span(part, str(values[0]))

    def _claims(self, node: NamedNode, claims: Iterable[Claim]) -> Iterator[Triple]:
        for name, values in claims:
            term = self.vocabulary.terms[name]
            for value in values:
                yield node, _node(term.iri), self._value(term, value)

    def _order(self, evidence: NamedNode, claims: Claims) -> Iterator[Quad]:
        """Yield the order in which a passage says several sentences: the second may lean on the first."""
        for name, values in claims:
            if self.vocabulary.terms[name].is_text:
                yield from self._places(evidence, values)

    def _places(self, node: NamedNode, values: Sequence[Value]) -> Iterator[Quad]:
        """Yield the place of each of several texts, since a graph holds them in no order."""
        if len(values) > 1:
            for place, value in enumerate(values, 1):
                yield statements.plain(node, f"rdf:_{place}", language(str(value), "")[0])

    def _value(self, term: Term, value: Value) -> Object:
        if term.scheme:
            return _node(self.vocabulary.concepts[term.scheme][str(value)])
        if term.is_relation:
            return _node(ID + str(value))
        if term.datatype != iri("xsd:string"):
            written = str(value).lower() if isinstance(value, bool) else str(value)
            return Literal(written, datatype=_node(term.datatype))
        text, tag = language(str(value), "")
        return Literal(text, language=tag) if tag else Literal(text)


@lru_cache(maxsize=10_000)
def _node(full: str) -> NamedNode:
    """Return a node; sixty thousand statements are made of some five thousand."""
    return NamedNode(full)
