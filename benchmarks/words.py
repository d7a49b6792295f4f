"""The words of the synthetic world: names of countries, phrases that are unique by number, sentences."""

from __future__ import annotations

from string import ascii_uppercase
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

FIRST_CODES = ("KZ", "KG", "TJ", "TM", "UZ")
CODES = (*FIRST_CODES, *sorted({a + b for a in ascii_uppercase for b in ascii_uppercase} - {*FIRST_CODES}))
"""All that a country's id may be: two letters."""
_STARTS = (
    "Aral", "Baly", "Chon", "Dara", "Elbu", "Ferg", "Gora", "Hisa", "Isfa", "Jeti", "Karo", "Lena", "Mura", "Nary",
    "Osha", "Pami", "Qyzy", "Rava", "Syra", "Tien", "Ustu", "Vakh", "Weli", "Xora", "Yass", "Zera",
)  # fmt: skip
_ENDS = (
    "baland", "cestan", "dovia", "fania", "garia", "hestan", "jania", "kestan", "ladia", "mestan", "nuria", "pestan",
    "quria", "rostan", "shania", "tavia", "uvestan", "vania", "wistan", "xania", "yestan", "zadia", "bestan", "diria",
    "gostan", "lorania",
)  # fmt: skip
_AREAS = (
    "labour migration", "seasonal work", "foreign workers", "social security", "pensions", "vocational training",
    "readmission", "visas", "borders", "citizenship", "asylum", "resettlement", "student exchange", "diaspora affairs",
    "remittances", "health insurance", "registration", "recruitment", "return", "statistics", "employment",
    "qualifications", "trafficking", "integration",
)  # fmt: skip
_MANNERS = (
    "", "joint", "national", "regional", "temporary", "digital", "preparatory", "urban", "rural", "voluntary",
    "interagency", "annual", "simplified", "coordinated", "targeted", "supplementary", "experimental", "permanent",
    "northern", "southern", "eastern", "western", "central", "coastal",
)  # fmt: skip
_VERBS = (
    "provides for", "limits", "governs", "extends", "simplifies", "suspends", "records", "finances", "reviews",
    "coordinates",
)  # fmt: skip
_OBJECTS = (
    "the stay of workers from abroad", "the rights of migrants and their families", "permits for seasonal work",
    "medical aid for those who work abroad", "the quota of the year", "the exchange of data on departures",
    "courses of language and law before departure", "the recognition of diplomas", "fees for registration",
    "the return of those without a permit", "jobs offered by employers of the other side", "places in dormitories",
)  # fmt: skip
_CLOSES = (
    "for a term of three years", "on the terms of an annual protocol", "at the request of either side",
    "through offices in the regions", "as the government decides", "with the help of local authorities",
    "where no other act says otherwise", "until the end of the programme",
)  # fmt: skip


def country(code: str) -> str:
    """Return the made-up name of a country, of which no other code has the same.

    >>> country("KZ")
    'Karolorania'
    """
    return _STARTS[ascii_uppercase.index(code[0])] + _ENDS[ascii_uppercase.index(code[1])]


def phrase(number: int) -> str:
    """Return what something is about, in words that no other number has.

    >>> phrase(0), phrase(25), phrase(600)
    ('labour migration', 'joint seasonal work', 'labour migration of stage 2')
    """
    rest, area = divmod(number, len(_AREAS))
    stage, manner = divmod(rest, len(_MANNERS))
    told = f"{_MANNERS[manner]} {_AREAS[area]}".strip()
    return f"{told} of stage {stage + 1}" if stage else told


def sentence(chance: Random, subject: str) -> str:
    """Return a sentence about a subject."""
    parts: Sequence[Sequence[str]] = (_VERBS, _OBJECTS, _CLOSES)
    verb, object_, close = (chance.choice(part) for part in parts)
    return f"{subject[:1].upper()}{subject[1:]} {verb} {object_} {close}."
