"""The agreement network in the files that graph programs read; with the status on the last day of the newest source."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from cagraph.answers import citation
from cagraph.network import exchange, graph

if TYPE_CHECKING:
    import networkx

    from cagraph.store.embedded import Embedded


def _network(store: Embedded) -> networkx.MultiDiGraph:
    """Return the agreement network with plain attributes: several values are joined by spaces."""
    network = graph.network(store, as_of=citation.dataset(store).last)
    for attributes in (*network.nodes.values(), *network.links.values()):
        attributes.update({name: " ".join(value) for name, value in attributes.items() if isinstance(value, tuple)})
    multigraph = exchange.multigraph(network)
    multigraph.graph.pop("topic")
    return multigraph


def graphml(store: Embedded) -> dict[str, str]:
    """Write GraphML, for Gephi, yEd and others."""
    import networkx

    return {"cagraph.graphml": "\n".join(networkx.generate_graphml(_network(store))) + "\n"}


def gexf(store: Embedded) -> dict[str, str]:
    """Write GEXF, for Gephi, without the day it was written."""
    import networkx

    lines = "\n".join(networkx.generate_gexf(_network(store)))
    return {"cagraph.gexf": re.sub(r' lastmodifieddate="[^"]*"', "", lines) + "\n"}


def nodelink(store: Embedded) -> dict[str, str]:
    """Write node-link JSON, for D3 and networkx."""
    import networkx

    data = networkx.node_link_data(_network(store), edges="links")
    return {"cagraph.network.json": json.dumps(data, ensure_ascii=False, indent=1) + "\n"}
