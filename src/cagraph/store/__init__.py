"""The store: quads compiled from the records, kept on disk or at an endpoint, and asked in SPARQL."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from cagraph.errors import QueryFault
from cagraph.rows import Rows

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from cagraph.search.index import Index
    from cagraph.store.workers import Workers


class Store(Protocol):
    """What every store can do, embedded or remote."""

    def __hash__(self) -> int:
        """Return what tells this open store from others: what is read from it may be kept."""
        return id(self)

    def query(self, sparql: str) -> Rows | bool | list[Triple]:
        """Return rows of a SELECT, the truth of an ASK, triples of a CONSTRUCT or DESCRIBE."""
        ...

    def results(self, sparql: str, format_: str) -> str:
        """Return the answer to a SELECT or ASK as text in a format of the W3C, one of `formats.RESULTS`."""
        ...

    def words(self) -> Index:
        """Return the index of the words of its things, made now where it is kept nowhere.

        Raises:
            StoreFault: if it cannot be read.
        """
        from cagraph.search.gathering import index_of
        from cagraph.search.index import Index

        return Index(index_of(self))

    def apart(self) -> Workers | None:
        """Return worker processes that answer in its place and can be ended; None where there can be none."""
        return None

    def select(self, sparql: str) -> Rows:
        """Return the rows of a SELECT query.

        Raises:
            QueryFault: if it is another query, or wrong.
            StoreFault: if the store cannot be read.
        """
        answer = self.query(sparql)
        if not isinstance(answer, Rows):
            raise QueryFault("this is not a SELECT query", "write SELECT, or ask it with `cagraph query`")
        return answer
