"""The table of lists: what each lists, its columns, and how a terminal shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cagraph.kinds import in_folder

if TYPE_CHECKING:
    from collections.abc import Mapping


class Listing(NamedTuple):
    """What a list holds: the classes, the named question that finds them, and the columns."""

    name: str
    """The command, and the folder of the records."""
    kinds: tuple[str, ...]
    columns: tuple[str, ...]
    shown: tuple[str, ...]
    """The columns that a terminal has room for, below the label."""
    question: str = "things-of-country"
    headings: Mapping[str, str] = {}
    """Role -> the heading under which a terminal lists the things with that role, in this order."""


_STATE = ("date", "status", "certainty", "basis", "known_until", "status_reason", "topics", "evidence", "url")
_PARTS = {
    "party": "Agreements of {}", "": "Adopted by {}, or about it", "negotiating": "Negotiated by {}, not signed",
    "proposer": "Proposed by {}", "addressee": "Proposed to {}",
    "hub": "Groups that a source counts, each agreement between {} and a partner",
    "partner": "Groups that a source counts, {} a partner in each", "not-joined": "Not joined by {}",
}  # fmt: skip
"""Role -> what a list of agreements says of those with it, in this order. A group and what a country
stays out of are never counted among its agreements."""
_ROLES = {
    "jurisdiction": "of {}", "actionBy": "of {}", "passed_by": "adopted by {}", "concerns": "about {}",
    "operatedBy": "run by {}", "fundedBy": "paid for by {}", "origin": "for people from {}",
    "destination": "that lead to {}", "territory": "that work in {}", "hasMember": "of which {} is a member",
    "cooperatesWith": "that work with {}",
}  # fmt: skip
"""Role -> what a list says of things with it. A thing with several roles stands under the first."""


def _placed(name: str, columns: tuple[str, ...], shown: tuple[str, ...], kinds: tuple[str, ...] = ()) -> Listing:
    """Return a list of things that several ties bind to a country; a column and headings tell which."""
    headings = {role: f"{name.capitalize()} {told}" for role, told in _ROLES.items()}
    return Listing(name, kinds or in_folder(name), ("id", "label", "kind", "role", *columns, *_STATE), shown,
                   headings=headings)  # fmt: skip


def _owned(name: str, columns: tuple[str, ...], shown: tuple[str, ...]) -> Listing:
    """Return a list of things that belong to the country whose law or body they are."""
    return Listing(name, in_folder(name), ("id", "label", "kind", *columns, *_STATE), shown)


_STANDING = ("status", "certainty", "basis", "known_until")
"""What a terminal shows of a status; what goes without saying is left out, see `listing`."""
_ACT = ("form", "number", "passed_by")
LISTINGS = {
    listing.name: listing
    for listing in (
        Listing(
            "agreements", in_folder("agreements"),
            ("id", "label", "kind", "role", "form", "binding", "parties", *_STATE),
            ("date", *_STANDING, "parties", "id"), "agreements-of-country", _PARTS,
        ),
        _owned("laws", _ACT, ("date", "number", *_STANDING, "id")),
        _owned("decrees", _ACT, ("date", "number", *_STANDING, "id")),
        _placed("policies", ("form", "period", "passed_by"), ("period", *_STANDING, "id")),
        _owned("agencies", ("form", "subOrganizationOf"), ("form", "subOrganizationOf", "id")),
        _placed("schemes", ("form", "jurisdiction", "administeredBy", "operatedBy", "origin", "destination"),
                ("date", "form", *_STANDING, "jurisdiction", "id")),
        _placed("organizations", ("form", "territory"), ("kind", "form", "id"),
                in_folder("organizations", "international-organizations")),
        _placed("programmes", ("period", "fundedBy", "operatedBy"), ("period", *_STANDING, "id")),
        _placed("events", ("form",), ("date", "id")),
    )
}  # fmt: skip
"""Every list by its name."""
AGREEMENTS = LISTINGS["agreements"]
