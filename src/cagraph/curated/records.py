"""Frozen records: what one curated file says, field by field, still without RDF."""

from __future__ import annotations

import re
from dataclasses import dataclass

from cagraph.curated.outline import NO_OUTLINE, Outline

Value = str | int | float
Claim = tuple[str, tuple[Value, ...]]
"""Field name and its values."""
Claims = tuple[Claim, ...]
"""In canonical order."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Where a passage stands in a source, without its words."""

    source: str
    position: int
    """Normalised words before it."""
    length: int
    """Its normalised words."""
    fingerprint: str
    """SHA-256 over its normalised words, hexadecimal."""
    line: int
    """Line of the source file on which it begins, from 1."""
    footnote: int = 0
    """Number of the footnote that it stands in; 0 for none."""
    section: str = ""
    """Chapter, section and footnote, for people; from the outline of the source."""
    author: str = ""
    """Who wrote the chapter, where the outline says so."""
    issued: str = ""
    """EDTF date of the article, where the outline gives one."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A group of claims that rests on one passage."""

    id: str
    passage: Passage
    accordingTo: str
    inference: str
    recordedBy: str
    reviewedBy: str
    claims: Claims
    actions: tuple[Claims, ...]
    figures: tuple[Claims, ...]


@dataclass(frozen=True, slots=True)
class Preference:
    """A curator's choice among conflicting claims."""

    property: str
    """The property, action type or indicator that it settles."""
    prefers: str
    reason: str
    forParty: str = ""
    """The party whose step it settles; empty for all."""
    subject: tuple[str, ...] = ()
    """The areas of the figures that it settles; empty for all."""
    period: str = ""
    """EDTF period of the figures that it settles; empty for all."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One curated file."""

    id: str
    kind: str
    label: str
    altLabel: tuple[str, ...]
    description: str
    sameAs: tuple[str, ...]
    notFound: tuple[str, ...]
    isReplacedBy: str
    distinctFrom: tuple[str, ...]
    preferences: tuple[Preference, ...]
    evidence: tuple[Evidence, ...]
    bibliography: Claims
    """For a source: title, creator, publisher, issued, url, checksum."""
    conflicts: tuple[Claims, ...] = ()
    """Contradictions that a curator has written down."""
    outline: Outline = NO_OUTLINE
    """For a source: its headings."""
    shortName: str = ""
    """What pictures and tables call it, where no rule makes a short name of its others."""


_TAG = r"[A-Za-z]{2,3}(?:-[A-Za-z]{2,4})?"
"""A language tag, such as ru or kk-Latn."""


def language(text: str, default: str = "en") -> tuple[str, str]:
    """Split a name from the language tag behind its last `@`.

    >>> language("ГУВМ@ru")
    ('ГУВМ', 'ru')
    >>> language("Enbek.kz")
    ('Enbek.kz', 'en')
    """
    name, at, tag = text.rpartition("@")
    if at and name and re.fullmatch(_TAG, tag):
        return name, tag
    return text, default
