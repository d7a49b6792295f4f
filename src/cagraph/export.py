"""The graph in other people's formats: RDF, tables, network files. The same bytes every time.

Nothing that depends on the day of the export goes in: no status, no time stamp.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Triple, serialize

from cagraph import canonical, listing, passages, queries, rows
from cagraph.errors import StoreFault, UsageFault
from cagraph.store import Embedded
from cagraph.vocabulary import ID, PREFIXES, iri, text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    import networkx

    from cagraph.store import Graph

    Node = NamedNode | BlankNode | Literal | Triple
    Files = dict[str, str]

_FIRST = {iri("rdf:type"): 0, iri("rdfs:label"): 1}
_FOLDED = iri("skos:hiddenLabel")
_NOT_FACTS = {_FOLDED, iri("skos:inScheme"), iri("spdx:checksum")}
_APPARATUS = {iri(name) for name in ("ca:Evidence", "oa:TextPositionSelector", "skos:Concept", "spdx:Checksum")}
AGREEMENT_COLUMNS = ("id", "label", "kind", "form", "parties", "number", "date", "topics", "url", "evidence")


def export(graph: Graph, formats: Iterable[str], folder: Path) -> list[Path]:
    """Write the graph in some formats into a folder, each file whole or not at all.

    Args:
        graph: a store on this machine.
        formats: names out of `FORMATS`; those of `COMMITTED` if there are none.
        folder: made if missing.

    Returns:
        The files written.

    Raises:
        UsageFault: if there is no such format.
        StoreFault: if the store is an endpoint, which does not hand out its quads.
    """
    chosen = list(dict.fromkeys(formats)) or list(COMMITTED)
    for name in chosen:
        if name not in FORMATS:
            raise UsageFault(f"{name!r} is not an export format", f"choose among {', '.join(FORMATS)}")
    if not isinstance(graph, Embedded):
        raise StoreFault("an endpoint cannot be exported", "leave out --store, or use the endpoint's own dump")
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for name in chosen:
        for file, content in FORMATS[name](graph).items():
            canonical.write(folder / file, content)
            written.append(folder / file)
    return written


def _order(triple: Quad | Triple) -> tuple[str, int, str, str]:
    predicate = triple.predicate.value
    return str(triple.subject), _FIRST.get(predicate, 2), predicate, str(triple.object)


def _idle(quads: Iterable[Quad]) -> set[str]:
    """Return the countries that no claim speaks of: they are in every store, not in what is read."""
    quads = list(quads)
    countries = {text(q.subject) for q in quads if text(q.object) == iri("ca:Country")}
    return countries - {text(q.object) for q in quads if isinstance(q.object, NamedNode)}


def _quads(graph: Embedded) -> list[Quad]:
    return sorted(graph.quads(), key=lambda quad: (str(quad.graph_name), *_order(quad)))


def _facts(graph: Embedded) -> list[Triple]:
    """Return what is said of things, without the evidence nodes, folded names and the ontology."""
    quads = list(graph.quads())
    hidden = {text(q.subject) for q in quads if q.predicate.value == iri("rdf:type") and _is_apparatus(q.object)}
    hidden |= _idle(quads)
    facts = {
        quad.triple
        for quad in quads
        if text(quad.subject).startswith(ID)
        and text(quad.subject) not in hidden
        and quad.predicate.value not in _NOT_FACTS
    }
    return sorted(facts, key=_order)


def _is_apparatus(kind: Node) -> bool:
    return isinstance(kind, NamedNode) and kind.value in _APPARATUS


def _text(found: Iterable[Quad] | Iterable[Triple], format_: RdfFormat) -> str:
    return bytes(serialize(found, format=format_, prefixes=PREFIXES) or b"").decode()


def _turtle(graph: Embedded) -> Files:
    return {"cagraph.ttl": _text(_facts(graph), RdfFormat.TURTLE)}


def _rdfxml(graph: Embedded) -> Files:
    return {"cagraph.rdf": _text(_facts(graph), RdfFormat.RDF_XML)}


def _trig(graph: Embedded) -> Files:
    """Write claims and evidence for reading; the ontology, folded names and idle countries stay out."""
    quads = _quads(graph)
    idle = _idle(quads)
    kept = (
        q
        for q in quads
        if q.predicate.value != _FOLDED and text(q.subject).startswith(ID) and text(q.subject) not in idle
    )
    return {"cagraph.trig": _text(kept, RdfFormat.TRIG)}


def _nquads(graph: Embedded) -> Files:
    """Write everything, as another store must hold it to answer the same questions."""
    return {"cagraph.nq": _text(_quads(graph), RdfFormat.N_QUADS)}


def _jsonld(graph: Embedded) -> Files:
    """Write the claims and their evidence graphs with a context of prefixes, one node a line."""
    nodes: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for quad in _quads(graph):
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
    return {"cagraph.jsonld": f'{{"@context": {context},\n"@graph": [\n' + ",\n".join(lines) + "\n]}\n"}


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


def _tables(graph: Embedded) -> Files:
    found = listing.entries(graph, listing.AGREEMENTS, filters=listing.Filters(as_of="9999-12-31"))
    ordered = sorted(found, key=lambda entry: entry.id)
    agreements = rows.Rows(AGREEMENT_COLUMNS, [tuple(e.cell(c) for c in AGREEMENT_COLUMNS) for e in ordered])
    answers = {
        "agreements": agreements,
        "parties": graph.select(queries.load("parties", "lookups").sparql),
        "actions": graph.select(queries.load("agreement-actions", "lookups").sparql),
        "evidence": _evidence_table(graph),
    }
    return {f"{name}.csv": rows.csv(answer) for name, answer in answers.items()}


def _evidence_table(graph: Embedded) -> rows.Rows:
    columns = ("evidence", "source", "section", "line", "position", "end", "fingerprint", "accordingTo", "inference")
    cited = passages.cited(graph)
    return rows.Rows(columns, [tuple(cited[id_][column] for column in columns) for id_ in sorted(cited)])


def _network(graph: Embedded) -> networkx.MultiDiGraph:
    """Return the agreement network with plain attributes and without status, which depends on the day."""
    from cagraph import network

    found = network.graph(graph, as_of="9999-12-31")
    found.graph.clear()
    for _, about in found.nodes(data=True):
        for name in ("status", "status_reason"):
            about.pop(name, None)
        _flatten(about)
    for _, _, about in found.edges(data=True):
        _flatten(about)
    return found


def _flatten(about: dict[str, Any]) -> None:
    for name, value in about.items():
        about[name] = str(value) if isinstance(value, str) else " ".join(sorted(value))


def _graphml(graph: Embedded) -> Files:
    import networkx

    return {"cagraph.graphml": "\n".join(networkx.generate_graphml(_network(graph))) + "\n"}


def _gexf(graph: Embedded) -> Files:
    import networkx

    lines = "\n".join(networkx.generate_gexf(_network(graph)))
    return {"cagraph.gexf": re.sub(r' lastmodifieddate="[^"]*"', "", lines) + "\n"}


def _nodelink(graph: Embedded) -> Files:
    import networkx

    data = networkx.node_link_data(_network(graph), edges="links")
    return {"cagraph.network.json": json.dumps(data, ensure_ascii=False, indent=1) + "\n"}


FORMATS: dict[str, Callable[[Embedded], Files]] = {
    "turtle": _turtle, "trig": _trig, "nquads": _nquads, "jsonld": _jsonld, "rdfxml": _rdfxml,
    "csv": _tables, "graphml": _graphml, "gexf": _gexf, "nodelink": _nodelink,
}  # fmt: skip
COMMITTED = ("turtle", "trig", "csv", "graphml")
"""The formats kept in `exports/`."""
