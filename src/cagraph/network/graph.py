"""The network: things and the claims that tie them, around some things or of all agreements.

A node is a thing; an edge is a claim that ties two of them; the evidence it rests on is carried by
the edge and is no node itself. Plain dictionaries here, so that a page costs no graph library;
`exchange` hands them to networkx and pyvis.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any, NamedTuple

from cagraph.answers import lookup, things
from cagraph.answers.days import day as day_of
from cagraph.answers.listings import AGREEMENTS
from cagraph.answers.standing import NO_TRACE, WHOLE, no_trace, states
from cagraph.curated.ids import source_of
from cagraph.errors import UnknownName, refuse_beyond
from cagraph.iris import iri, local
from cagraph.names import series
from cagraph.network.springs import distances
from cagraph.queries import ask

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from cagraph.store import Store

OUTWARD = ("ca:party", "ca:hub", "ca:partner", "ca:signatory", "ca:byInstrument")
"""Properties that lead from an agreement to those who make it and to the acts that carry it."""
INWARD = ("ca:ratifies", "ca:approves")
"""Properties that lead from an act to the agreement it carries."""
_TIMELESS = {"Country", "Region", "Concept", "Source"}
"""Kinds of things that have no status of their own."""

Edge = tuple[str, str, str]
"""From, to, and the local name of the property."""
Links = dict[Edge, dict[str, Any]]


class Network(NamedTuple):
    """Things and links, in the order of their ids."""

    nodes: dict[str, dict[str, Any]]
    """Id -> label, kind, code (of a country), date, status, status_reason, certainty, basis, sources."""
    links: Links
    """Edge -> label, evidence, sources."""
    as_of: str
    topic: str


def network(store: Store, ids: Sequence[str] = (), *, topic: str = "", as_of: str = "", depth: int = 1) -> Network:
    """Return things and their links.

    Without ids: every agreement and agreement group, its parties and signatories, and the acts
    that ratify or approve it. With ids: what lies within `depth` links of those things, and every
    link in between. What had not yet begun on the day asked for is left out.

    Args:
        store: what is asked.
        ids: ids of things, as `lookup.find` returns them.
        topic: keep only links of things about this topic or one under it.
        as_of: day of the status, as EDTF; today if empty.
        depth: how many links away from the ids a thing may lie.

    Raises:
        UnknownName: if an id names nothing.
        UsageFault: if there is no such topic, `as_of` is no date, or the depth is below 1.
    """
    refuse_beyond("depth", depth, 1)
    day = day_of(as_of)
    about = _topical(store, topic) if topic else None
    links = _around(store, ids, depth, about) if ids else _of_agreements(store, about)
    members = {end for edge in links for end in edge[:2]}.union(ids or _agreements(store, about))
    known = things.described(store, members)
    for id_ in ids:
        if id_ not in known:
            raise UnknownName(f"nothing has the id {id_!r}", "try `cagraph search`")
    nodes = _nodes(store, known, links, day)
    early = {id_ for id_, node in nodes.items() if node["status"] == NO_TRACE}.difference(ids)
    links = {edge: link for edge, link in links.items() if not early.intersection(edge[:2])}
    kept = _within(links, ids, depth) if ids else _standing(nodes, links) - early
    return Network(
        {id_: nodes[id_] for id_ in sorted(kept)},
        {edge: links[edge] for edge in sorted(links) if kept.issuperset(edge[:2])},
        day,
        topic,
    )


def _topical(store: Store, topic: str) -> set[str]:
    wanted = lookup.notation(store, "topic", topic)
    return {str(id_) for id_ in ask(store, "topical", topic=wanted)["id"]}


def _linked(rows: Iterable[tuple[object, ...]]) -> Links:
    """Return links from rows of subject, property, label, object and evidence."""
    links: Links = {}
    for row in rows:
        subject, property_, label, target, evidence = map(str, row)
        edge = (subject, target, local(property_))
        link = links.setdefault(edge, {"label": label, "evidence": set()})
        link["evidence"].add(evidence)
    for link in links.values():
        link["sources"] = tuple(sorted({source_of(where) for where in link["evidence"]}))
        link["evidence"] = tuple(sorted(link["evidence"]))
    return links


def _about(links: Links, things: Collection[str] | None) -> Links:
    """Return the links of which one end is among some things, or all."""
    if things is None:
        return links
    return {edge: link for edge, link in links.items() if edge[0] in things or edge[1] in things}


def _of_agreements(store: Store, about: Collection[str] | None) -> Links:
    """Return the links that agreements have with parties, signatories and the acts that carry them."""
    properties = tuple(map(iri, (*OUTWARD, *INWARD)))
    links = _about(_linked(ask(store, "links", property=properties).rows), about)
    agreements = _agreements(store, None)
    inward = {local(name) for name in INWARD}
    return {edge: link for edge, link in links.items() if edge[1 if edge[2] in inward else 0] in agreements}


def _agreements(store: Store, about: Collection[str] | None) -> set[str]:
    every = {str(id_) for id_ in ask(store, "of-kind", kind=AGREEMENTS.kinds)["id"]}
    return every if about is None else every.intersection(about)


def _around(store: Store, ids: Sequence[str], depth: int, about: Collection[str] | None) -> Links:
    """Return the links among all that lies within some links of several things."""
    near, front = set(ids), set(ids)
    for _ in range(depth):
        pairs = ask(store, "neighbours", id=tuple(sorted(front))).rows
        front = {str(other) for id_, other in pairs if about is None or id_ in about or other in about} - near
        near |= front
    links = _about(_linked(ask(store, "links-from", id=tuple(sorted(near))).rows), about)
    return {edge: link for edge, link in links.items() if edge[1] in near}


def _within(links: Links, ids: Sequence[str], depth: int) -> set[str]:
    """Return what lies within some links of several things."""
    near: dict[str, set[str]] = defaultdict(set)
    for one, other, _ in links:
        near[one].add(other)
        near[other].add(one)
    return {other for id_ in ids for other, steps in distances(id_, near).items() if steps <= depth}


def _standing(nodes: dict[str, dict[str, Any]], links: Links) -> set[str]:
    """Return what belongs in the network of all agreements: they themselves, and what is tied to one."""
    agreements = {id_ for id_, node in nodes.items() if node["kind"] in {"Agreement", *AGREEMENTS.kinds}}
    return agreements.union(*[edge[:2] for edge in links])


def _nodes(store: Store, known: dict[str, things.Named], links: Links, day: str) -> dict[str, dict[str, Any]]:
    """Return what each thing carries: label, kind, code, date, status and sources."""
    standing = states(store, tuple(sorted(known)), day)
    dated = ask(store, "values", id=tuple(sorted(known)), property=iri("ca:mainDate"))
    dates = {row["id"]: str(row["value"]) for row in dated}
    sources = _sources(store, known, links)
    nodes = {}
    for id_, thing in known.items():
        state = no_trace()._replace(status="", reason="") if thing.kind in _TIMELESS else no_trace()
        state = standing.get(id_, {}).get(WHOLE, state)
        nodes[id_] = {
            "label": thing.label, "kind": thing.kind, "code": id_.upper() if thing.kind == "Country" else "",
            "date": dates.get(id_, ""), "status": state.status, "status_reason": state.reason,
            "certainty": state.certainty, "basis": state.basis, "sources": tuple(sorted(sources[id_])),
        }  # fmt: skip
    return nodes


def _sources(store: Store, ids: Collection[str], links: Links) -> dict[str, set[str]]:
    """Return the sources of each thing's own claims and of its links."""
    sources: dict[str, set[str]] = defaultdict(set)
    for id_, source in ask(store, "sources-of", id=tuple(sorted(ids))).rows:
        sources[str(id_)].add(str(source))
    for (one, other, _), link in links.items():
        sources[one].update(link["sources"])
        sources[other].update(link["sources"])
    return sources


def heading(labels: Sequence[str], topic: str = "", as_of: str = "") -> str:
    """Return what a network is called.

    >>> heading(["Tajikistan", "Uzbekistan"], topic="pensions", as_of="2024")
    'Tajikistan and Uzbekistan: pensions, as of 2024'
    """
    name = series(labels) if labels else "Agreements on migration in Central Asia"
    narrowed = [*([topic.replace("-", " ")] if topic else []), *([f"as of {as_of}"] if as_of else [])]
    return f"{name}: {', '.join(narrowed)}" if narrowed else name
