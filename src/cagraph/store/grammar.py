"""What the engine's own grammar makes of a question, told without answering it."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from cagraph.iris import PREFIXES
from cagraph.store.stack import on_wide_stack

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyoxigraph

_PIECES = (
    r'(?P<text>(?:"""(?:\\.|[^\\])*?(?:"""|\Z)|\'\'\'(?:\\.|[^\\])*?(?:\'\'\'|\Z)|"(?:\\.|[^"\\\r\n])*(?:"|(?=[\r\n])|\\?\Z)|'
    r"'(?:\\.|[^'\\\r\n])*(?:'|(?=[\r\n])|\\?\Z))(?:@[A-Za-z][\w-]*)?)|"
    r"(?P<iri><(?:[^<>\"{}|^`\\\s]|\\u[\dA-Fa-f]{4}|\\U[\dA-Fa-f]{8})*>)|(?P<comment>#[^\r\n]*)|"
    r"(?P<variable>[?$]\w+)|(?P<name>(?:[^\W\d_][\w.-]{0,200}|_)?:(?:[\w:%-]|\\.|\.(?=[\w:%.-]))*)|"
    r"(?P<number>[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]?\d+)?)|(?P<word>\w+)|"
    r"(?P<sign>\^\^|&&|\|\||[<>!]=|<<\(?|\)?>>|\{\||\|\}|\S)"
)


class Piece(NamedTuple):
    """A word, name, sign or other piece of a question."""

    kind: str
    text: str
    start: int


def pieces(sparql: str) -> Iterator[Piece]:
    """Yield the pieces of a question but for comments, for messages about it.

    A text that does not end reaches to the end of its line, and a long one to that of the question: so
    no piece is looked at twice, however hostile. A `<` may begin an IRI or be a comparison: only the
    grammar knows, so what must hold is not decided by these.
    """
    # Not compiled beforehand: few questions come here, and every lookup would pay for it.
    for found in re.finditer(_PIECES, sparql, re.DOTALL):
        if found.lastgroup != "comment":
            yield Piece(str(found.lastgroup), found[0], found.start())


def error(sparql: str, prefixes: Mapping[str, str] = PREFIXES, base: str | None = None) -> SyntaxError | None:
    """Return what the engine finds wrong with the syntax of a question, which it does not answer.

    Raises:
        UnicodeEncodeError: if it is not UTF-8.
    """
    return on_wide_stack(len(sparql), lambda: _error(sparql, prefixes, base))


def _error(sparql: str, prefixes: Mapping[str, str], base: str | None) -> SyntaxError | None:
    from pyoxigraph import Literal, Variable

    # The engine refuses to put a value in place of a variable that the question lacks, and does so
    # after it has parsed the question and before it answers: ASK would be answered at once.
    lacking = "nowhere"
    while lacking in sparql:
        lacking += "x"
    try:
        _nothing().query(sparql, prefixes=dict(prefixes), base_iri=base, substitutions={Variable(lacking): Literal("")})
    except SyntaxError as found:
        return found
    except RuntimeError:
        return None
    return None


@cache
def _nothing() -> pyoxigraph.Store:
    from pyoxigraph import Store

    return Store()


def uses(keyword: str, sparql: str) -> bool:
    """Tell whether a keyword, in lower case, may be one in a question, not part of a text, an IRI or a name.

    Everywhere else any other word is as good: if the question is legal with another, it is no keyword.
    """
    return keyword in sparql.lower() and error(without(keyword, sparql)) is not None


def without(keyword: str, sparql: str) -> str:
    """Return a question with another word of the same length in place of one, whatever its case."""

    def changed(found: re.Match[str]) -> str:
        return f"{found[0][:-2]}{'Q' if found[0][-2].isupper() else 'q'}{found[0][-1]}"

    return re.sub(keyword, changed, sparql, flags=re.IGNORECASE)
