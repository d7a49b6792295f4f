"""Checks of the whole graph: each finds offenders, by a `.rq` file or by computing: register ids, short names."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cagraph import queries
from cagraph.answers import register_ids, short_names
from cagraph.curated import shortening
from cagraph.queries import ask
from cagraph.rows import Rows, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cagraph.store import Store

COMPUTED = ("register-ids", "short-names")
"""Checks that are no query."""
ERRORS = ("conflict-evidence-exists", "consent-before-signature", "dates-in-order", "duplicate-labels",
          "duplicate-numbers", "force-before-consent", "force-of-what-does-not-bind", "idle-preferences",
          "missing-evidence", "missing-jurisdiction", "missing-parties", "preferred-value-exists",
          "ratified-without-instrument", "short-names", "step-by-no-party")  # fmt: skip
"""Checks that fail `cagraph check`; every other one only informs."""


class Offender(NamedTuple):
    """What a check has found, and what to do about it."""

    check: str
    id: str
    property: str
    value: str
    cure: str


def check(store: Store, names: Sequence[str] = ()) -> Rows:
    """Return what the checks find, all or those named, with the cure for each.

    Raises:
        QueryFault: if there is no check of a name.
    """
    offenders: list[Offender] = []
    for name in names or (*queries.names("checks"), *COMPUTED):
        offenders += _COMPUTING[name](store) if name in COMPUTED else _asked(store, name)
    faults = sum(offender.check in ERRORS for offender in offenders)
    listed = f"; {len(offenders)} rows to be looked at" if offenders else ""
    return Rows(Offender._fields, offenders, notes=() if faults else (f"no fault found{listed}",))


def _asked(store: Store, name: str) -> Iterable[Offender]:
    question = queries.load(name, "checks")
    for row in store.select(question.sparql):
        yield Offender(name, plain(row["id"]), plain(row["property"]), plain(row["value"]), question.cure)


def _register_ids(store: Store) -> Iterable[Offender]:
    """Yield each register id that disagrees with the numbers and dates of the sources."""
    for id_, register, numbers, dates in ask(store, "register-ids").rows:
        address = register_ids.in_address(str(register))
        verdict = register_ids.compare(address, _several(numbers), _several(dates))
        if verdict.startswith("inconsistent"):
            cure = "read the passage and its footnote; record both readings if the source contradicts itself"
            told = f"{register}: {verdict.partition(': ')[2]}"
            yield Offender(COMPUTED[0], str(id_), "id_local", told, cure)


def _short_names(store: Store) -> Iterable[Offender]:
    cure = (
        f'write shortName = "..." at the head of the record, in {shortening.LONGEST} signs, unlike any in the country'
    )
    for id_, told in short_names.failing(store):
        yield Offender(COMPUTED[1], id_, "shortName", told, cure)


_COMPUTING = dict(zip(COMPUTED, (_register_ids, _short_names), strict=True))


def _several(joined: object) -> list[str]:
    return [part for part in str(joined).split("|") if part]
