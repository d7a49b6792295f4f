"""How a curated file is laid out beyond its fields: the head of its evidence, and the folder it lies in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cagraph.kinds import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Collection

OUTLINE = ("line", "level", "title", "short", "author", "country", "issued")
EVIDENCE = ("passage", "at", "accordingTo", "inference", "recordedBy", "review")
"""The head of a block of evidence. All other fields, and their order, are those of the profile."""


def folder_of(id_: str, kind: str, countries: Collection[str]) -> str:
    """Return the folder below `data/` in which a record belongs.

    `<country>/<folder>` where the id begins with that country's code and the kind belongs to one
    country, else `<folder>`.

    >>> folder_of("kz-law-477-iv-2011", "Law", {"kz"}), folder_of("kz-uz-agreement", "BilateralAgreement", {"kz"})
    ('kz/laws', 'agreements')
    """
    found = BY_NAME[kind]
    code = id_.partition("-")[0]
    return f"{code}/{found.folder}" if not found.is_shared and code in countries else found.folder
