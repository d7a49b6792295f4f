"""The network: things and the links between them as a networkx graph, and its page.

A link is a claim that ties one thing to another; the evidence it rests on is carried by the edge
and is no node itself.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx

from cagraph import lawtime, listing, lookup, picture, queries
from cagraph.errors import UnknownName, UsageFault
from cagraph.vocabulary import iri

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from cagraph.store import Graph

OUTWARD = ("ca:party", "ca:signatory", "ca:byInstrument")
"""Properties that lead from an agreement to those who make it and to the acts that carry it."""
INWARD = ("ca:ratifies", "ca:approves")
"""Properties that lead from an act to the agreement it carries."""
_PAGES = Path(__file__).parent / "pages"
_TIMELESS = {"Country", "Region", "Concept", "Source"}


def graph(
    store_graph: Graph, ids: Sequence[str] = (), *, topic: str = "", as_of: str = "", depth: int = 1
) -> nx.MultiDiGraph:
    """Return things and their links.

    Without ids: every agreement and agreement group, its parties and signatories, and the acts
    that ratify or approve it. With ids: what lies within `depth` links of those things, and every
    link in between. What had not yet begun on the day asked for is left out.

    A node carries `label`, `kind`, `code` (of a country), `date`, `status`, `status_reason` and
    `sources`; an edge is keyed by the local name of its property and carries `label`, `evidence`
    and `sources`. Nodes and edges come in the order of their ids.

    Args:
        store_graph: the store.
        ids: ids of things, as `lookup.find` returns them.
        topic: keep only links of things about this topic or one under it.
        as_of: day of the status, as EDTF; today if empty.
        depth: how many links away from the ids a thing may lie.

    Raises:
        UnknownName: if an id names nothing.
        UsageFault: if there is no such topic, or `as_of` is no date.
    """
    day = listing.day(as_of)
    found = _linked(store_graph, () if ids else tuple(map(iri, (*OUTWARD, *INWARD))))
    if topic:
        found = _about(found, _topical(store_graph, topic))
    found.add_nodes_from(ids)
    kinds = {id_: one.kind for id_, one in lookup.described(store_graph, list(found)).items()}
    _require(ids, kinds)
    chosen = _around(found, ids, depth) if ids else _of_agreements(store_graph, found, kinds, topic)
    _describe(store_graph, chosen, day)
    return _ordered(_begun(chosen, ids, depth), as_of=day, topic=topic)


def _linked(store_graph: Graph, properties: tuple[str, ...]) -> nx.MultiDiGraph:
    """Return every link by some properties, or by any."""
    found = nx.MultiDiGraph()
    for row in store_graph.select(queries.load("links", "lookups").bind({"property": properties})).dicts():
        key = str(row["property"]).rpartition(":")[2]
        ends = (str(row["subject"]), str(row["object"]))
        if not found.has_edge(*ends, key):
            found.add_edge(*ends, key, label=str(row["label"]), evidence=set(), sources=set())
        found.edges[*ends, key]["evidence"].add(str(row["evidence"]))
        found.edges[*ends, key]["sources"].add(str(row["source"]))
    return found


def _about(found: nx.MultiDiGraph, things: Collection[str]) -> nx.MultiDiGraph:
    """Return the links of which one end is among some things."""
    kept = [(a, b, key) for a, b, key in found.edges(keys=True) if a in things or b in things]
    return found.edge_subgraph(kept).copy()


def _topical(store_graph: Graph, topic: str) -> set[str]:
    if not lookup.known_concept(store_graph, "topic", topic):
        raise UsageFault(f"{topic!r} is not a topic", "see `cagraph query concepts --param scheme=topic`")
    return {str(row[0]) for row in store_graph.select(queries.load("topical", "lookups").bind({"topic": topic})).rows}


def _require(ids: Iterable[str], known: Collection[str]) -> None:
    for id_ in ids:
        if id_ not in known:
            raise UnknownName(f"nothing has the id {id_!r}", "try `cagraph search`")


def _is_agreement(kind: str) -> bool:
    return kind in {"Agreement", *listing.AGREEMENTS.kinds}


def _of_agreements(store_graph: Graph, found: nx.MultiDiGraph, kinds: dict[str, str], topic: str) -> nx.MultiDiGraph:
    """Return every agreement, those without links too, and the links that agreements have."""
    inward = {name.rpartition(":")[2] for name in INWARD}
    ends = ((b if key in inward else a, (a, b, key)) for a, b, key in found.edges(keys=True))
    chosen = found.edge_subgraph([edge for agreement, edge in ends if _is_agreement(kinds[agreement])]).copy()
    known = queries.load("ids", "lookups").bind({"kind": listing.AGREEMENTS.kinds})
    every = {str(row[0]) for row in store_graph.select(known).rows}
    chosen.add_nodes_from(sorted(every & _topical(store_graph, topic) if topic else every))
    return chosen


def _around(found: nx.MultiDiGraph, ids: Iterable[str], depth: int) -> nx.MultiDiGraph:
    """Return what lies within some links of several things, and every link in between."""
    either_way = found.to_undirected(as_view=True)
    near: set[str] = set()
    for id_ in ids:
        near.update(nx.single_source_shortest_path_length(either_way, id_, cutoff=depth))
    return found.subgraph(near).copy()


def _begun(chosen: nx.MultiDiGraph, ids: Sequence[str], depth: int) -> nx.MultiDiGraph:
    """Leave out what had not yet begun, and what was tied to the rest by nothing else."""
    early = [id_ for id_, status in chosen.nodes(data="status") if status == "not-yet" and id_ not in ids]
    chosen.remove_nodes_from(early)
    if ids:
        return _around(chosen, ids, depth)
    chosen.remove_nodes_from([id_ for id_ in list(nx.isolates(chosen)) if not _is_agreement(chosen.nodes[id_]["kind"])])
    return chosen


def _describe(store_graph: Graph, chosen: nx.MultiDiGraph, day: str) -> None:
    """Give every node its label, kind, code, date, status and sources."""
    ids = sorted(chosen)
    if not ids:
        return
    about = lookup.described(store_graph, ids)
    codes = {str(id_): str(code) for id_, code in _told(store_graph, "codes", ids)}
    steps = listing.actions(store_graph, ids)
    sources = _sources(store_graph, chosen, ids)
    for id_ in ids:
        own = steps.get(id_, [])
        state = lawtime.status(own, day)
        is_timeless = about[id_].kind in _TIMELESS and not own
        chosen.nodes[id_].update(
            label=about[id_].label, kind=about[id_].kind, code=codes.get(id_, ""), date=listing.main_date(own),
            status="" if is_timeless else state.status, status_reason="" if is_timeless else state.reason,
            sources=sources[id_],
        )  # fmt: skip


def _told(store_graph: Graph, name: str, ids: Sequence[str]) -> list[tuple[Any, ...]]:
    return store_graph.select(queries.load(name, "lookups").bind({"id": ids})).rows


def _sources(store_graph: Graph, chosen: nx.MultiDiGraph, ids: Sequence[str]) -> dict[str, set[str]]:
    """Return the sources of each thing's own claims and of its links."""
    sources: dict[str, set[str]] = defaultdict(set)
    for id_, source in _told(store_graph, "sources-of", ids):
        sources[str(id_)].add(str(source))
    for one, other, about in chosen.edges(data="sources"):
        sources[one] |= about
        sources[other] |= about
    return sources


