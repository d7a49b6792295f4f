"""Any SPARQL 1.1 endpoint as the store, over the SPARQL protocol.

The endpoint must hold our quads, and is probed once for what it makes of its default graph (see
docs/endpoints.md).
"""

from __future__ import annotations

import http.client
import json
import re
import urllib.error
import urllib.parse
import urllib.request
from typing import TYPE_CHECKING, Any

from cagraph import formats
from cagraph.errors import QueryFault, StoreFault
from cagraph.iris import XSD
from cagraph.rows import Rows
from cagraph.store import Store, datasets, guard, probing
from cagraph.store.cells import in_step, literal, shorten

if TYPE_CHECKING:
    from email.message import Message

    from pyoxigraph import Triple

    from cagraph.rows import Cell

_PROLOGUE = r"(?:\s|#[^\r\n]*|BASE\s*<[^>]*>|PREFIX[^:]*:\s*<[^>]*>)*"
_ROWS, _TRIPLES = "application/sparql-results+json", "application/n-triples"
_CLIENT_ERROR = range(400, 500)
_VIRTUOSO_ASK = ("__ASK_RETVAL",)
"""The column of one row or none in which Virtuoso answers ASK."""


class Remote(Store):
    """A SPARQL 1.1 endpoint."""

    def __init__(self, url: str, timeout: float = 60) -> None:
        self.url, self.timeout = url, timeout
        self._default_graph: str | None = None
        """What the probe found; None before it."""

    def query(self, sparql: str) -> Rows | bool | list[Triple]:
        """Send a query; the common prefixes are declared on one line before it.

        Raises:
            QueryFault: if the endpoint refuses it, it asks another server, or its FROM is not obeyed.
            StoreFault: if the endpoint cannot be reached, answers with something else or in part, or
                counts a statement more than once.
        """
        return self.send(sparql, self._graph(sparql))

    def results(self, sparql: str, format_: str) -> str:
        """Return the answer to a SELECT or ASK in a format of the W3C: the endpoint's terms, written by our engine.

        Raises:
            QueryFault: if the endpoint refuses it, it asks another server, or its FROM is not obeyed.
            UsageFault: if it is another form of query, or there is no such format.
            StoreFault: as for `query`.
        """
        from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results

        kind, body = self._post(f"{datasets.DECLARED} {sparql}", self._graph(sparql))
        if _is_triples(kind):
            raise formats.not_results(format_)
        try:
            found = parse_query_results(body, format=QueryResultsFormat.JSON)
            if isinstance(found, QuerySolutions) and tuple(v.value for v in found.variables) == _VIRTUOSO_ASK:
                truth = json.dumps({"head": {}, "boolean": any(True for _ in found)})
                found = parse_query_results(truth, format=QueryResultsFormat.JSON)
            return formats.results(found, format_)
        except (SyntaxError, ValueError):
            raise self._no_answer(kind) from None

    def _graph(self, sparql: str) -> str:
        """Return the name of the default graph that must go with a question; refuse what would be answered wrongly."""
        guard.refuse(sparql)
        if self._default_graph is None:
            self._default_graph = probing.default_graph(self)
        try:
            dataset = datasets.named_in(sparql)
        except QueryFault:
            self.send(sparql)  # if it is wrong, the endpoint says where
            raise
        if dataset:
            probing.refuse_disobeyed(self, sparql, dataset)
            return ""
        if self._default_graph:
            probing.refuse_fixed_graph(sparql)
        return self._default_graph

    def send(self, sparql: str, default_graph: str = "") -> Rows | bool | list[Triple]:
        """Send a query as it stands, to the default graph of this name where one is given.

        Raises:
            QueryFault: if the endpoint refuses it.
            StoreFault: if the endpoint cannot be reached, or answers with something else or in part.
        """
        kind, body = self._post(f"{datasets.DECLARED} {sparql}", default_graph)
        if _is_triples(kind):
            from pyoxigraph import RdfFormat, Triple, parse

            try:
                found = list(parse(input=body, format=RdfFormat.N_TRIPLES))
            except SyntaxError:
                raise self._no_answer(kind) from None
            return [Triple(quad.subject, quad.predicate, quad.object) for quad in found]
        try:
            answer: dict[str, Any] = json.loads(body)
            if "boolean" in answer:
                return bool(answer["boolean"])
            columns = tuple(answer["head"]["vars"])
            bindings = answer["results"]["bindings"]
            if columns == _VIRTUOSO_ASK:
                return bool(bindings)
            return Rows(columns, in_step([tuple(_cell(one.get(name)) for name in columns) for one in bindings]))
        except (ValueError, TypeError, KeyError, AttributeError):
            raise self._no_answer(kind) from None

    def _no_answer(self, kind: str) -> StoreFault:
        return StoreFault(f"{self.url} answered with {kind or 'something'}, not with SPARQL results",
                          "is it a SPARQL endpoint?")  # fmt: skip

    def _post(self, sparql: str, default_graph: str) -> tuple[str, bytes]:
        fields = {"query": sparql} | ({"default-graph-uri": default_graph} if default_graph else {})
        try:
            data = urllib.parse.urlencode(fields).encode()
            request = urllib.request.Request(self.url, data, {"Accept": _accept(sparql)})  # noqa: S310 - checked by connect()
            with urllib.request.urlopen(request, timeout=self.timeout) as answer:  # noqa: S310
                self._refuse_part(answer.headers)
                return answer.headers.get("Content-Type", ""), answer.read()
        except urllib.error.HTTPError as error:
            with error:
                text = error.read(2000).decode(errors="replace").strip()
            fault = QueryFault if error.code in _CLIENT_ERROR else StoreFault
            raise fault(f"{self.url} answered {error.code}: {text}", "") from None
        except UnicodeEncodeError:
            raise QueryFault("the question is not UTF-8", "save or type it in UTF-8") from None
        except (OSError, ValueError, http.client.HTTPException) as error:
            if isinstance(getattr(error, "reason", error), TimeoutError):
                raise StoreFault(f"{self.url} gave no answer within {self.timeout:g} seconds",
                                 "narrow the question") from None  # fmt: skip
            raise StoreFault(f"{self.url} cannot be reached: {error}", "check --store or CAGRAPH_STORE") from None

    def _refuse_part(self, headers: Message) -> None:
        """Refuse an answer that Virtuoso cut short: it calls that a success, and says so in a header."""
        if headers.get("X-SQL-State") == "S1TAT":
            raise StoreFault(f"{self.url} ran out of time and answered in part",
                             "narrow the question, or raise MaxQueryExecutionTime of the endpoint")  # fmt: skip
        if rows := headers.get("X-SPARQL-MaxRows"):
            raise StoreFault(f"{self.url} cut its answer at {rows} rows",
                             "raise ResultSetMaxRows of the endpoint, or ask for less")  # fmt: skip


def _is_triples(kind: str) -> bool:
    return "n-triples" in kind or "text/plain" in kind


def _accept(sparql: str) -> str:
    """Return the media type that goes with the form of a query: Virtuoso writes any answer in any type."""
    after = re.sub(f"^{_PROLOGUE}", "", sparql, flags=re.IGNORECASE)
    return _TRIPLES if after[:9].lower().startswith(("construct", "describe")) else _ROWS


def _cell(binding: dict[str, str] | None) -> Cell:
    if binding is None:
        return None
    if binding["type"] == "uri":
        return shorten(binding["value"])
    return literal(binding["value"], binding.get("datatype", XSD + "string"))
