"""Names as readers type them, folded to one form for comparison."""

from __future__ import annotations

import re

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""What an id looks like."""


def fold(text: str) -> str:
    """Return a name in lower case, without marks, punctuation or loose white space.

    >>> fold("Türkiye"), fold("  K. Kyrgyz-Republic "), fold("Тоҷикистон")
    ('turkiye', 'k kyrgyz republic', 'тоҷикистон')
    """
    if text.isascii():
        folded = text.lower()
    else:
        import unicodedata

        decomposed = unicodedata.normalize("NFKD", text)
        folded = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in folded).split())
