"""Named questions and any SPARQL: asked within limits, with a word on terms that the graph does not know."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from cagraph import queries
from cagraph.answers import lookup
from cagraph.errors import UsageFault
from cagraph.iris import ID, PREFIXES
from cagraph.rows import Rows
from cagraph.store import grammar, guard, watch
from cagraph.store.cells import shorten
from cagraph.store.watch import USUAL, Limits

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import Triple

    from cagraph.store import Store

_MOST = 10
"""Unknown terms that are named; each is looked for among all of ours."""
_LONGEST_NAME = 200
_BASES = tuple(base for name, base in PREFIXES.items() if name != "xsd")
"""The vocabularies that have a prefix here."""
_FUNCTIONS = ("http://www.w3.org/2001/XMLSchema#", "http://www.w3.org/2005/xpath-functions")
"""Datatypes and functions, which stand in no statement."""


class Answer(NamedTuple):
    """What a question gave, and what is to be said beside it."""

    result: Rows | bool | list[Triple] | str
    notes: tuple[str, ...]


def answer(store: Store, question: str, values: Mapping[str, str], limits: Limits = USUAL, results: str = "") -> Answer:
    """Return the answer to a named question with its parameters, or to any SPARQL.

    SPARQL from outside is answered in a process of its own, which is ended when it takes too much: the
    engine cannot be stopped otherwise. It opens the store's folder, or has a copy of a store in memory; an
    endpoint has limits of its own.

    Args:
        store: what is asked.
        question: the name of a question, or SPARQL.
        values: the parameters of a named question; things and countries by id or any name.
        limits: what the answer may take.
        results: one of `formats.RESULTS`, to have the answer as text in this format of the W3C.

    Raises:
        UsageFault: if the SPARQL, a value, a limit or the format is wrong.
        StoreFault: if there is no answer within the limits.
    """
    limits.checked()
    arguments = ("results", question, results) if results else ("query", question)
    if not queries.is_sparql(question):
        named = queries.load(question)
        sparql = named.bind(lookup.parameters(store, named, values))
        return Answer(_here(store, limits, arguments[0], sparql, *arguments[2:]), ())
    if values:
        raise UsageFault("values go with a named query only", "write them into the SPARQL")
    guard.refuse_too_long(question)
    workers = store.apart()
    result: Any = workers.ask(limits, *arguments) if workers else _here(store, limits, *arguments)
    notes = unknown_terms(store, question)
    return Answer(result.like(result.rows, *notes) if isinstance(result, Rows) else result, notes)


def _here(store: Store, limits: Limits, method: str, *arguments: str) -> Any:  # noqa: ANN401 - what that method returns
    """Return what a method of a store gives, asked in this process."""
    if watch.is_armed():
        with watch.limited(limits):
            return getattr(store, method)(*arguments)
    return watch.within(limits.seconds, lambda: getattr(store, method)(*arguments))


def listed() -> Rows:
    """Return the named questions, with title and parameters; optional ones end in a question mark."""
    questions = [queries.load(name) for name in queries.names()]
    rows = [(q.name, q.title, tuple(f"{p.name}{'?' if p.optional else ''}" for p in q.parameters)) for q in questions]
    return Rows(("name", "title", "parameters"), rows)


def unknown_terms(store: Store, sparql: str) -> tuple[str, ...]:
    """Return a sentence for each term of our vocabularies and each id in a question that the graph lacks."""
    iris = _iris(sparql)
    if not iris:
        return ()
    terms = " ".join(f"<{iri}>" for iri in sorted(iris))
    known = store.select(
        f"SELECT DISTINCT ?iri WHERE {{ VALUES ?iri {{ {terms} }} "
        "FILTER(EXISTS { ?iri ?p ?o } || EXISTS { ?s ?iri ?o } || EXISTS { ?s ?p ?iri }) }"
    )
    lacking = {shorten(iri): iri for iri in iris}
    missing = sorted(lacking.keys() - set(map(str, known["iri"])))
    more = (f"{len(missing) - _MOST:,} more terms are not in the graph",) if len(missing) > _MOST else ()
    return tuple(_sentence(store, name, lacking[name]) for name in missing[:_MOST]) + more


def _iris(sparql: str) -> set[str]:
    """Return the IRIs in a question, written out or prefixed, that may belong to the graph's vocabularies."""
    declared, iris = dict(PREFIXES), set()
    first = second = ""
    for piece in grammar.pieces(sparql):
        if piece.kind == "iri" and first == "prefix":
            declared[second.removesuffix(":")] = piece.text[1:-1]
        elif piece.kind == "iri" and second.lower() != "base":
            iris.add(piece.text[1:-1])
        elif piece.kind == "name" and second.lower() != "prefix":
            prefix, _, name = piece.text.partition(":")
            if prefix in declared and name:
                iris.add(declared[prefix] + name)
        first, second = second.lower(), piece.text
    return {iri for iri in iris if not iri.startswith(_FUNCTIONS) and re.fullmatch(r"\w+:[^\s<>\"{}|^`\\]+", iri)}


def _sentence(store: Store, name: str, iri: str) -> str:
    if iri.startswith(ID):
        name = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME]}..."
        return f"nothing has the id {name!r}: try `cagraph search`"
    if not iri.startswith(_BASES):
        return f"no statement here uses <{iri if len(iri) <= _LONGEST_NAME else f'{iri[:_LONGEST_NAME]}...'}>"
    if len(name) > _LONGEST_NAME:
        return f"no vocabulary here has {name[:_LONGEST_NAME]}...; see docs/ontology.md"
    from difflib import get_close_matches

    ours = "VALUES ?kind { owl:ObjectProperty owl:DatatypeProperty owl:Class } ?term a ?kind"
    terms = store.select(f"SELECT DISTINCT ?term WHERE {{ {{ {ours} }} UNION {{ ?shape sh:path ?term }} }}")
    near = get_close_matches(name, list(map(str, terms["term"])), 3)
    return f"no vocabulary here has {name}" + (f"; nearest: {', '.join(near)}" if near else "; see docs/ontology.md")