def _ordered(chosen: nx.MultiDiGraph, **about: str) -> nx.MultiDiGraph:
    ordered = nx.MultiDiGraph(**about)
    for id_, attributes in sorted(chosen.nodes(data=True)):
        ordered.add_node(id_, **attributes | {"sources": tuple(sorted(attributes["sources"]))})
    for one, other, key in sorted(chosen.edges(keys=True)):
        link = chosen.edges[one, other, key]
        kept = {name: tuple(sorted(link[name])) for name in ("evidence", "sources")}
        ordered.add_edge(one, other, key, label=link["label"], **kept)
    return ordered


def page(nx_graph: nx.MultiDiGraph, heading: str) -> str:
    """Return one HTML file that shows a graph of `graph` and asks for nothing else.

    Script and style stand in the file and are allowed by their hashes alone; nothing in the data
    can be run or become markup.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(loader=FileSystemLoader(_PAGES), autoescape=True, undefined=StrictUndefined)
    parts = {"style": _part("network.css"), "script": _part("network.js"), "library": picture.library()}
    return environment.get_template("network.html.j2").render(
        heading=heading,
        as_of=nx_graph.graph.get("as_of", ""),
        nodes=nx_graph.number_of_nodes(),
        edges=nx_graph.number_of_edges(),
        data=Markup(_json(picture.data(nx_graph))),  # noqa: S704 - no `<` is left in it
        hashes={name: _hash(text) for name, text in parts.items()},
        **{name: Markup(text) for name, text in parts.items()},  # noqa: S704 - files of ours and of pyvis
    )


def _part(name: str) -> str:
    return (_PAGES / name).read_text(encoding="utf-8")


def _json(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def heading(labels: Sequence[str], topic: str = "", as_of: str = "") -> str:
    """Return what a network is called.

    >>> heading(["Tajikistan", "Uzbekistan"], topic="pensions", as_of="2024")
    'Tajikistan and Uzbekistan: pensions, as of 2024'
    """
    *first, last = labels or ["Agreements on migration in Central Asia"]
    name = f"{', '.join(first)} and {last}" if first else last
    narrowed = [*([topic.replace("-", " ")] if topic else []), *([f"as of {as_of}"] if as_of else [])]
    return f"{name}: {', '.join(narrowed)}" if narrowed else name
