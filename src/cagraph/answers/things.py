"""Things by id: the label to show, and the most specific of their classes."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cagraph.queries import ask

if TYPE_CHECKING:
    from collections.abc import Collection

    from cagraph.store import Store

COLUMNS = ("id", "type", "label")
"""What a thing is made of: a row for each of its classes."""
_GENERAL = {"Instrument", "Agreement", "Actor", "Body"}
"""Classes that only more specific ones are made of; a thing is shown under its own."""


class Named(NamedTuple):
    """A thing, with the label to show and the most specific of its classes."""

    id: str
    label: str
    kind: str


def kind_of(types: Collection[str]) -> str:
    """Return the most specific of a thing's classes, given as `ca:` names.

    >>> kind_of(["ca:Agreement", "ca:BilateralAgreement", "ca:Instrument"])
    'BilateralAgreement'
    """
    own = sorted({name.removeprefix("ca:") for name in types} - _GENERAL)
    return own[0] if own else "Agreement"


def described(store: Store, ids: Collection[str]) -> dict[str, Named]:
    """Return label and kind of each of several things, by id; ids that name nothing are left out."""
    rows = ask(store, "things", id=tuple(ids), columns=COLUMNS).rows
    return {thing.id: thing for thing in named(rows)}


def named(rows: Collection[tuple[object, ...]]) -> list[Named]:
    """Return things from rows of id, class and label, by id."""
    types: dict[str, set[str]] = {}
    labels: dict[str, str] = {}
    for id_, type_, label in rows:
        types.setdefault(str(id_), set()).add(str(type_))
        labels[str(id_)] = str(label)
    return [Named(id_, labels[id_], kind_of(types[id_])) for id_ in sorted(types)]
