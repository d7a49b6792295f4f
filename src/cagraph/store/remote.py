"""Any SPARQL 1.1 endpoint as the store, over the SPARQL protocol.

The endpoint must hold our quads and answer from the union of its graphs (see docs/endpoints.md).
"""

from __future__ import annotations

import http.client
import json
import urllib.error
import urllib.parse
import urllib.request
from typing import TYPE_CHECKING, Any

from cagraph.errors import QueryFault, StoreFault
from cagraph.iris import PREFIXES, XSD
from cagraph.rows import Rows
from cagraph.store import Store, guard
from cagraph.store.cells import literal, shorten

if TYPE_CHECKING:
    from pyoxigraph import Triple

    from cagraph.rows import Cell

_ACCEPT = "application/sparql-results+json, application/n-triples;q=0.9"
_CLIENT_ERROR = range(400, 500)


class Remote(Store):
    """A SPARQL 1.1 endpoint."""

    def __init__(self, url: str, timeout: float = 60) -> None:
        self.url, self.timeout = url, timeout

    def query(self, sparql: str) -> Rows | bool | list[Triple]:
        """Send a query; the common prefixes are declared on one line before it.

        Raises:
            QueryFault: if the endpoint refuses it, or it asks another server.
            StoreFault: if the endpoint cannot be reached, or answers with something else.
        """
        guard.refuse(sparql)
        prefixes = " ".join(f"PREFIX {name}: <{base}>" for name, base in PREFIXES.items())
        kind, body = self._post(f"{prefixes} {sparql}")
        if "n-triples" in kind or "text/plain" in kind:
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
            return Rows(columns, [tuple(_cell(one.get(name)) for name in columns) for one in bindings])
        except (ValueError, TypeError, KeyError, AttributeError):
            raise self._no_answer(kind) from None

    def _no_answer(self, kind: str) -> StoreFault:
        return StoreFault(f"{self.url} answered with {kind or 'something'}, not with SPARQL results",
                          "is it a SPARQL endpoint?")  # fmt: skip

    def _post(self, sparql: str) -> tuple[str, bytes]:
        try:
            data = urllib.parse.urlencode({"query": sparql}).encode()
            request = urllib.request.Request(self.url, data, {"Accept": _ACCEPT})  # noqa: S310 - checked by connect()
            with urllib.request.urlopen(request, timeout=self.timeout) as answer:  # noqa: S310
                return answer.headers.get("Content-Type", ""), answer.read()
        except urllib.error.HTTPError as error:
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


def _cell(binding: dict[str, str] | None) -> Cell:
    if binding is None:
        return None
    if binding["type"] == "uri":
        return shorten(binding["value"])
    return literal(binding["value"], binding.get("datatype", XSD + "string"))
