"""The application profile: which fields each class has, in which order, and what each holds.

A named property shape of `ontology/profile.ttl` is a field; its local name is what the files say.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from cagraph.iris import CAP, iri, local_name

if TYPE_CHECKING:
    from collections.abc import Iterator

Facts = dict[str, dict[str, list[str]]]
"""Subject -> property -> values, as text."""
_NUMBERS = {iri("xsd:decimal"), iri("xsd:integer")}
_PARTS = ("Action", "Figure")
"""What is told in tables of its own, below the evidence."""
_NIL = iri("rdf:nil")
_LARGEST = 10**18 - 1
"""The largest number of a figure: the engine's decimals hold eighteen digits before the point."""


@dataclass(frozen=True)
class Term:
    """One field."""

    name: str
    path: tuple[str, ...]
    """The properties that lead from the thing to the value: mostly one."""
    is_relation: bool
    datatype: str
    domains: frozenset[str]
    """The classes whose things may have it."""
    ranges: frozenset[str]
    """The classes of which its values are; none for any thing."""
    scheme: str
    """The concept scheme whose notations the file holds, if it is one."""
    words: tuple[str, ...]
    """The only words that it holds, if they are listed."""
    order: float
    is_editorial: bool
    """Whether it stands at the head of a record and needs no evidence."""
    is_derived: bool
    """Whether the build writes it, and no curator."""
    is_date: bool
    """Whether it holds EDTF."""
    is_single: bool
    """Whether it has one value at most."""
    longest: int
    """How many signs it has at most; 0 for any number."""

    @property
    def iri(self) -> str:
        """The property whose value it is."""
        return self.path[-1]

    @property
    def is_text(self) -> bool:
        """Whether it holds words, as against a thing, a concept, a number or a day."""
        return not self.is_relation and self.datatype == iri("xsd:string")

    @property
    def is_number(self) -> bool:
        """Whether the file holds it as a number."""
        return self.datatype in _NUMBERS

    @property
    def is_flag(self) -> bool:
        """Whether the file holds it as true or false."""
        return self.datatype == iri("xsd:boolean")

    def takes(self, value: object) -> bool:
        """Tell whether a value of a file is of the type that it holds."""
        if self.is_flag:
            return isinstance(value, bool)
        if not self.is_number:
            return isinstance(value, str)
        if isinstance(value, float):
            return isfinite(value) and "e" not in repr(value)  # a decimal of RDF has no exponent
        return isinstance(value, int) and not isinstance(value, bool) and abs(value) <= _LARGEST

    @property
    def place(self) -> str:
        """Where it may stand, for people."""
        if self.is_editorial:
            return "put it at the head of the file"
        parts = [f"[[evidence.{name.lower()}]]" for name in _PARTS if name in self.domains]
        others = sorted(self.domains.difference(_PARTS))
        return f"it belongs to {', '.join(others)}" if others else f"put it into {' or '.join(parts)}"


def terms(facts: Facts) -> dict[str, Term]:
    """Return every field by its name, in canonical order."""
    domains: dict[str, set[str]] = {}
    for _, about in _node_shapes(facts):
        for field in about[iri("sh:property")]:
            domains.setdefault(field, set()).update(map(local_name, about[iri("sh:targetClass")]))
    found = [_term(facts, shape, frozenset(domains.get(shape, ()))) for shape in _fields(facts)]
    return {term.name: term for term in sorted(found, key=lambda term: term.order)}


def tables(facts: Facts, known: dict[str, Term]) -> dict[str, tuple[str, ...]]:
    """Return for each class the fields of its own that a curator writes, in canonical order."""
    listed = {name: set(map(local_name, about[iri("sh:property")])) for name, about in _node_shapes(facts)}
    return {
        name: tuple(field for field, term in known.items() if field in own and not term.is_derived)
        for name, own in listed.items()
    }


def needed(facts: Facts, known: dict[str, Term]) -> dict[str, tuple[str, ...]]:
    """Return for each class those of its own fields that a curator must write."""
    own = tables(facts, known)
    found = {}
    for name, about in _node_shapes(facts):
        promised = [shape for shape in about[iri("sh:property")] if facts[shape][iri("sh:minCount")]]
        paths = {tuple(_path(facts, shape)) for shape in promised}
        found[name] = tuple(field for field in own[name] if known[field].path in paths)
    return found


def _node_shapes(facts: Facts) -> Iterator[tuple[str, dict[str, list[str]]]]:
    """Yield the shape of each class, with the name of the class."""
    for subject, about in list(facts.items()):
        if about[iri("sh:targetClass")] and subject.startswith(CAP):
            yield local_name(subject).removesuffix("Shape"), about


def _fields(facts: Facts) -> list[str]:
    return [subject for subject, about in facts.items() if iri("sh:PropertyShape") in about[iri("rdf:type")]]


def _term(facts: Facts, shape: str, domains: frozenset[str]) -> Term:
    about = facts[shape]
    kinds = [about, *(facts[node] for node in about[iri("sh:node")])]
    either = [facts[one] for head in about[iri("sh:or")] for one in _items(facts, head)]
    ranges = frozenset(local_name(name) for one in (about, *either) for name in one[iri("sh:class")])
    schemes = [
        scheme for kind in kinds for one in kind[iri("sh:property")] for scheme in facts[one][iri("sh:hasValue")]
    ]
    return Term(
        name=local_name(shape),
        path=tuple(_path(facts, shape)),
        is_relation=bool(ranges or schemes or iri("sh:IRI") in about[iri("sh:nodeKind")]),
        datatype=next((type_ for kind in kinds for type_ in kind[iri("sh:datatype")]), iri("xsd:string")),
        domains=domains,
        ranges=ranges,
        scheme=next(iter(schemes), ""),
        words=tuple(word for head in about[iri("sh:in")] for word in _items(facts, head)),
        order=float(about[iri("sh:order")][0]),
        is_editorial=iri("cap:editorial") in about[iri("sh:group")],
        is_derived=iri("cap:derived") in about[iri("sh:group")],
        is_date=iri("cap:Edtf") in about[iri("sh:node")],
        is_single="1" in about[iri("sh:maxCount")],
        longest=int(next(iter(about[iri("sh:maxLength")]), 0)),
    )


def _path(facts: Facts, shape: str) -> list[str]:
    head = facts[shape][iri("sh:path")][0]
    return list(_items(facts, head)) or [head]


def _items(facts: Facts, head: str) -> Iterator[str]:
    """Yield the items of an RDF list."""
    while head != _NIL and facts[head][iri("rdf:first")]:
        yield facts[head][iri("rdf:first")][0]
        head = facts[head][iri("rdf:rest")][0]
