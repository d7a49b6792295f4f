"""The agreement network in the files that graph programs read; with the status on the last day of the newest source."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from cagraph import signs
from cagraph.answers import citation
from cagraph.network import exchange, graph

if TYPE_CHECKING:
    import networkx

    from cagraph.store.embedded import Embedded


def _network(store: Embedded, *, by_id: bool = False) -> networkx.MultiDiGraph:
    """Return the agreement network."""
    network = graph.network(store, as_of=citation.dataset(store).last)
    multigraph = exchange.multigraph(network, by_id=by_id)
    multigraph.graph.pop("topic")
    return multigraph


def graphml(store: Embedded) -> dict[str, str]:
    """Write GraphML, for Gephi, yEd and others."""
    import networkx

    lines = "\n".join(networkx.generate_graphml(_network(store, by_id=True)))
    return {"cagraph.graphml": signs.document(lines) + "\n"}


def gexf(store: Embedded) -> dict[str, str]:
    """Write GEXF, for Gephi, without the day it was written."""
    import networkx

    network = _network(store, by_id=True)
    for _, _, key, link in network.edges(keys=True, data=True):
        link["id"] = key  # else edges are numbered, and one more agreement gives all of them other ids
    lines = "\n".join(networkx.generate_gexf(network))
    return {"cagraph.gexf": re.sub(r' lastmodifieddate="[^"]*"', "", signs.document(lines)) + "\n"}


def nodelink(store: Embedded) -> dict[str, str]:
    """Write node-link JSON, for D3 and networkx."""
    import networkx

    data = networkx.node_link_data(_network(store), edges="links")
    return {"cagraph.network.json": signs.escaped(json.dumps(data, ensure_ascii=False, indent=1)) + "\n"}
