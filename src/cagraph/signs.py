r"""The one door for signs that steer a terminal, reorder what is read, or break a file.

A store may hold any text. What people read leaves such signs out; CSV and TSV, which have no way to
write them, show that one stood there; formats that can escape a sign keep it. Line ends and tabs
are kept where lines are, and are spaces where a text has to stay on one line.
"""

from __future__ import annotations

import re

GONE = "\ufffd"
"""What stands for a sign that a format cannot hold."""
_ENDS = "\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
"""What some programs take for the end of a line, besides CR and LF."""
_STEERING = (
    "\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f"
) + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0x10000, 0x110000, 0x10000))
"""Controls, marks, embeddings and overrides of direction, halves of pairs, what is no character, and tags: a text
that nobody sees, and that programs read."""
_NOT_XML = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
"""What no document of XML 1.0 may hold, escaped or not."""


def line(text: str, instead: str = "") -> str:
    r"""Return a text on one line: line ends and tabs are spaces, and steering signs are left out or replaced.

    >>> line("a\tb\r\nc \x1b[31m\u202e")
    'a b c [31m'
    """
    if text.isprintable():
        return text
    return re.sub(f"[{_STEERING}]", instead, re.sub(f"\r\n|[\t\n\r{_ENDS}]", " ", text))


def lines(text: str, instead: str = "") -> str:
    r"""Return a text with every line end as `\n`, tabs as they are, and steering signs left out or replaced.

    >>> lines("a\r\nb\u2028c\x07")
    'a\nb\nc'
    """
    if text.isprintable():
        return text
    return re.sub(f"[{_STEERING}]", instead, re.sub(f"\r\n|[\r{_ENDS}]", "\n", text))


def replaced(text: str) -> str:
    r"""Return a text of many lines, such as CSV, with its line ends as they are and steering signs replaced.

    >>> replaced("a\x1b\r\n")
    'a\ufffd\r\n'
    """
    return re.sub(f"[{_STEERING}{_ENDS}]", GONE, text)


def escaped(text: str, *, is_rdf: bool = False) -> str:
    r"""Return JSON, or Turtle and its like, with the same meaning, in which no sign steers a terminal.

    They differ in how signs beyond U+FFFF are written: in halves of a pair, or with eight digits.

    >>> escaped('"\x7f"')
    '"\\u007F"'
    """
    beyond = _with_eight_digits if is_rdf else _in_halves
    return re.sub(
        f"[{_STEERING}{_ENDS}]",
        lambda found: f"\\u{ord(found[0]):04X}" if found[0] <= "\uffff" else beyond(found[0]),
        text,
    )


def _with_eight_digits(sign: str) -> str:
    return f"\\U{ord(sign):08X}"


def _in_halves(sign: str) -> str:
    high, low = divmod(ord(sign) - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04X}\\u{0xDC00 + low:04X}"


def xml(text: str) -> str:
    r"""Return a text in which signs that XML cannot hold are replaced.

    >>> xml("a\x00b")
    'a\ufffdb'
    """
    return text if text.isprintable() else re.sub(f"[{_NOT_XML}]", GONE, text)


def document(text: str) -> str:
    r"""Return a document of XML that every parser takes and in which no sign steers a terminal.

    Signs that XML cannot hold are replaced, others written as numbers; so are carriage returns, which
    a parser would read as line feeds.

    >>> document("<a>\x00\r\x9b</a>")
    '<a>\ufffd&#13;&#155;</a>'
    """
    return re.sub(f"[\r{_STEERING}{_ENDS}]", lambda found: f"&#{ord(found[0])};", xml(text))
