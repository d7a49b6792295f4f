"""What is wrong with a question, told to people: the engine's own words are the state of its grammar."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cagraph.errors import QueryFault
from cagraph.iris import PREFIXES
from cagraph.store import grammar, misplaced, unclosed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cagraph.store.grammar import Piece

_UPDATES = ("insert", "delete", "load", "clear", "drop", "create", "add", "move", "copy", "with")
_FORMS = ("select", "ask", "construct", "describe")
_SHOWN = 160
"""Characters of a line that a message repeats."""
_AHEAD = 20
"""More than the longest keyword of the grammar: the engine reads so far ahead, and gives where it stopped."""
_MEANINGS = {
    "Duplicated variable name in SELECT": ("SELECT names a variable twice", "name it once, or rename one by AS"),
    "variable that is unbound": ("SELECT has a variable that is neither in GROUP BY nor inside an aggregate",
                                 "add it to GROUP BY, or take (SAMPLE(?x) AS ?y)"),
    "SELECT * is not authorized": ("SELECT * cannot go with GROUP BY or an aggregate", "name the variables"),
    "The query limit": ("LIMIT takes a whole number", "write for example LIMIT 10"),
    "The query offset": ("OFFSET takes a whole number", "write for example OFFSET 10"),
    "The VALUES clause rows": ("a row of VALUES has more or fewer values than there are variables",
                               "write UNDEF for a value that is left open"),
    "Repeated variables are not allowed in VALUES": ("VALUES names a variable twice", "name it once"),
    "BIND is overriding": ("BIND gives a value to a variable that has one already", "give it another name"),
    "Already used blank node": ("a blank node stands in two groups", "use a variable in its place"),
}  # fmt: skip
"""The engine's words for what is no matter of grammar -> ours, and the cure."""


_APART = {"*", "+", "/", "|", "!", "=", "!=", "<", ">", "<=", ">=", "&&", "||"}
"""Signs around which a space changes nothing; brackets and stops between them aside."""
_ANYWHERE = "http://undeclared.invalid/#"
"""What stands for a base or a prefix that is not declared, to see what else is wrong."""


def fault(sparql: str, shown: str = "") -> QueryFault | None:
    """Return what is wrong with the syntax of a question; None if nothing is, but for a word of ours in it.

    Args:
        sparql: what is looked at.
        shown: what the asker wrote, if that is another word of the same length here and there.
    """
    found = grammar.error(sparql)
    if found is None:
        return None
    shown = shown or sparql
    pieces = list(grammar.pieces(shown))
    words = [piece.text.lower() for piece in pieces]
    unasked = _unasked(pieces, words, shown)
    if unasked:
        return unasked
    lacking = _lacking(pieces, words)
    prefixes = PREFIXES | {piece.text.partition(":")[0]: _ANYWHERE for piece in lacking if piece.kind == "name"}
    place, said = _place(sparql, pieces, prefixes)
    end = len(shown.rstrip())
    before = [piece for piece in lacking if place is None or piece.start <= place]
    early = unclosed.first(pieces)
    early = early if early and (place is None or early.at <= place) else None
    early = unclosed.iri_at(pieces, shown, before[0].start if before else end if place is None else place) or early
    if early and not (before and before[0].start < early.at):
        return _at(shown, *early)
    if before:
        return _at(shown, before[0].start, *_told_lacking(before[0]))
    return _elsewhere(sparql, shown, pieces, end if place is None else place, f"{found.msg or found} {said}")


def _elsewhere(sparql: str, shown: str, pieces: Sequence[Piece], at: int, said: str) -> QueryFault | None:
    """Return what is wrong with a question of which the words, brackets and names are all right."""
    for words, (message, cure) in _MEANINGS.items():
        if words in said:
            return QueryFault(f"this is not SPARQL: {message}", cure)
    piece = next((piece for piece in pieces if piece.start == at), None)
    if piece and sparql[at : at + len(piece.text)] != piece.text:
        return None
    if (piece is None or piece.text in {"}", ")"}) and (twice := misplaced.given_twice(pieces)):
        return _at(
            shown,
            twice.start,
            f"{misplaced.short(twice.text)} has a value before AS gives it one",
            "give it another name",
        )
    return _at(shown, at, *_told(pieces, piece))


def lacking_function(error: Exception) -> QueryFault | None:
    """Return what is wrong with a question if the engine's error is that it lacks a function of it."""
    found = re.match("The custom function <(.*)> is not supported", str(error), re.DOTALL)
    if not found:
        return None
    return QueryFault(
        f"there is no function <{misplaced.short(found[1])}>", "use the functions of SPARQL 1.1 and of XML Schema"
    )


def _unasked(pieces: Sequence[Piece], words: Sequence[str], shown: str) -> QueryFault | None:
    """Return the refusal of what asks nothing: an empty text, comments alone, an update."""
    if not pieces:
        what = "it holds nothing but comments" if shown.strip() else "it is empty"
        return QueryFault(f"the question asks nothing: {what}", "write SELECT, ASK, CONSTRUCT or DESCRIBE")
    first = next((word for word in words if word in _FORMS + _UPDATES), "")
    if first in _UPDATES and not set(_FORMS) & set(words[: words.index(first)]):
        return QueryFault(f"{first.upper()} is refused: questions change nothing",
                          "curated facts stand in the data, see docs/curating.md")  # fmt: skip
    return None


