"""RDF terms as the plain values of an answer."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from cagraph.iris import ID, PREFIXES, XSD

if TYPE_CHECKING:
    from decimal import Decimal

    from pyoxigraph import BlankNode, Literal, NamedNode, Triple

    from cagraph.rows import Cell

    Term = NamedNode | BlankNode | Literal | Triple

_BY_BASE = {base: prefix for prefix, base in PREFIXES.items()}
_WHOLE = {
    XSD + name
    for name in (
        "integer", "long", "int", "short", "byte", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte",
        "nonNegativeInteger", "nonPositiveInteger", "positiveInteger", "negativeInteger",
    )
}  # fmt: skip
_EXACT = {*_WHOLE, XSD + "decimal"}
_FLOATING = {XSD + "double", XSD + "float"}
_WHOLE_FLOATS = 2**53
"""Whole numbers below this are exact as floating-point numbers."""
_FLOAT_DIGITS = 15
"""A decimal number of so many digits is the same after it was a floating-point number; a longer one may not be."""
_LONGEST = 4000
"""Digits of the longest whole number that Python reads without being told to."""
_BOOLEANS = {"true": True, "1": True, "false": False, "0": False}


def cell(term: Term | None) -> Cell:
    """Return a term of the engine as a plain value; an unbound variable is None."""
    kind = type(term).__name__
    if kind == "NamedNode":
        return shorten(term.value)  # type: ignore[union-attr]
    if kind == "Literal":
        return literal(term.value, term.datatype.value)  # type: ignore[union-attr]
    return None if term is None else str(term)


def literal(text: str, datatype: str) -> Cell:
    """Return a literal as a plain Python value; one that has none, such as INF or a wrong number, stays text.

    A decimal number is never rounded: it is whole, a float that is written with the same digits, or a Decimal.

    >>> literal("800.0", "http://www.w3.org/2001/XMLSchema#decimal")
    800
    >>> literal("12345678901234567.89", "http://www.w3.org/2001/XMLSchema#decimal")
    Decimal('12345678901234567.89')
    """
    if datatype in _EXACT:
        return _exact(text, whole=datatype in _WHOLE)
    if datatype in _FLOATING:
        return _floating(text)
    return _BOOLEANS.get(text, text) if datatype == XSD + "boolean" else text


def _exact(text: str, *, whole: bool) -> int | float | Decimal | str:
    sign, digits = (text[:1], text[1:]) if text.startswith(("+", "-")) else ("", text)
    before, point, behind = digits.partition(".")
    if not (before + behind).isdigit() or not digits.isascii() or (whole and point):
        return text
    behind = behind.rstrip("0")
    if not behind and len(before) <= _LONGEST:
        return int(f"{sign}{before or 0}")
    if len(before) + len(behind) <= _FLOAT_DIGITS:
        number = float(text)
        if "e" not in repr(number):
            return number
    from decimal import Decimal

    return Decimal(f"{sign}{before}.{behind}" if behind else f"{sign}{before}")


def _floating(text: str) -> int | float | str:
    try:
        number = float(text) if text.isascii() and "_" not in text else float("nan")
    except ValueError:
        return text
    if number.is_integer() and abs(number) < _WHOLE_FLOATS:
        return int(number)
    return number if abs(number) < float("inf") else text


def in_step(rows: list[tuple[Cell, ...]]) -> list[tuple[Cell, ...]]:
    """Return rows in which no column has both floats and Decimals, which cannot be added up.

    Where there is a Decimal, the floats become Decimals of the same digits.
    """
    if "decimal" not in sys.modules:  # then there can be none, and few answers have one
        return rows
    from decimal import Decimal

    mixed = {at for row in rows for at, one in enumerate(row) if type(one) is Decimal}
    if not mixed:
        return rows
    return [
        tuple(Decimal(repr(one)) if at in mixed and type(one) is float else one for at, one in enumerate(row))
        for row in rows
    ]


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
