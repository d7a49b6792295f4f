"""The dataset that a question names by FROM and FROM NAMED, read with rdflib's parser of SPARQL 1.1."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from cagraph.errors import QueryFault
from cagraph.iris import ID, PREFIXES
from cagraph.store import guard

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

DECLARED = " ".join(f"PREFIX {name}: <{base}>" for name, base in PREFIXES.items())
"""The common prefixes, on one line: an error's line is then that of the question."""


class Dataset(NamedTuple):
    """Names of graphs, as often and in the order that the question has them."""

    default: tuple[str, ...]
    """FROM: their statements, merged, are what is asked."""
    named: tuple[str, ...]
    """FROM NAMED: what GRAPH reaches."""


def named_in(sparql: str) -> Dataset | None:
    """Return the dataset that a question names, if it names one.

    Raises:
        QueryFault: if it has a FROM and is not SPARQL 1.1, so that its graphs cannot be told.
    """
    if not guard.mentions("from", sparql):
        return None
    # rdflib costs a lookup five times its own time: only a question with the word comes here.
    from pyparsing import ParseBaseException
    from rdflib.plugins.sparql.parser import parseQuery

    try:
        prologue, body = parseQuery(f"{DECLARED} {sparql}")
        resolve = _resolver(prologue)
        clauses = [(name, resolve(clause[name])) for clause in body.datasetClause or () for name in clause]
    except (ParseBaseException, ValueError, KeyError, RecursionError) as error:
        raise QueryFault("the graphs that FROM names cannot be told: the question goes beyond SPARQL 1.1, or too deep",
                         "leave out FROM, or what is beyond SPARQL 1.1, such as LATERAL") from error  # fmt: skip
    if not clauses:
        return None
    default, named = ([iri for name, iri in clauses if name == which] for which in ("default", "named"))
    return Dataset(tuple(default), tuple(named))


def _resolver(prologue: Iterable[Any]) -> Callable[[Any], str]:
    """Return a function that gives the full IRI of a name, as the prologue of the question has it.

    Not by rdflib's own namespaces: there a second prefix for one base unbinds the first.
    """
    from rdflib import URIRef

    base = ""
    prefixes: dict[str, str] = {}

    def resolve(name: Any) -> str:  # noqa: ANN401 - rdflib's parse tree has no types
        if isinstance(name, URIRef):
            return str(URIRef(name, base=base))
        return prefixes[str(name.get("prefix") or "")] + re.sub(r"\\(.)", r"\1", name.get("localname") or "")

    for declaration in prologue:
        iri = resolve(declaration.iri)
        if declaration.name == "Base":
            base = iri
        else:
            prefixes[declaration.get("prefix") or ""] = iri
    return resolve


def refusal(graph: str) -> QueryFault:
    """Return the refusal of a graph that the store does not hold."""
    shown = f"id:{graph.removeprefix(ID)}" if graph.startswith(ID) else f"<{graph}>"
    return QueryFault(f"the store holds no graph {shown}",
                      "a graph is a piece of evidence, as `cagraph evidence THING` lists them; "
                      "without FROM, every statement is asked")  # fmt: skip
