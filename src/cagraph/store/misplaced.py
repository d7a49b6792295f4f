"""Pieces of a question that lack a word beside them, or stand where another should."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from cagraph.store import grammar

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cagraph.store.grammar import Piece

_AGGREGATES = ("count", "sum", "min", "max", "avg", "sample", "group_concat")
_CLAUSES = ("order", "group", "having", "limit", "offset", "values")
_LAST = 10
"""Pieces at the end of a question of which one may be too many: each is one more reading of it."""
_LONGEST_NAME = 60


def too_many(sparql: str, pieces: Sequence[Piece], prefixes: Mapping[str, str], base: str) -> int | None:
    """Return where a piece begins that stands behind a whole question; None if there is none.

    The engine gives the end of the text as the place of most of these.
    """
    for piece in pieces[-_LAST:]:
        if piece.text.lower() not in _CLAUSES and grammar.error(sparql[: piece.start], prefixes, base) is None:
            return piece.start
    return None


def lacks_a_word(pieces: Sequence[Piece], piece: Piece) -> tuple[str, str] | None:
    """Return what is said if BY is missing before a piece, or AS and brackets around it."""
    at = pieces.index(piece)
    before = pieces[at - 1].text.upper() if at else ""
    if before in {"ORDER", "GROUP"}:
        return f"BY is missing after {before}", f"write {before} BY"
    if piece.text.lower() not in _AGGREGATES or not is_in_select(pieces, piece):
        return None
    inside = " ".join(takewhile(lambda text: text != ")", (one.text for one in pieces[at + 2 :])))
    return (
        f"{piece.text.upper()} cannot stand here without brackets and a name",
        f"write ({piece.text.upper()}({short(inside)}) AS ?n)",
    )


def given_twice(pieces: Sequence[Piece]) -> Piece | None:
    """Return the first variable that BIND or SELECT gives a value though it stands before."""
    seen: set[str] = set()
    for piece, before in zip(pieces, [None, *pieces], strict=False):
        if piece.kind == "variable":
            if before and before.text.lower() == "as" and piece.text[1:] in seen:
                return piece
            seen.add(piece.text[1:])
    return None


def is_in_select(pieces: Sequence[Piece], piece: Piece) -> bool:
    """Tell whether a piece stands between SELECT and its braces."""
    for before in reversed(pieces[: pieces.index(piece)]):
        if before.text in {"{", "}"} or before.text.lower() in {"where", "from"}:
            return False
        if before.text.lower() == "select":
            return True
    return False


def short(text: str) -> str:
    """Return a name as a message has it."""
    return text if len(text) <= _LONGEST_NAME else f"{text[:_LONGEST_NAME]}..."
