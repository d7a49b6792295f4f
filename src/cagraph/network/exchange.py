"""The network as objects of other libraries: networkx, and pyvis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cagraph.network import look
from cagraph.network.graph import Network

if TYPE_CHECKING:
    import networkx
    import pyvis.network


def multigraph(network: Network) -> networkx.MultiDiGraph:
    """Return a network as a networkx multigraph: nodes by id, edges keyed by the name of their property."""
    import networkx

    graph = networkx.MultiDiGraph(as_of=network.as_of, topic=network.topic)
    for id_, node in network.nodes.items():
        graph.add_node(id_, **node)
    for (one, other, key), link in network.links.items():
        graph.add_edge(one, other, key, **link)
    return graph


def of_multigraph(graph: networkx.MultiDiGraph) -> Network:
    """Return a networkx multigraph, one of ours or made alike, as a network for a page."""
    links = {(one, other, key): link for one, other, key, link in graph.edges(keys=True, data=True)}
    return Network(dict(graph.nodes(data=True)), links, graph.graph.get("as_of", ""), graph.graph.get("topic", ""))


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
