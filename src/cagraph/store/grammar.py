"""What the engine's own grammar makes of a question, told without answering it."""

from __future__ import annotations

import re
from functools import cache
from itertools import product
from string import ascii_lowercase
from typing import TYPE_CHECKING, NamedTuple

from cagraph.iris import PREFIXES
from cagraph.store.escapes import decoded
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

_UNLIKE = "qxzjk"
"""The second letter of a word that is to be no keyword: none has one of these there."""


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
    if keyword not in sparql.lower():
        return False
    other = without(keyword, sparql)
    return other is None or error(other) is not None


def without(keyword: str, sparql: str) -> str | None:
    r"""Return a question with a word in place of another, of as many letters; each letter keeps its case.

    The word stands nowhere in the question in any case, escaped or not: it could be a name there that
    a prefix declares, or a variable. Its ends are those of the keyword, as `\f` in a text is an escape.
    None is returned if all such words stand there.

    Args:
        keyword: what is replaced, in lower case; its case is that of ASCII, as the grammar has it.
        sparql: the question.
    """
    first, last = keyword[0], keyword[-1]
    like = f"(?=({first}[{_UNLIKE}][a-z]{{{len(keyword) - 3}}}{last}))"
    taken = {word for text in (sparql, decoded(sparql)) for word in re.findall(like, text.lower())}
    middles = product(_UNLIKE, *[ascii_lowercase] * (len(keyword) - 3))
    other = next((word for middle in middles if (word := f"{first}{''.join(middle)}{last}") not in taken), None)
    if other is None:
        return None

    def changed(found: re.Match[str]) -> str:
        pairs = zip(found[0], str(other), strict=True)
        return "".join(letter.upper() if before.isupper() else letter for before, letter in pairs)

    return re.sub(keyword, changed, sparql, flags=re.IGNORECASE | re.ASCII)
