"""Normalised words: what of a text its fingerprint sees, whatever the rendition.

A word is what stands between white space, in NFKC and case-folded: its letters and digits, and the
signs that make a number or date what it is. Those are the signs between two letters or digits of
which one is a digit (2.5, 2020-2021, 477-iv), a sign or currency before a number, and a percent,
degree, plus or currency sign behind it. Signs that stand apart between two numbers belong to the
word before them (2020 - 2021). All dashes are one sign, and all quotation marks. Markup goes first;
a word hyphenated at the end of a line is one word.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

VERSION = 2
"""Version of these rules. It stands before every fingerprint; 1 saw letters and digits alone, so that
2.5 was 25."""

_GLUE = "\0"
_GLUED = re.compile(
    r"<sup>[^<A-Za-z]*\d[^<A-Za-z]*</sup>"  # a footnote mark, number and all
    r"|</?(?:a|b|em|i|mark|span|strong|sub|sup|u)\b[^<>]*>"  # marks inside a line
    r"|\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*\)"  # the address of a Markdown link
    r"|(?<=\d[-\u2010-\u2015])[ \t]*\n\s*(?=\w)"  # a number broken at the end of a line,
    r"|(?<=\w[-\u2010-\u2015])[ \t]*\n\s*(?=\d)"  # whose dash is part of it
    r"|(?<=[^\W\d])-[ \t]*\n\s*(?=[^\W\d])"  # a word broken at the end of a line
    r"|(?<=\d)\s+(?=[%‰])"  # 5 % is 5%
    r"|(?<=[$€£¥₽₸])\s+(?=\d)"  # $ 5 is $5
    r"|(?<=\d)\s+(?=[$€£¥₽₸](?!\s?\d))"  # and 5 $ is 5$
    r"|\\(?=[^\w\s])",  # the backslash of a Markdown escape
    re.IGNORECASE,
)
_SPACED = re.compile(
    r"</?(?:br|div|hr|img|li|ol|p|table|td|th|tr|ul)\b[^<>]*>|\||[-*_=]{3,}(?!\w)",
    re.IGNORECASE,
)
_TOKEN = re.compile(r"\S+")
_MARKUP = frozenset("*_`#\\\0")
_BEFORE = frozenset("+-±<>≤≥~≈=")
_BEHIND = frozenset("%‰°+")
_RUN = re.compile(r"[^\W_]+|[\W_]+")


class Word(NamedTuple):
    """A normalised word, and where it stands."""

    text: str
    offset: int
    """Characters of the text before it."""
    sign: str = ""
    """What stands between it and the next one, where both are numbers there."""


def split(text: str) -> list[Word]:
    """Return the normalised words of a text."""
    text = _SPACED.sub(lambda match: " " * len(match[0]), text)
    text = _GLUED.sub(lambda match: _GLUE * len(match[0]), text)
    found: list[Word] = []
    between = ""
    for match in _TOKEN.finditer(text):
        token = match[0].casefold()
        opening, word, closing = ("", token, "") if token.isascii() and token.isalnum() else _parts(match[0])
        if not word:
            between += opening
            continue
        if found and _is_number(found[-1].text[-1]) and (word[0].isdecimal() or not word[0].isalnum()):
            found[-1] = found[-1]._replace(sign=between + opening)
        found.append(Word(word, match.start()))
        between = closing
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
    runs = _RUN.findall("".join(_bare(_folded(token))))
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


def _folded(token: str) -> Iterator[str]:
    """Yield the characters of a token in NFKC, case-folded, dashes and quotation marks as one each."""
    marked = "".join(
        f"^{sign}" if sign.isdigit() and not sign.isdecimal() else sign for sign in token
    )  # 10² is not 102
    for sign in unicodedata.normalize("NFKC", marked.replace("\u00b4", "'")).casefold():
        category = unicodedata.category(sign)
        if category == "Pd" or sign == "\u2212":
            yield "-"
        elif category in {"Pi", "Pf"} or sign in "\"'\u02bc":
            yield "'"
        elif category[0] != "M" and category not in {"Cf", "Zs"}:
            yield "/" if sign == "\u2044" else sign


def _bare(signs: Iterator[str]) -> Iterator[str]:
    """Yield characters without marks of markup; such a mark alone between two digits is none."""
    known = [*signs]
    for at, sign in enumerate(known):
        is_within = 0 < at < len(known) - 1 and known[at - 1].isdecimal() and known[at + 1].isdecimal()
        if sign not in _MARKUP or (is_within and sign != _GLUE):
            yield sign


def _is_seen(before: str, behind: str) -> bool:
    return before[-1].isdecimal() or behind[0].isdecimal()


def _is_number(sign: str) -> bool:
    return sign.isdecimal() or sign in _BEHIND or _is_currency(sign)


def _is_currency(sign: str) -> bool:
    return unicodedata.category(sign) == "Sc"


def _without(signs: str, taken: str) -> str:
    return "".join(sign for sign in signs if sign not in taken)
