"""Named questions, and any SPARQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cagraph import queries
from cagraph.answers import questions
from cagraph.api.opened import Opened

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from cagraph.rows import Rows


class Questions(Opened):
    """What is asked by name or in SPARQL."""

    def query(self, question: str, *, timeout: float = 60, **values: str) -> Rows | bool | list[Triple]:
        """Ask a named query with its parameters, or any SPARQL.

        >>> import cagraph
        >>> rows = cagraph.load().query("agreements-between", country="TJ", other="Belgium")
        >>> "tj-be-labour-memorandum-2025" in rows["id"]
        True

        Returns:
            Rows for SELECT, truth for ASK, triples for CONSTRUCT and DESCRIBE. The notes of rows
            name the terms that no vocabulary here has.

        Raises:
            cagraph.errors.UsageFault: if the SPARQL, a value or `timeout` is wrong.
            cagraph.errors.StoreFault: if there is no answer within `timeout` seconds.
        """
        return questions.answer(self._store, question, values, timeout).result

    def sparql(self, name: str) -> str:
        """Return the SPARQL of a named query; `cagraph queries NAME` on the command line.

        >>> import cagraph
        >>> "SELECT" in cagraph.load().sparql("partners")
        True
        """
        return queries.load(name).sparql

    def queries(self) -> Rows:
        """Return the named queries with their titles and parameters.

        >>> import cagraph
        >>> "partners" in cagraph.load().queries()["name"]
        True
        """
        return questions.listed()
