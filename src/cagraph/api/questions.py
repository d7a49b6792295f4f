"""Named questions, and any SPARQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cagraph import formats, queries
from cagraph.answers import questions
from cagraph.api.opened import Opened
from cagraph.errors import UsageFault
from cagraph.rows import Rows
from cagraph.store.watch import Limits

if TYPE_CHECKING:
    from pyoxigraph import Triple


class Questions(Opened):
    """What is asked by name or in SPARQL."""

    def query(
        self, question: str, *, timeout: float = 60, memory: float = 4, limit: int = 0, **values: str
    ) -> Rows | bool | list[Triple]:
        """Ask a named query with its parameters, or any SPARQL.

        >>> import cagraph
        >>> rows = cagraph.load().query("agreements-between", country="TJ", other="Belgium")
        >>> "tj-be-labour-memorandum-2025" in rows["id"]
        True

        SPARQL from outside is answered by a process of its own, ended after `timeout` seconds or with
        `memory` gigabytes; a named query only stops to be waited for.

        Returns:
            Rows for SELECT, truth for ASK, triples for CONSTRUCT and DESCRIBE. The notes of rows
            name the terms that no vocabulary here has.

        Raises:
            cagraph.errors.UsageFault: if the SPARQL, a value, `timeout` or `memory` is wrong.
            cagraph.errors.StoreFault: if there is no answer within `timeout` seconds and `memory` gigabytes.
        """
        answer = questions.answer(self._store, question, values, Limits(timeout, memory)).result
        assert not isinstance(answer, str)  # noqa: S101 - text is what `results` asks for
        return answer.first(limit) if isinstance(answer, Rows) else answer

    def results(
        self, question: str, format_: str = "sparql-json", *, timeout: float = 60, memory: float = 4, **values: str
    ) -> str:
        """Ask the same for an answer to SELECT or ASK in a format of the W3C, which tells every term's kind.

        That is `sparql-json`, `sparql-xml`, `sparql-csv` or `sparql-tsv`; what else is to be said is in
        the notes of `query`.

        >>> import cagraph
        >>> cagraph.load().results("ASK { id:tj a ca:Country }")
        '{"head":{},"boolean":true}'

        Raises:
            cagraph.errors.UsageFault: as for `query`, and if there is no such format.
            cagraph.errors.StoreFault: if there is no answer within `timeout` seconds and `memory` gigabytes.
        """
        if format_ not in formats.RESULTS:
            raise UsageFault(f"{format_!r} is no format of results", f"choose one of {', '.join(formats.RESULTS)}")
        return str(questions.answer(self._store, question, values, Limits(timeout, memory), format_).result)

    def sparql(self, name: str) -> str:
        """Return the SPARQL of a named query; `cagraph queries NAME` on the command line.

        >>> import cagraph
        >>> "SELECT" in cagraph.load().sparql("partners")
        True
        """
        return queries.load(name).sparql

    def queries(self, limit: int = 0) -> Rows:
        """Return the named queries with their titles and parameters.

        >>> import cagraph
        >>> "partners" in cagraph.load().queries()["name"]
        True
        """
        return questions.listed().first(limit)
