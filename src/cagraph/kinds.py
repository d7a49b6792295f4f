"""The kinds of things: the one list from which folders, lists, families and pictures take theirs.

The ontology declares the classes; a test holds this list equal to those that a record may have.
"""

from __future__ import annotations

from typing import NamedTuple


class Kind(NamedTuple):
    """A class that a record may have."""

    name: str
    """Local name of the class."""
    label: str
    """What people call it."""
    folder: str
    """Folder of its records: below the country's where it belongs to one, else below `data/`."""
    is_shared: bool
    """Its records never lie in a country's folder."""
    family: str
    """Kinds of one family may be one thing under two ids."""


KINDS = (
    Kind("Country", "Country", "countries", True, ""),
    Kind("Region", "Region", "regions", True, "region"),
    Kind("BilateralAgreement", "Bilateral agreement", "agreements", True, "agreement"),
    Kind("MultilateralAgreement", "Multilateral agreement", "agreements", True, "agreement"),
    Kind("AgreementGroup", "Agreement group", "agreements", True, "agreement"),
    Kind("Law", "Law", "laws", False, "act"),
    Kind("Decree", "Decree", "decrees", False, "act"),
    Kind("PolicyDocument", "Policy document", "policies", False, "act"),
    Kind("Agency", "Agency", "agencies", False, "body"),
    Kind("InternationalOrganization", "International organisation", "international-organizations", True, "body"),
    Kind("Organization", "Organisation", "organizations", False, "body"),
    Kind("Scheme", "Scheme", "schemes", False, "scheme"),
    Kind("Programme", "Programme", "programmes", False, "scheme"),
    Kind("Event", "Event", "events", False, "event"),
    Kind("Concept", "Concept", "concepts", True, "concept"),
    Kind("FigureSet", "Figures", "figures", False, ""),
    Kind("Source", "Source", "sources", True, ""),
)
"""In the order in which a picture's legend names them."""
BY_NAME = {kind.name: kind for kind in KINDS}


def in_folder(*folders: str) -> tuple[str, ...]:
    """Return the names of the kinds whose records lie in folders of these names.

    >>> in_folder("laws"), in_folder("agreements")[0]
    (('Law',), 'BilateralAgreement')
    """
    return tuple(kind.name for kind in KINDS if kind.folder in folders)


def families() -> tuple[tuple[str, ...], ...]:
    """Return the names of the kinds of each family."""
    names = dict.fromkeys(kind.family for kind in KINDS if kind.family)
    return tuple(tuple(kind.name for kind in KINDS if kind.family == name) for name in names)
