"""How a curated file is laid out: its fields and their order, and the folder it lies in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cagraph.kinds import BY_NAME

if TYPE_CHECKING:
    from collections.abc import Collection

TOP = ("id", "kind", "label", "altLabel", "description", "sameAs", "notFound",
       "isReplacedBy", "distinctFrom")  # fmt: skip
BIBLIOGRAPHY = ("title", "creator", "publisher", "issued", "url", "checksum")
PREFERENCE = ("property", "prefers", "about", "reason")
OUTLINE = ("line", "level", "title", "short", "author", "country", "issued")
EVIDENCE = ("passage", "at", "accordingTo", "inference", "recordedBy", "review")
ACTION = ("actionType", "date", "actionBy", "byInstrument", "place", "note")
FIGURE = ("measure", "value", "unit", "period", "about", "note")
NOT_CLAIMS = {*EVIDENCE, *ACTION, "measure", "value", "unit", "about", "actionOn", "figureOf"} - {"note"}
"""Fields that have a place of their own, so that they cannot stand among the claims."""
DERIVED = {"earliest", "latest", "basis", "wasDerivedFrom", "wasGeneratedBy", "knownUntil", "mainDate", "setAsideBy",
           "standing", "rank", "ofTheWhole", "ofEach", "undoneLater", "beforeSignature", "effectOrder",
           "givesForce", "actsSince", "describesPeriod"}  # fmt: skip
"""Properties that the build or the ontology writes, and no curator."""


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
