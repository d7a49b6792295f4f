"""Texts, brackets and IRIs of a question that do not end as they should."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cagraph.store.grammar import Piece

_PAIRS = {"}": "{", ")": "(", "]": "["}
_CLOSING = {opening: closing for closing, opening in _PAIRS.items()}


class Unclosed(NamedTuple):
    """Where something does not end, what is said of it, and the cure."""

    at: int
    message: str
    cure: str


def first(pieces: Sequence[Piece]) -> Unclosed | None:
    """Return the first text that does not end, or bracket that closes nothing, whichever is first."""
    opened: list[Piece] = []
    for piece in pieces:
        if piece.kind == "text" and (sign := lacking_end(piece.text)):
            return Unclosed(piece.start, "the text that begins here does not end", f"close it by {sign}")
        if piece.kind != "sign" or piece.text not in {*_PAIRS, *_CLOSING}:
            continue
        if piece.text in _CLOSING:
            opened.append(piece)
        elif not opened:
            return Unclosed(piece.start, f"{piece.text} closes nothing", "take it away, or open it before")
        elif opened.pop().text != _PAIRS[piece.text]:
            opening = _PAIRS[piece.text]
            return Unclosed(piece.start, f"{piece.text} closes no {opening}: another bracket is open",
                            "close that one first")  # fmt: skip
    return None


def open_at_the_end(pieces: Sequence[Piece]) -> str:
    """Return what would close the innermost bracket that is open at the end; empty if none is."""
    opened = ""
    for piece in pieces:
        if piece.kind == "sign" and piece.text in _CLOSING:
            opened += piece.text
        elif piece.kind == "sign" and piece.text in _PAIRS:
            opened = opened[:-1]
    return _CLOSING[opened[-1]] if opened else ""


def lacking_end(text: str) -> str:
    """Return the sign that should have ended a text; empty if it stands there."""
    sign = text[:3] if text[:3] in {'"""', "'''"} else text[0]
    if sign != text[0] or text[:2] != text[0] * 2:
        ends = re.fullmatch(rf"{sign}(?:\\.|[^\\])*{sign}(?:@[\w-]+)?", text, re.DOTALL)
        return "" if ends else sign
    return ""


def iri_at(pieces: Sequence[Piece], sparql: str, at: int) -> Unclosed | None:
    """Return the `<...>` around a place, if a sign in it keeps it from being an IRI."""
    for piece in pieces:
        if piece.start > at:
            return None
        if piece.text != "<":
            continue
        found = re.compile(r"<([^<>\s?$=\"'][^<>\r\n]*)>").match(sparql, piece.start)
        if found and at < found.end():
            sign = re.search(r"[\s{}|^`\\\"]", found[1])
            told = {" ": "a space", "\t": "a space"}.get(sign[0], sign[0]) if sign else "what none may hold"
            return Unclosed(piece.start, f"this is no IRI: it holds {told}", "write such signs with % and their code")
    return None
