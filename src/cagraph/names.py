"""Names as readers type them, folded to one form for comparison."""

from __future__ import annotations

import re

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""What an id looks like."""
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʻʼ`´"))
"""Signs that stand inside a word, each typed for another."""


def fold(text: str) -> str:
    """Return a name in lower case, without marks, punctuation or loose white space.

    >>> fold("Türkiye"), fold("  K. Kyrgyz-Republic "), fold("Тоҷикистон"), fold("O‘zbekiston")
    ('turkiye', 'k kyrgyz republic', 'тоҷикистон', 'ozbekiston')
    """
    if text.isascii():
        folded = text.lower()
    else:
        import unicodedata

        decomposed = unicodedata.normalize("NFKD", text)
        folded = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in folded.translate(_APOSTROPHES)).split())


def slug(text: str) -> str:
    """Return a text as lower-case ASCII words joined by hyphens; a leading minus is kept as a word.

    >>> slug("World Bank (2023)"), slug("-46.6"), slug("Türkiye")
    ('world-bank-2023', 'minus-46-6', 'turkiye')
    """
    signed = f"minus {text[1:]}" if text[:1] == "-" and text[1:2].isdigit() else text
    return "-".join(re.findall(r"[a-z0-9]+", fold(signed))) or "unnamed"
