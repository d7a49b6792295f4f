"""The vocabulary: the closed list of fields, kinds and concepts, as the ontology files declare it.

A term that the files lack does not exist for cagraph.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cagraph.iris import CA, XSD, iri, local_name, text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from pyoxigraph import Quad


FILES = ("cagraph.ttl", "concepts.ttl", "lawtime.ttl")
"""The ontology: terms, concept schemes, and the rules of law time."""


@dataclass(frozen=True)
class Term:
    """One property: its data field is the local name of its IRI."""

    name: str
    iri: str
    is_relation: bool
    datatype: str
    domains: frozenset[str]
    ranges: frozenset[str]
    scheme: str
    order: int

    @property
    def is_text(self) -> bool:
        """Whether it holds words, as against a thing, a concept, a number or a day."""
        return not self.is_relation and not self.scheme and self.datatype == iri("xsd:string")


@dataclass
class Vocabulary:
    """What the ontology files declare."""

    terms: dict[str, Term] = field(default_factory=dict)
    kinds: dict[str, frozenset[str]] = field(default_factory=dict)
    """Every class by local name, with the names of itself and all its superclasses."""
    concepts: dict[str, dict[str, str]] = field(default_factory=dict)
    """Scheme IRI -> notation -> concept IRI."""

    def allows(self, term: Term, kind: str) -> bool:
        """Tell whether things of this kind may carry this field."""
        return not term.domains or bool(term.domains & self.kinds[kind])


def ontology(folder: Path) -> list[Quad]:
    """Return every statement of the ontology files of a folder.

    Raises:
        OSError: if one is missing.
    """
    from pyoxigraph import parse

    return [quad for name in FILES for quad in parse(path=str(folder / name))]


def load(folder: Path) -> Vocabulary:
    """Read the ontology files of a folder."""
    quads = ontology(folder)
    facts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        facts[text(quad.subject)][quad.predicate.value].append(text(quad.object))
    return Vocabulary(_terms(facts), _kinds(facts), _concepts(facts))


_Facts = dict[str, dict[str, list[str]]]


def _terms(facts: _Facts) -> dict[str, Term]:
    relation, plain = iri("owl:ObjectProperty"), iri("owl:DatatypeProperty")
    terms = {}
    for order, (subject, about) in enumerate(facts.items()):
        types = about[iri("rdf:type")]
        if relation not in types and plain not in types:
            continue
        ranges = about[iri("rdfs:range")]
        terms[local_name(subject)] = Term(
            name=local_name(subject),
            iri=subject,
            is_relation=relation in types,
            datatype=next((r for r in ranges if r.startswith(XSD)), iri("xsd:string")),
            domains=_names(about[iri("schema:domainIncludes")] + about[iri("rdfs:domain")]),
            ranges=_names(about[iri("schema:rangeIncludes")]),
            scheme=next(iter(about[iri("ca:valuesFrom")]), ""),
            order=order,
        )
    return terms


def _names(iris: Iterable[str]) -> frozenset[str]:
    return frozenset(local_name(one) for one in iris)


def _kinds(facts: _Facts) -> dict[str, frozenset[str]]:
    parents = {
        local_name(subject): _names(p for p in about[iri("rdfs:subClassOf")] if p.startswith(CA))
        for subject, about in facts.items()
        if iri("owl:Class") in about[iri("rdf:type")]
    }

    def ancestors(name: str) -> frozenset[str]:
        return frozenset({name}).union(*(ancestors(p) for p in parents.get(name, ())))

    return {name: ancestors(name) for name in parents}


def _concepts(facts: _Facts) -> dict[str, dict[str, str]]:
    concepts: dict[str, dict[str, str]] = defaultdict(dict)
    for subject, about in facts.items():
        for scheme in about[iri("skos:inScheme")]:
            concepts[scheme][about[iri("skos:notation")][0]] = subject
    return dict(concepts)
