"""Named questions and any SPARQL: asked within limits, with a word on terms that the graph does not know."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cagraph import queries
from cagraph.answers import lookup
from cagraph.errors import UsageFault
from cagraph.iris import ID, PREFIXES
from cagraph.rows import Rows
from cagraph.store import guard
from cagraph.store.cells import shorten

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pyoxigraph import Triple

    from cagraph.store import Store

_BESIDE_NAMES = re.compile(
    r'"""(?:\\.|[^\\])*?"""|\'\'\'(?:\\.|[^\\])*?\'\'\'|"(?:\\.|[^"\\\n])*"|'
    r"'(?:\\.|[^'\\\n])*'|<[^<>\"{}|^`\\\s]*>|#[^\r\n]*|(\b[A-Za-z][\w-]*|):([\w-]*[\w])",
    re.DOTALL,
)
"""Strings, IRIs and comments, so that nothing in them is taken for a name; and prefixed names."""
_DECLARED = re.compile(r"\bPREFIX\s+([\w-]*):\s*<([^<>]*)>", re.IGNORECASE)
_BASES = tuple(base for name, base in PREFIXES.items() if name != "xsd")
"""The vocabularies that have a prefix here."""
_FUNCTIONS = ("http://www.w3.org/2001/XMLSchema#", "http://www.w3.org/2005/xpath-functions")
"""Datatypes and functions, which stand in no statement."""


class Answer(NamedTuple):
    """What a question gave, and what is to be said beside it."""

    result: Rows | bool | list[Triple] | str
    notes: tuple[str, ...]


def answer(store: Store, question: str, values: Mapping[str, str], timeout: float = 60, results: str = "") -> Answer:
    """Return the answer to a named question with its parameters, or to any SPARQL.

    Args:
        store: what is asked.
        question: the name of a question, or SPARQL.
        values: the parameters of a named question; things and countries by id or any name.
        timeout: seconds after which the answer is no longer waited for.
        results: one of `formats.RESULTS`, to have the answer as text in this format of the W3C.

    Raises:
        UsageFault: if the SPARQL, a value, `timeout` or the format is wrong.
        StoreFault: if there is no answer in time.
    """

    def ask(sparql: str) -> Rows | bool | list[Triple] | str:
        return store.results(sparql, results) if results else store.query(sparql)

    if not queries.is_sparql(question):
        named = queries.load(question)
        sparql = named.bind(lookup.parameters(store, named, values))
        return Answer(guard.within(timeout, lambda: ask(sparql)), ())
    if values:
        raise UsageFault("values go with a named query only", "write them into the SPARQL")
    result = guard.within(timeout, lambda: ask(question))
    notes = unknown_terms(store, question)
    return Answer(result.like(result.rows, *notes) if isinstance(result, Rows) else result, notes)


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
    return tuple(_sentence(store, name, lacking[name]) for name in missing)


def _iris(sparql: str) -> set[str]:
    """Return the IRIs in a question, written out or prefixed, that belong to the graph's vocabularies."""
    declared = PREFIXES | dict(_DECLARED.findall(sparql))
    body = _DECLARED.sub(" ", sparql)
    iris = set()
    for match in _BESIDE_NAMES.finditer(body):
        if match[0].startswith("<"):
            iris.add(match[0][1:-1])
        elif match[2] and match[1] in declared:
            iris.add(declared[match[1]] + match[2])
    return {iri for iri in iris if not iri.startswith(_FUNCTIONS) and re.fullmatch(r"\w+:[^\s<>\"{}|^`\\]+", iri)}


def _sentence(store: Store, name: str, iri: str) -> str:
    if iri.startswith(ID):
        return f"nothing has the id {name!r}: try `cagraph search`"
    if not iri.startswith(_BASES):
        return f"no statement here uses <{iri}>"
    from difflib import get_close_matches

    ours = "VALUES ?kind { owl:ObjectProperty owl:DatatypeProperty owl:Class } ?term a ?kind"
    terms = store.select(f"SELECT DISTINCT ?term WHERE {{ {{ {ours} }} UNION {{ ?shape sh:path ?term }} }}")
    near = get_close_matches(name, list(map(str, terms["term"])), 3)
    return f"no vocabulary here has {name}" + (f"; nearest: {', '.join(near)}" if near else "; see docs/ontology.md")
