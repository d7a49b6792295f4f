"""Texts -> words that look alike in every script, spelling and transliteration."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from cagraph.names import fold


@cache
def letters() -> dict[str, Any]:
    """Return the tables of `letters.json`: what each letter becomes, joined letters, endings, small words."""
    return dict(json.loads(Path(__file__).with_name("letters.json").read_text(encoding="utf-8")))


def words(text: str) -> list[str]:
    """Return the words of a text in Latin letters without marks, one form for all scripts and spellings.

    >>> words("Муҳоҷират"), words("Muhojirat"), words("миграция № 477-IV"), words("migratsiya"), words("U.S.A.")
    (['muhojirat'], ['muhojirat'], ['migrasa', '477', 'iv'], ['migrasa'], ['usa'])
    """
    lower = text.lower()
    for one, other in letters()["before"]:  # what would be another letter without its mark
        lower = lower.replace(one, other)
    return [word for word in map(_latin, fold(lower).split()) if word]


@cache
def _latin(word: str) -> str:
    """Return a word in the letters that all scripts and transliterations have in common."""
    if word.isdigit():
        return word
    table = letters()
    found = "".join(table["letters"].get(sign, sign) for sign in word)
    for one, other in table["joined"]:
        found = found.replace(one, other)
    return re.sub(r"([b-df-hj-np-tv-z])\1+", r"\1", found)
