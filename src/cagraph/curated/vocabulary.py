"""The vocabulary: the closed list of fields, kinds and concepts, as the ontology files declare it.

A term that the files lack does not exist for cagraph.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cagraph.curated import profile
from cagraph.iris import CA, iri, local_name, text
from cagraph.kinds import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path

    from pyoxigraph import Quad

    from cagraph.curated.profile import Facts, Term


FILES = ("cagraph.ttl", "concepts.ttl", "indicators.ttl", "lawtime.ttl", "profile.ttl", "dataset.ttl")
"""Terms, concept schemes, the indicators of figures, the rules of law time, the fields, and what the graph is as a
data set."""


@dataclass
class Vocabulary:
    """What the ontology files declare."""

    terms: dict[str, Term] = field(default_factory=dict)
    """Every field by its name, in canonical order."""
    kinds: dict[str, frozenset[str]] = field(default_factory=dict)
    """Every class by local name, with the names of itself and all its superclasses."""
    concepts: dict[str, dict[str, str]] = field(default_factory=dict)
    """Scheme IRI -> notation -> concept IRI."""
    tables: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Class -> the fields of its own that a curator writes, in canonical order."""
    needed: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Class -> those of them that must be there."""

    @property
    def head(self) -> tuple[str, ...]:
        """The fields at the head of every record."""
        return ("id", *(name for name, term in self.terms.items() if term.is_editorial))

    def allows(self, term: Term, kind: str) -> bool:
        """Tell whether things of this kind may carry this field; of what is no kind, nothing is told."""
        return kind not in self.kinds or bool(term.domains & self.kinds[kind])

    def closed_list(self, term: Term) -> Collection[str]:
        """Return the only values that a field may hold, if they are listed: notations of its scheme, or words."""
        return self.concepts[term.scheme] if term.scheme else term.words

    def fitting(self, ranges: frozenset[str]) -> list[str]:
        """Return the kinds of things that are of one of these classes."""
        return [name for name in BY_NAME if ranges & self.kinds[name]]


def ontology(folder: Path) -> list[Quad]:
    """Return every statement of the ontology files of a folder.

    Raises:
        OSError: if one is missing.
    """
    from pyoxigraph import parse

    return [quad for name in FILES for quad in parse(path=str(folder / name))]


def facts_of(quads: Iterable[Quad]) -> Facts:
    """Return what some statements say of each subject, as text."""
    facts: Facts = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        facts[text(quad.subject)][quad.predicate.value].append(text(quad.object))
    return facts


def load(folder: Path) -> Vocabulary:
    """Read the ontology files of a folder."""
    facts = facts_of(ontology(folder))
    terms = profile.terms(facts)
    return Vocabulary(
        terms, _kinds(facts), _concepts(facts), profile.tables(facts, terms), profile.needed(facts, terms)
    )


def _kinds(facts: Facts) -> dict[str, frozenset[str]]:
    parents = {
        local_name(subject): {local_name(p) for p in about[iri("rdfs:subClassOf")] if p.startswith(CA)}
        for subject, about in facts.items()
        if iri("owl:Class") in about[iri("rdf:type")]
    }

    def ancestors(name: str) -> frozenset[str]:
        return frozenset({name}).union(*(ancestors(p) for p in parents.get(name, ())))

    return {name: ancestors(name) for name in parents}


def _concepts(facts: Facts) -> dict[str, dict[str, str]]:
    concepts: dict[str, dict[str, str]] = defaultdict(dict)
    for subject, about in facts.items():
        for scheme in about[iri("skos:inScheme")]:
            concepts[scheme][about[iri("skos:notation")][0]] = subject
    return dict(concepts)
