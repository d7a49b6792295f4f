"""Any SPARQL 1.1 endpoint as the store, over the SPARQL protocol.

The endpoint must hold our quads and answer from the union of its graphs (see docs/endpoints.md).
"""

from __future__ import annotations

import json
import urllib.error
import urllib.parse
import urllib.request
from typing import TYPE_CHECKING, Any

from cagraph.errors import QueryFault, StoreFault
from cagraph.rows import Cell, Rows
from cagraph.store import literal, refuse_outside, shorten
from cagraph.vocabulary import PREFIXES, XSD

if TYPE_CHECKING:
    from pyoxigraph import Triple

_ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9"
_CLIENT_ERROR = range(400, 500)


class Remote:
    """A SPARQL 1.1 endpoint."""

    def __init__(self, url: str, timeout: float = 60) -> None:
        self.url, self.timeout = url, timeout

    def select(self, sparql: str) -> Rows:
        """Return the rows of a SELECT query."""
        answer = self.query(sparql)
        if not isinstance(answer, Rows):
            raise QueryFault("this is not a SELECT query", "")
        return answer

    def query(self, sparql: str) -> Rows | bool | list[Triple]:
        """Send a query; the common prefixes are declared on one line before it."""
        refuse_outside(sparql)
        prefixes = " ".join(f"PREFIX {name}: <{base}>" for name, base in PREFIXES.items())
        kind, body = self._post(f"{prefixes} {sparql}")
        if "n-triples" in kind or "text/plain" in kind:
            from pyoxigraph import RdfFormat, Triple, parse

            found = parse(input=body, format=RdfFormat.N_TRIPLES)
            return [Triple(quad.subject, quad.predicate, quad.object) for quad in found]
        try:
            answer: dict[str, Any] = json.loads(body)
        except ValueError:
            raise StoreFault(f"{self.url} answered with {kind}, not JSON", "is it a SPARQL endpoint?") from None
        if "boolean" in answer:
            return bool(answer["boolean"])
        columns = tuple(answer["head"]["vars"])
        bindings = answer["results"]["bindings"]
        return Rows(columns, [tuple(_cell(one.get(name)) for name in columns) for one in bindings])

    def _post(self, sparql: str) -> tuple[str, bytes]:
        data = urllib.parse.urlencode({"query": sparql}).encode()
        request = urllib.request.Request(self.url, data, {"Accept": _ACCEPT})  # noqa: S310 - checked by connect()
        try:
            with urllib.request.urlopen(request, timeout=self.timeout) as answer:  # noqa: S310
                return answer.headers.get("Content-Type", ""), answer.read()
        except urllib.error.HTTPError as error:
            text = error.read(2000).decode(errors="replace").strip()
            fault = QueryFault if error.code in _CLIENT_ERROR else StoreFault
            raise fault(f"{self.url} answered {error.code}: {text}", "") from None
        except OSError as error:
            raise StoreFault(f"{self.url} cannot be reached: {error}", "check --store or CAGRAPH_STORE") from None


def _cell(binding: dict[str, str] | None) -> Cell:
    if binding is None:
        return None
    if binding["type"] == "uri":
        return shorten(binding["value"])
    return literal(binding["value"], binding.get("datatype", XSD + "string"))
