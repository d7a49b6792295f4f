"""Signs that no text of the data may hold: they steer a terminal, break a file format, or cannot be seen."""

from __future__ import annotations

from typing import NamedTuple
from unicodedata import category, is_normalized

_JOINERS = "\u200c\u200d"
"""They shape letters in Persian, Sinhala and others, and belong between two of them."""
_LINE = {"\n": "a line break", "\r": "a line break", "\t": "a tab", "\u2028": "a line break", "\u2029": "a line break"}
_TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_KINDS = {
    "Cc": "a control character", "Cf": "a sign that nobody sees", "Cs": "half a character",
    "Co": "a sign of somebody's own", "Cn": "no character of Unicode",
}  # fmt: skip


class Unfit(NamedTuple):
    """What is wrong with a text."""

    sign: str
    """The first sign that it may not hold; none if the whole is written otherwise than it should."""
    at: int
    """Signs before it."""
    problem: str
    cure: str


def unfit(text: str) -> Unfit | None:
    r"""Return what is wrong with the signs of a text: it is one line, in normal form C, and all of it can be seen.

    >>> unfit("Тоҷикистон, 22 May"), unfit("red\x1b[31m").problem
    (None, 'holds U+001B, a control character')
    """
    if not text.isprintable():
        for at, sign in enumerate(text):
            what = "" if sign.isprintable() else _wrong(text, at)
            if what:
                cure = "write it on one line" if sign in _LINE else "take the sign out"
                return Unfit(sign, at, f"holds U+{ord(sign):04X}, {what}", cure)
    if not is_normalized("NFC", text):
        cure = "write letter and mark as one sign: save the text in normal form C"
        pairs = ((at, text[at - 1 : at + 1] if at else text[:1]) for at in range(len(text)))
        at, sign = next(((at, pair) for at, pair in pairs if not is_normalized("NFC", pair)), (0, ""))
        return Unfit(sign, at, "is not in the normal form C of Unicode", cure)
    return None


def _wrong(text: str, at: int) -> str:
    """Return what is wrong with a sign of a text that does not print; empty if nothing."""
    sign = text[at]
    if sign in _LINE:
        return _LINE[sign]
    if sign in _TURNING:
        return "which turns the direction of a text and is not seen"
    if sign in _JOINERS and at and text[at - 1] > "\u0300" and category(text[at - 1])[0] in "LM":
        return ""
    return _KINDS.get(category(sign), "")
