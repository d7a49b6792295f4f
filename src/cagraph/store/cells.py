"""RDF terms as the plain values of an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cagraph.iris import ID, PREFIXES, XSD

if TYPE_CHECKING:
    from pyoxigraph import BlankNode, Literal, NamedNode, Triple

    from cagraph.rows import Cell

    Term = NamedNode | BlankNode | Literal | Triple

_BY_BASE = {base: prefix for prefix, base in PREFIXES.items()}
_EXACT = 2**53
"""Whole numbers below this are exact as floating-point numbers."""
_NUMBERS = {XSD + name for name in ("integer", "decimal", "double", "float", "int", "long")}


def cell(term: Term | None) -> Cell:
    """Return a term of the engine as a plain value; an unbound variable is None."""
    kind = type(term).__name__
    if kind == "NamedNode":
        return shorten(term.value)  # type: ignore[union-attr]
    if kind == "Literal":
        return literal(term.value, term.datatype.value)  # type: ignore[union-attr]
    return None if term is None else str(term)


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
