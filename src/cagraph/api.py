"""The graph for Python users: the same questions, the same answers as the command line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cagraph import answers, card, conflicts, listing, lookup, queries, store
from cagraph.errors import UsageFault

if TYPE_CHECKING:
    import networkx
    from pyoxigraph import Triple

    from cagraph.rows import Rows


class Cagraph:
    """An open graph; `cagraph.load()` makes one.

    >>> import cagraph
    >>> graph = cagraph.load()
    >>> graph.find("Тоҷикистон").id
    'tj'
    """

    def __init__(self, graph: store.Graph) -> None:
        self._graph = graph

    def find(self, name: str) -> lookup.Found:
        """Return the id, label and kind of the thing with this id, code or name.

        Raises:
            cagraph.errors.UnknownName: if none or several fit.
        """
        return lookup.find(self._graph, name)

    def search(self, words: str, limit: int = 20) -> list[lookup.Hit]:
        """Return the things whose names are most like the words, best first.

        >>> import cagraph
        >>> cagraph.load().search("belgum memorandum")[0].id
        'tj-be-labour-memorandum-2025'
        """
        return lookup.search(self._graph, words, limit=limit)

    def agreements(self, country: str = "", filters: listing.Filters | None = None) -> list[listing.Entry]:
        """Return the agreements of a country, region or union, or all of them, by date.

        >>> import cagraph
        >>> from cagraph.listing import Filters
        >>> found = cagraph.load().agreements("TJ", Filters(with_=("be",), form="memorandum"))
        >>> [(entry.id, entry.parties, entry.date) for entry in found]
        [('tj-be-labour-memorandum-2025', ('BE', 'TJ'), '2025-11')]

        Raises:
            cagraph.errors.UsageFault: if the country or a filter is unknown.
        """
        place = lookup.find(self._graph, country, lookup.PLACES).id if country else ""
        return listing.entries(self._graph, listing.AGREEMENTS, place, filters)

    def thing(self, name: str, as_of: str = "") -> card.Card:
        """Return everything known about a thing, by id or name, with its status for a day.

        >>> import cagraph
        >>> cagraph.load().thing("tj-be-labour-memorandum-2025", as_of="2025-12-01").status.status
        'signed'
        """
        found = lookup.find(self._graph, name)
        return card.card(self._graph, found.id, listing.day(as_of))

    def conflicts(self, name: str = "") -> Rows:
        """Return the contradictions among claims, about one thing or all."""
        return conflicts.conflicts(self._graph, lookup.find(self._graph, name).id if name else "")

    def query(self, question: str, *, timeout: float = 60, **values: str) -> Rows | bool | list[Triple]:
        """Ask a named query with its parameters, or any SPARQL.

        >>> import cagraph
        >>> rows = cagraph.load().query("agreements-between", country="TJ", other="Belgium")
        >>> rows.dicts()[0]["id"]
        'tj-be-labour-memorandum-2025'

        Raises:
            cagraph.errors.UsageFault: if the SPARQL, a value or `timeout` is wrong.
            cagraph.errors.StoreFault: if there is no answer within `timeout` seconds.
        """
        sparql = question
        if not queries.is_sparql(question):
            named = queries.load(question)
            sparql = named.bind(lookup.resolved(self._graph, named, values))
        elif values:
            raise UsageFault("values go with a named query only", "write them into the SPARQL")
        return answers.within(timeout, lambda: self._graph.query(sparql))

    def networkx(self, *names: str, topic: str = "", as_of: str = "", depth: int = 1) -> networkx.MultiDiGraph:
        """Return the agreement network, or what lies around some things, for networkx.

        >>> import cagraph
        >>> network = cagraph.load().networkx("tj-be-labour-memorandum-2025")
        >>> network.has_edge("tj-be-labour-memorandum-2025", "be")
        True
        """
        from cagraph import network

        ids = tuple(lookup.find(self._graph, name).id for name in names)
        return network.graph(self._graph, ids, topic=topic, as_of=as_of, depth=depth)


def load(where: str | None = None) -> Cagraph:
    """Open the graph: our own, built if needed, or the endpoint or folder named.

    Raises:
        cagraph.errors.StoreFault: if the store cannot be opened or built.
        cagraph.errors.DataFault: if it had to be built and the data is wrong.
    """
    return Cagraph(store.connect(where, say=False))
