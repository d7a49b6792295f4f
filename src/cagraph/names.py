"""Names as readers type them, folded to one form for comparison, and as they are shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""What an id looks like."""
_CODE = 2
"""Letters of a country's id, which is its ISO 3166-1 alpha-2 code in lower case."""
_APOSTROPHES = dict.fromkeys(map(ord, "'’‘ʻʼ`´′ʹˊ"))
"""Signs that stand inside a word, each typed for another; some would fall apart into a space and a mark."""
_INITIALS = r"(?<!\w)(?:\w\.){2,}"


def is_country(id_: str) -> bool:
    """Tell whether an id is a country's: no other id has two letters.

    The European Union, which signs as a state does, counts as one: ISO 3166-1 reserves `EU` for it.

    >>> is_country("tj"), is_country("eu"), is_country("iom")
    (True, True, False)
    """
    return len(id_) == _CODE and id_.isalpha()


def shown(id_: str) -> str:
    """Return an id as people write it: a country's code in capitals, any other as it is.

    >>> shown("tj"), shown("ru-tatarstan")
    ('TJ', 'ru-tatarstan')
    """
    return id_.upper() if is_country(id_) else id_


def series(names: Sequence[str]) -> str:
    """Return one or more names as a sentence lists them.

    >>> series(["Uzbekistan"]), series(["Tajikistan", "Kyrgyzstan", "Uzbekistan"])
    ('Uzbekistan', 'Tajikistan, Kyrgyzstan and Uzbekistan')
    """
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def fold(text: str) -> str:
    """Return a name in lower case, without marks, punctuation or loose white space.

    >>> fold("Türkiye"), fold("  K. Kyrgyz-Republic "), fold("Тоҷикистон"), fold("O´zbekiston"), fold("U.S.A.")
    ('turkiye', 'k kyrgyz republic', 'тоҷикистон', 'ozbekiston', 'usa')
    """
    text = text.translate(_APOSTROPHES)
    if "." in text:
        text = re.sub(_INITIALS, lambda found: found[0].replace(".", ""), text)
    if text.isascii():
        folded = text.lower()
    else:
        import unicodedata

        decomposed = unicodedata.normalize("NFKD", text)
        folded = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return " ".join("".join(c if c.isalnum() else " " for c in folded).split())


def slug(text: str) -> str:
    """Return a text as lower-case ASCII words joined by hyphens; a leading minus is kept as a word.

    >>> slug("World Bank (2023)"), slug("-46.6"), slug("Türkiye")
    ('world-bank-2023', 'minus-46-6', 'turkiye')
    """
    signed = f"minus {text[1:]}" if text[:1] == "-" and text[1:2].isdigit() else text
    return "-".join(re.findall(r"[a-z0-9]+", fold(signed))) or "unnamed"
