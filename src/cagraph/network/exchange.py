"""The network as objects of other libraries: networkx, and pyvis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from cagraph import signs
from cagraph.network import look
from cagraph.network.graph import Network
from cagraph.rows import plain

if TYPE_CHECKING:
    import networkx
    import pyvis.network


def multigraph(network: Network, *, by_id: bool = False) -> networkx.MultiDiGraph:
    """Return a network as a networkx multigraph whose attributes are text, as every writer of networkx takes it.

    Several sources or pieces of evidence are joined by spaces, and an edge tells its `property`.

    Args:
        network: what to hand over.
        by_id: key each edge by an id that no other edge has, because GraphML is written with the key for
            an id, and Gephi keeps one edge an id; else by the local name of its property.
    """
    import networkx

    graph = networkx.MultiDiGraph(as_of=network.as_of, topic=network.topic)
    for id_, node in network.nodes.items():
        graph.add_node(signs.xml(id_), **_plain(node))
    for edge, link in network.links.items():
        one, other, property_ = map(signs.xml, edge)
        key = f"{one}:{property_}:{other}" if by_id else property_
        graph.add_edge(one, other, key, property=property_, **_plain(link))
    return graph


def _plain(about: dict[str, Any]) -> dict[str, str]:
    """Return attributes as text that any file can hold."""
    return {name: signs.xml(plain(value, " ")) for name, value in about.items()}


def of_multigraph(graph: networkx.MultiDiGraph) -> Network:
    """Return a networkx multigraph, one of ours or made alike, as a network for a page."""
    links = {
        (one, other, link.get("property", key)): _several(link)
        for one, other, key, link in graph.edges(keys=True, data=True)
    }
    nodes = {id_: _several(node) for id_, node in graph.nodes(data=True)}
    return Network(nodes, links, graph.graph.get("as_of", ""), graph.graph.get("topic", ""))


def _several(about: dict[str, Any]) -> dict[str, Any]:
    """Return attributes with those that a page lists as lists again."""
    return {
        name: tuple(value.split()) if name in {"evidence", "sources"} and isinstance(value, str) else value
        for name, value in about.items()
        if name != "property"
    }


def interactive(network: Network) -> pyvis.network.Network:
    """Return a network as pyvis holds it, every node placed and dressed by its kind, physics off."""
    from pyvis.network import Network as Pyvis

    picture = look.data(network)
    graph = Pyvis(directed=True)
    graph.options = picture["options"]
    for node in picture["nodes"]:
        told = {name: value for name, value in node.items() if name not in {"id", "label", "shape", "about"}}
        graph.add_node(node["id"], node["label"], node["shape"], None, **told)
    for edge in picture["edges"]:
        graph.add_edge(edge["from"], edge["to"], label=edge["label"])
    return graph
