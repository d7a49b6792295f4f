"""The network, and the graph in other people's formats."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cagraph.answers import lookup
from cagraph.api.opened import Opened

if TYPE_CHECKING:
    from os import PathLike

    import networkx
    import pyvis.network

    from cagraph.network.graph import Network


class Pictures(Opened):
    """What surrounds some things, or all agreements: as graph objects of other libraries, or as a page."""

    def networkx(self, *names: str, topic: str = "", as_of: str = "", depth: int = 1) -> networkx.MultiDiGraph:
        """Return the agreement network, or what lies around some things, for networkx and its writers.

        Every attribute is text. Edges are keyed by an id that no other edge has, since GraphML is
        written with the key for an id; `property` names the claim.

        >>> import cagraph
        >>> network = cagraph.load().networkx("tj-be-labour-memorandum-2025")
        >>> network.has_edge("tj-be-labour-memorandum-2025", "be")
        True
        """
        from cagraph.network import exchange

        return exchange.multigraph(self._network(names, topic, as_of, depth), by_id=True)

    def pyvis(self, *names: str, topic: str = "", as_of: str = "", depth: int = 1) -> pyvis.network.Network:
        """Return the same as a pyvis network, every node placed, to change and write by oneself."""
        from cagraph.network import exchange

        return exchange.interactive(self._network(names, topic, as_of, depth))

    def network(self, *names: str, topic: str = "", as_of: str = "", depth: int = 1) -> str:
        """Return the same as one HTML page that needs no connection.

        >>> import cagraph
        >>> cagraph.load().network("tj-be-labour-memorandum-2025").startswith("<!DOCTYPE html>")
        True
        """
        from cagraph.network import page

        return page.drawn(self._store, names, topic=topic, as_of=as_of, depth=depth)[1]

    def _network(self, names: tuple[str, ...], topic: str, as_of: str, depth: int) -> Network:
        from cagraph.network import graph

        ids = tuple(lookup.find(self._store, name).id for name in names)
        return graph.network(self._store, ids, topic=topic, as_of=as_of, depth=depth)

    def export(self, *formats: str, folder: str | PathLike[str]) -> list[Path]:
        """Write the graph in some formats, such as `csv` or `turtle`, into a folder; return the files."""
        from cagraph import export

        return export.written(self._store, formats, Path(folder))
