"""The store: open it, ask it. On disk through pyoxigraph, or any SPARQL 1.1 endpoint.

Each question is asked of the union of all graphs; `GRAPH`
reaches the named ones, which are the evidence.
"""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Protocol

from cagraph import places
from cagraph.errors import QueryFault, StoreFault
from cagraph.rows import Cell, Rows
from cagraph.vocabulary import ID, PREFIXES, XSD

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, Store, Triple

    Term = NamedNode | BlankNode | Literal | Triple

_BY_BASE = {base: prefix for prefix, base in PREFIXES.items()}
_EXACT = 2**53
"""Whole numbers below this are exact as floating-point numbers."""
_DEEPEST = 500
"""Braces a question may have: the parser of the engine overruns its stack on thousands of nested ones."""
_NUMBERS = {XSD + name for name in ("integer", "decimal", "double", "float", "int", "long")}


class Graph(Protocol):
    """What every store can do, embedded or remote."""

    def query(self, sparql: str) -> Rows | bool | list[Triple]:
        """Return rows of a SELECT, the truth of an ASK, triples of a CONSTRUCT or DESCRIBE."""
        ...

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


class Embedded(Graph):
    """A compiled store in a folder, opened read-only."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def query(self, sparql: str) -> Rows | bool | list[Triple]:
        """Return rows of a SELECT, the truth of an ASK, triples of a CONSTRUCT or DESCRIBE.

        Raises:
            QueryFault: if it is no query, or asks another server.
            StoreFault: if the store cannot be read.
        """
        from pyoxigraph import QueryBoolean, QuerySolutions

        if "service" in sparql.lower() or "\\" in sparql:
            from cagraph.outside import refuse_outside

            refuse_outside(sparql)
        if sparql.count("{") > _DEEPEST:
            raise QueryFault(f"the question has more than {_DEEPEST} braces", "ask in several questions")
        try:
            answer = self._store.query(sparql, prefixes=PREFIXES, use_default_graph_as_union=True)
            if isinstance(answer, QuerySolutions):
                return _rows(answer)
            return bool(answer) if isinstance(answer, QueryBoolean) else list(answer)
        except SyntaxError as error:
            message = " ".join(str(error.msg or error).split())
            shown = message if len(message) < 160 else message[:157] + "..."  # noqa: PLR2004
            raise QueryFault(f"this is not SPARQL: {shown}", _pointer(sparql, message)) from None
        except UnicodeEncodeError:
            raise QueryFault("the question is not UTF-8", "save or type it in UTF-8") from None
        except (OSError, RuntimeError) as error:
            raise StoreFault(f"the store cannot be read: {error}", "run `cagraph build`") from None

    def size(self) -> int:
        """Return the number of quads."""
        return len(self._store)

    def quads(self) -> Iterator[Quad]:
        """Yield every quad of the store."""
        return iter(self._store)


def _pointer(sparql: str, message: str) -> str:
    """Return the line a syntax error points to, with a mark under the place."""
    place = re.search(r"(\d+):(\d+)", message)
    lines = sparql.splitlines()
    if not place or not 1 <= int(place[1]) <= len(lines):
        return ""
    return f"{lines[int(place[1]) - 1]}\n{' ' * (int(place[2]) - 1)}^"


def _rows(solutions: QuerySolutions) -> Rows:
    columns = tuple(variable.value for variable in solutions.variables)
    return Rows(columns, [tuple(_cell(term) for term in solution) for solution in solutions])


def _cell(term: Term | None) -> Cell:
    if term is None:
        return None
    datatype = getattr(term, "datatype", None)
    if datatype is not None:
        return literal(term.value, datatype.value)  # type: ignore[union-attr]
    value = getattr(term, "value", None)
    return shorten(value) if value else str(term)


def literal(text: str, datatype: str) -> Cell:
    """Return a literal as a plain Python value; a number that has none, such as INF, stays text.

    >>> literal("800.0", "http://www.w3.org/2001/XMLSchema#decimal")
    800
    """
    if datatype in _NUMBERS:
        return _number(text)
    return text in {"true", "1"} if datatype == XSD + "boolean" else text


def _number(text: str) -> int | float | str:
    try:
        return int(text)
    except ValueError:
        pass
    try:
        number = float(text)
    except ValueError:
        return text
    if number.is_integer() and abs(number) < _EXACT:
        return int(number)
    return number if abs(number) < float("inf") else text


def shorten(iri: str) -> str:
    """Return the id of a resource of ours, a prefixed name of a known vocabulary, else the IRI.

    >>> shorten("https://w3id.org/cagraph/id/tj"), shorten("http://purl.org/dc/terms/title")
    ('tj', 'dcterms:title')
    """
    if iri.startswith(ID):
        return iri[len(ID) :]
    cut = max(iri.rfind("#"), iri.rfind("/")) + 1
    prefix = _BY_BASE.get(iri[:cut])
    return f"{prefix}:{iri[cut:]}" if prefix else iri


def connect(where: str | None = None, *, say: bool = True) -> Graph:
    """Open the store that `where` or `CAGRAPH_STORE` names: an endpoint's URL, a folder, or ours.

    Our own is built first when it is missing or older than the data; `say` tells so on stderr.

    Raises:
        StoreFault: if the store cannot be opened or built.
        DataFault: if it had to be built and the data is wrong.
    """
    where = where or os.environ.get("CAGRAPH_STORE")
    if where and where.lower().startswith(("http://", "https://")):
        from cagraph.remote import Remote

        return Remote(where)
    if where:
        return embedded(where)
    current = places.compiled(places.state())
    try:
        return embedded(current or _built(say=say))
    except StoreFault:
        # Another process may have put a newer store in its place and taken this one away.
        renewed = places.compiled(places.state())
        if renewed in {None, current}:
            raise
        return embedded(str(renewed))


def _built(*, say: bool) -> str:
    from cagraph import compiler

    if say:
        print("cagraph: building the store, once for this data", file=sys.stderr)  # noqa: T201
    return compiler.compiled()


def embedded(folder: str) -> Embedded:
    """Open a compiled store.

    Raises:
        StoreFault: if the folder holds none that can be read.
    """
    from pyoxigraph import Store

    try:
        return Embedded(Store.read_only(folder))
    except (OSError, RuntimeError, ValueError) as error:
        raise StoreFault(f"{folder} is not a store that can be opened: {error}",
                         "run `cagraph build`, or name another with --store") from None  # fmt: skip