def _lacking(pieces: Sequence[Piece], words: Sequence[str]) -> list[Piece]:
    """Return the names whose prefix is not declared, and the IRIs that lack a base."""
    declared, found, based = {*PREFIXES, "_"}, [], False
    for piece, before in zip(pieces, ["", *words], strict=False):
        prefix = piece.text.partition(":")[0]
        based = based or before == "base"
        if piece.kind == "name" and before == "prefix":
            declared.add(prefix)
        elif piece.kind == "name":
            found += [piece] if prefix not in declared else []
        elif piece.kind == "iri" and not based and not re.match("<[A-Za-z][A-Za-z0-9+.-]*:", piece.text):
            found.append(piece)
    return found


def _told_lacking(piece: Piece) -> tuple[str, str]:
    if piece.kind == "iri":
        return f"{misplaced.short(piece.text)} is a relative IRI, and the question has no BASE", \
            "write the whole IRI, or BASE <http://...> before the question"  # fmt: skip
    prefix = piece.text.partition(":")[0]
    return (
        f"the prefix {misplaced.short(prefix)}: is not declared",
        f"write PREFIX {misplaced.short(prefix)}: <http://...> before the question",
    )


def _place(sparql: str, pieces: Sequence[Piece], prefixes: Mapping[str, str]) -> tuple[int | None, str]:
    """Return where the first piece begins that cannot stand where it is, and the engine's words; None for the end.

    The engine tells how far it has read, and it reads ahead by the length of any keyword that it
    tries: so it is given the pieces far from one another.
    """
    text, ends, places = "", 0, []
    padded: list[str] = []
    length = 0
    for piece, before in zip(pieces, [None, *pieces], strict=False):
        space = sparql[ends : piece.start]
        apart = not before or space or _may_be_apart(before, piece)
        padded += [space, " " * _AHEAD if apart else "", sparql[piece.start : piece.start + len(piece.text)]]
        length += sum(map(len, padded[-3:]))
        if apart:
            places.append((length - len(piece.text), piece.start))
        ends = piece.start + len(piece.text)
    padded += [sparql[ends:], "\n", " " * _AHEAD]
    text = "".join(padded)
    found = grammar.error(text, prefixes, _ANYWHERE)
    if found is None:
        return None, ""
    said = str(found.msg or found)
    line, column = map(int, re.findall(r"\d+", said)[:2])
    at = sum(len(one) + 1 for one in text.split("\n")[: line - 1]) + column - 1
    # At the very end of the last piece it has not looked for more: that piece is wrong.
    if at >= length + len(sparql) - ends and at > length:
        return misplaced.too_many(sparql, pieces, prefixes, _ANYWHERE), said
    return max((start for there, start in places if there <= at), default=0), said


def _may_be_apart(before: Piece, piece: Piece) -> bool:
    """Tell whether a space may stand between two pieces, and leave both what they are."""
    if {piece.text, before.text} & set("(){}[],;"):
        return True
    return all(one.kind not in {"sign", "text"} or one.text in _APART for one in (before, piece))


def _told(pieces: Sequence[Piece], piece: Piece | None) -> tuple[str, str]:
    """Return what is wrong at a piece, or at the end, and the cure."""
    if piece is None:
        closing = unclosed.open_at_the_end(pieces)
        return "the question ends too early", f"close it by {closing}" if closing else ""
    if piece.text == ")" and misplaced.is_in_select(pieces, piece):
        return "what SELECT reckons has no name", "write AS and a variable before this bracket: (COUNT(?x) AS ?n)"
    if told := misplaced.lacks_a_word(pieces, piece):
        return told
    if piece.text.lower() == "distinct":
        return (
            "DISTINCT cannot stand here",
            "it goes after SELECT, and into COUNT and the other aggregates of SPARQL 1.1",
        )
    after = pieces[pieces.index(piece) + 1 :][:1]
    if piece.kind == "word" and after and after[0].text == "(":
        return f"{misplaced.short(piece.text)}(...) cannot stand here, with what stands in its brackets", \
            "is it a function of SPARQL 1.1, with the right number of arguments?"  # fmt: skip
    if piece.kind == "iri" or piece.text == "<":
        return "this is no IRI" if piece.kind == "iri" else "< begins no IRI here: one has no spaces and ends in >", ""
    return f"{misplaced.short(piece.text)} cannot stand here", ""


def _at(shown: str, at: int, message: str, cure: str) -> QueryFault:
    """Return the fault at a place, with the line and a mark under the place."""
    before = shown[:at].split("\n")
    column = len(before[-1])
    line = shown.split("\n")[len(before) - 1].replace("\t", " ").rstrip("\r")
    cut = max(0, column - _SHOWN // 2)
    part = line[cut : cut + _SHOWN]
    hint = f"{part}\n{' ' * (column - cut)}^" + (f"\n{cure}" if cure else "")
    return QueryFault(f"this is not SPARQL: line {len(before)}, column {column + 1}: {message}", hint)
