"""The graph as RDF: Turtle, RDF/XML, TriG, N-Quads and JSON-LD, in one order and so the same bytes every time."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from cagraph import signs
from cagraph.formats import rdf
from cagraph.iris import ID, PREFIXES, iri, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cagraph.store.embedded import Embedded

    Node = NamedNode | BlankNode | Literal | Triple
    Files = dict[str, str]


def _term(name: str) -> str:
    return f"<{iri(name)}>"


_FIRST = {_term("rdf:type"): 0, _term("rdfs:label"): 1}
"""Properties that come first of a thing's statements; the others follow by the alphabet."""
_TYPE, _COUNTRY = _term("rdf:type"), _term("ca:Country")
_DERIVED = {_term("skos:hiddenLabel"), _term("ca:foldedName"), _term("ca:standing")}
_NOT_FACTS = {*_DERIVED, _term("skos:inScheme"), _term("spdx:checksum")}
_APPARATUS = {
    _term(name) for name in ("ca:Evidence", "ca:WordPositionSelector", "skos:Concept", "spdx:Checksum", "ca:Effect")
}


def _order(triple: Quad | Triple) -> tuple[str, int, str, str]:
    predicate = str(triple.predicate)
    return str(triple.subject), _FIRST.get(predicate, 2), predicate, str(triple.object)


def _idle(quads: Iterable[Quad]) -> set[str]:
    """Return the countries that no claim speaks of: they are in every store, not in what is read."""
    targets = [(text(quad.subject), quad.object.value) for quad in quads if isinstance(quad.object, NamedNode)]
    countries = {subject for subject, target in targets if target == iri("ca:Country")}
    return countries.difference(target for _, target in targets)


@lru_cache(maxsize=1)
def _quads(store: Embedded) -> list[Quad]:
    """Return every quad in order: by graph, then as facts are; two formats written together share it."""
    return sorted(store.quads(), key=lambda quad: (str(quad.graph_name), *_order(quad)))


def _facts(store: Embedded) -> list[Triple]:
    """Return what is said of things, without the evidence nodes, folded names and the ontology.

    Sorted as text: asking each of fifty thousand quads for its parts took four times as long.
    """
    statements = [_parts(line) for line in rdf(store.statements(), RdfFormat.N_QUADS).split("\n")[:-1]]
    targets = {target for _, _, target in statements}
    typed = [(subject, target) for subject, predicate, target in statements if predicate == _TYPE]
    hidden = {subject for subject, target in typed if target in _APPARATUS}
    hidden |= {subject for subject, target in typed if target == _COUNTRY and subject not in targets}
    facts = {
        (subject, _FIRST.get(predicate, 2), predicate, target)
        for subject, predicate, target in statements
        if subject.startswith(f"<{ID}") and predicate not in _NOT_FACTS and subject not in hidden
    }
    lines = "".join(f"{subject} {predicate} {target} .\n" for subject, _, predicate, target in sorted(facts))
    return [quad.triple for quad in parse(lines, format=RdfFormat.N_TRIPLES)]


def _parts(line: str) -> tuple[str, str, str]:
    """Return subject, predicate and object of a line of N-Quads; the graph, if any, is left out."""
    subject, predicate, rest = line.removesuffix(" .").split(" ", 2)
    target, _, last = rest.rpartition(" ")
    is_graph = target and last.startswith("<") and '"' not in last
    return subject, predicate, target if is_graph else rest


def turtle(store: Embedded) -> Files:
    """Write the facts, without evidence."""
    return {"cagraph.ttl": rdf(_facts(store), RdfFormat.TURTLE)}


def rdfxml(store: Embedded) -> Files:
    """Write the facts, without evidence."""
    return {"cagraph.rdf": rdf(_facts(store), RdfFormat.RDF_XML)}


def trig(store: Embedded) -> Files:
    """Write claims and evidence for reading; the ontology, folded names and idle countries stay out."""
    quads = _quads(store)
    idle = _idle(quads)
    kept = (
        q
        for q in quads
        if str(q.predicate) not in _DERIVED and text(q.subject).startswith(ID) and text(q.subject) not in idle
    )
    return {"cagraph.trig": rdf(kept, RdfFormat.TRIG)}


def nquads(store: Embedded) -> Files:
    """Write everything, as another store must hold it to answer the same questions; a line a quad, sorted."""
    lines = rdf(store.quads(), RdfFormat.N_QUADS).split("\n")[:-1]
    return {"cagraph.nq": "".join(f"{line}\n" for line in sorted(lines))}


def jsonld(store: Embedded) -> Files:
    """Write the claims and their evidence graphs with a context of prefixes, one node a line."""
    nodes: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for quad in _quads(store):
        where = "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value
        node = nodes[where].setdefault(text(quad.subject), {"@id": _short(text(quad.subject))})
        if quad.predicate.value == iri("rdf:type"):
            node.setdefault("@type", []).append(_short(text(quad.object)))
        else:
            node.setdefault(_short(quad.predicate.value), []).append(_jsonld_value(quad.object))
    lines = [json.dumps(node, ensure_ascii=False) for node in nodes.pop("", {}).values()]
    for where, inside in nodes.items():
        about = {"@id": _short(where), "@graph": list(inside.values())}
        lines.append(json.dumps(about, ensure_ascii=False))
    context = json.dumps(PREFIXES, indent=1)
    graph = signs.escaped(",\n".join(lines))
    return {"cagraph.jsonld": f'{{"@context": {context},\n"@graph": [\n{graph}\n]}}\n'}


def _short(full: str) -> str:
    for prefix, base in PREFIXES.items():
        if full.startswith(base) and re.fullmatch(r"[\w-]+", full[len(base) :]):
            return f"{prefix}:{full[len(base) :]}"
    return full


def _jsonld_value(term: Node) -> dict[str, str]:
    if not isinstance(term, Literal):
        return {"@id": _short(text(term))}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    plain = term.datatype.value == iri("xsd:string")
    return {"@value": term.value} if plain else {"@value": term.value, "@type": _short(term.datatype.value)}
