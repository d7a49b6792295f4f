"""Normalised words: what of a text its fingerprint sees, whatever the rendition.

A word is what stands between white space, in NFKC and case-folded: its letters and digits, and the
signs that make a number or date what it is. Those are the signs between two letters or digits of
which one is a digit (2.5, 2020-2021, 477-iv), a sign or currency before a number, and a percent,
degree, plus or currency sign behind it. Signs that stand apart between two numbers belong to the
word before them (2020 - 2021). All dashes are one sign, and all quotation marks. Markup goes first;
a word hyphenated at the end of a line is one word.

Time and memory are linear in the text, whatever it holds: no pattern goes back over more than it
has just read, and a run of signs is read from its start only.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from array import array
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple, overload

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

VERSION = 2
"""Version of these rules. It stands before every fingerprint; 1 saw letters and digits alone, so that
2.5 was 25."""

_GLUE = "\0"
_GLUED = re.compile(
    r"<sup>[^<A-Za-z\d]*+\d[^<A-Za-z]*+</sup>"  # a footnote mark, number and all
    r"|</?(?:a|b|em|i|mark|span|strong|sub|sup|u)\b[^<>]*+>"  # marks inside a line
    r"|\]\([^()\s]*+(?:\([^()\s]*+\)[^()\s]*+)*+\)"  # the address of a Markdown link
    r"|(?<=\d[-\u2010-\u2015])[ \t]*\n\s*(?=\w)"  # a number broken at the end of a line,
    r"|(?<=\w[-\u2010-\u2015])[ \t]*\n\s*(?=\d)"  # whose dash is part of it
    r"|(?<=[^\W\d])[-\u2010\u00ad][^\S\n]*\n\s*(?=[^\W\d])"  # a word broken at the end of a line
    r"|(?<=\w)\u00ad[^\S\n]*\n\s*(?=\w)"  # or a number, by a hyphen that is no part of it
    r"|(?<=\d)\s+(?=[%‰])"  # 5 % is 5%
    r"|(?<=[$€£¥₽₸])\s+(?=\d)"  # $ 5 is $5
    r"|(?<=\d)\s+(?=[$€£¥₽₸](?!\s?\d))"  # and 5 $ is 5$
    r"|\\(?=[^\w\s])",  # the backslash of a Markdown escape
    re.IGNORECASE,
)
_SPACED = re.compile(
    r"</?(?:br|div|hr|img|li|ol|p|table|td|th|tr|ul)\b[^<>]*+>|\||(?<![-*_=])[-*_=]{3,}(?!\w)",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"\S+")
_BEFORE = frozenset("+-±<>≤≥~≈=")
_BEHIND = frozenset("%‰°+")
_RUN = re.compile(r"[^\W_]+|[\W_]+")
_MARK = re.compile(r"\0|(?<!\d)[*_`#\\]|[*_`#\\](?!\d)")
"""A mark of markup; alone between two digits it is none."""
_PIECE = 1 << 16
"""Signs of a long token that are looked at together: single ones in a list take ten times the memory of the text."""
_MOST_MARKS = 30
"""Marks over one letter that count: the stream-safe form of Unicode. Ordering more takes the square of the time."""


class Word(NamedTuple):
    """A normalised word, and where it stands."""

    text: str
    offset: int
    """Characters of the text before it."""
    sign: str = ""
    """What stands between it and the next one, where both are numbers there."""


class Words(Sequence[Word]):
    """Words of a text, one after the other, in a tenth of the memory of a list of them."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.offsets = array("I")
        self.signs: dict[int, str] = {}

    def __len__(self) -> int:
        return len(self.texts)

    def _word(self, at: int) -> Word:
        return Word(self.texts[at], self.offsets[at], self.signs.get(at, ""))

    @overload
    def __getitem__(self, at: int) -> Word: ...
    @overload
    def __getitem__(self, at: slice) -> list[Word]: ...
    def __getitem__(self, at: int | slice) -> Word | list[Word]:
        places = range(len(self.texts))[at]
        return self._word(places) if isinstance(places, int) else [self._word(place) for place in places]

    def __iter__(self) -> Iterator[Word]:
        return map(self._word, range(len(self.texts)))


def split(text: str) -> Words:
    """Return the normalised words of a text."""
    text = _SPACED.sub(lambda match: " " * len(match[0]), text)
    text = _GLUED.sub(lambda match: _GLUE * len(match[0]), text)
    found = Words()
    known: dict[str, str] = {}
    between: list[str] = []
    for match in _TOKEN.finditer(text):
        token = match[0].casefold()
        opening, word, closing = ("", token, "") if token.isascii() and token.isalnum() else _parts(match[0])
        if not word:
            between.append(opening)
            continue
        if found.texts and _is_number(found.texts[-1][-1]) and (word[0].isdecimal() or not word[0].isalnum()):
            sign = "".join([*between, opening])
            if sign:
                found.signs[len(found.texts) - 1] = sign
        found.texts.append(known.setdefault(word, word))
        found.offsets.append(match.start())
        between = [closing]
    return found


def words(text: str) -> list[str]:
    """Return the normalised words of a text, each with the signs between it and the next.

    >>> words("dated **July 22<sup>nd</sup>**, 2011, No. 477-IV<sup>12</sup>")
    ['dated', 'july', '22nd', '2011', 'no', '477-iv']
    >>> words("$2.5 - 3 million (12 %)")
    ['$2.5-', '3', 'million', '12%']
    """
    return [word.text + word.sign for word in split(text)]


def fingerprint(words: Sequence[str]) -> str:
    """Return the SHA-256 of normalised words joined by single spaces, hexadecimal."""
    return hashlib.sha256(" ".join(words).encode()).hexdigest()


def _parts(token: str) -> tuple[str, str, str]:
    """Return what of a token stands before its word, the word, and what stands behind it."""
    runs = _RUN.findall(_MARK.sub("", _folded(token)))
    if not any(run[0].isalnum() for run in runs):
        return "".join(runs), "", ""
    opening = "" if runs[0][0].isalnum() else runs.pop(0)
    closing = "" if runs[-1][0].isalnum() else runs.pop()
    word = "".join(run for at, run in enumerate(runs) if run[0].isalnum() or _is_seen(runs[at - 1], runs[at + 1]))
    if word[0].isdecimal():
        kept = opening if opening == "." else "".join(sign for sign in opening if sign in _BEFORE or _is_currency(sign))
        opening, word = "" if kept == "." else _without(opening, kept), kept + word
    if word[-1].isdecimal():
        kept = "".join(sign for sign in closing if sign in _BEHIND or _is_currency(sign))
        closing, word = _without(closing, kept), word + kept
    return opening, word, closing


def _folded(token: str) -> str:
    """Return a token in NFKC, case-folded, dashes and quotation marks as one each."""
    pieces = (token[at : at + _PIECE] for at in range(0, len(token), _PIECE))
    marked = "".join("".join(_powers(piece)) for piece in pieces)
    if len(token) > _MOST_MARKS and not token.isascii():
        marked = _stream_safe(marked)
    folded = unicodedata.normalize("NFKC", marked.replace("\u00b4", "'")).casefold()
    pieces = (folded[at : at + _PIECE] for at in range(0, len(folded), _PIECE))
    return "".join("".join(_signs(piece)) for piece in pieces)


def _powers(signs: str) -> Iterator[str]:
    """Yield signs, raised digits with a mark before them: 10² is not 102."""
    for sign in signs:
        yield f"^{sign}" if sign.isdigit() and not sign.isdecimal() else sign


def _signs(signs: Iterable[str]) -> Iterator[str]:
    for sign in signs:
        category = unicodedata.category(sign)
        if category == "Pd" or sign == "\u2212":
            yield "-"
        elif category in {"Pi", "Pf"} or sign in "\"'\u02bc":
            yield "'"
        elif category[0] != "M" and category not in {"Cf", "Zs"}:
            yield "/" if sign == "\u2044" else sign


def _stream_safe(text: str) -> str:
    """Return a text without the marks over a letter that come behind the thirtieth."""
    kept: list[str] = []
    start = marks = 0
    for at, sign in enumerate(text):
        marks = marks + 1 if unicodedata.combining(sign) else 0
        if marks == _MOST_MARKS + 1:
            kept.append(text[start:at])
        if marks > _MOST_MARKS:
            start = at + 1
    return "".join([*kept, text[start:]])


def _is_seen(before: str, behind: str) -> bool:
    return before[-1].isdecimal() or behind[0].isdecimal()


def _is_number(sign: str) -> bool:
    return sign.isdecimal() or sign in _BEHIND or _is_currency(sign)


def _is_currency(sign: str) -> bool:
    return unicodedata.category(sign) == "Sc"


def _without(signs: str, taken: str) -> str:
    return "".join(sign for sign in signs if sign not in taken)
