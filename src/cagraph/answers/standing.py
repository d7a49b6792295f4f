"""Where things stand on a day, read from the status intervals that the build derived."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cagraph.answers.days import CURE
from cagraph.errors import StoreFault
from cagraph.queries import ask

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from cagraph.store import Store

NO_TRACE = "no-trace"
_LAST_ASKED = "9999-12-30"
"""The last day that can be asked for: on the one after it intervals without an end stop."""
WHOLE = ""
"""The key of the thing as a whole, beside its parties."""


class State(NamedTuple):
    """What holds for a thing, or for one party, on a day."""

    status: str
    """A notation of the status scheme; the empty string for a group and an addressee, which have none."""
    certainty: str
    """`certain`, `possible` or `last-known`; the empty string where there is no trace."""
    basis: str
    """`stated` or `inferred`."""
    role: str
    reason: str
    known_until: str
    """ISO 8601: nothing is known after it."""
    evidence: tuple[str, ...]


class Standing(NamedTuple):
    """What holds of a thing, as the build derived it."""

    known_until: str
    """ISO 8601: nothing is known after it."""
    main_date: str
    """EDTF date of signature, adoption or beginning; the empty string if none is told."""
    binding: str
    """Of an agreement, whether it binds."""
    evidence: tuple[str, ...]
    """The passages that its claims and steps rest on."""
    on_day: dict[str, State]
    """Party, or `WHOLE`, -> where it stands on the day; those of which there is no trace by then are left out."""


def standings(store: Store, ids: Collection[str] | None, day: str) -> dict[str, Standing]:
    """Return for each of several things what holds on a day.

    Args:
        store: what is asked.
        ids: the things; all if None.
        day: ISO 8601.

    Raises:
        StoreFault: if the store holds anything else than what the build derived.
    """
    on = min(day, _LAST_ASKED)
    rows = ask(store, "standing", id=None if ids is None else tuple(ids)).rows
    try:
        return {str(id_): _read(str(text), on) for id_, text in rows}
    except ValueError:
        raise StoreFault("the store tells where things stand in a way that cannot be read", CURE) from None


def _read(text: str, day: str) -> Standing:
    head, *lines = text.split("\n")
    known_until, main_date, binding, evidence = head.split("\t")
    now = {}
    for line in lines:
        party, role, status, certainty, basis, start, end, reason, rests_on = line.split("\t")
        if start <= day < end:
            now[party] = State(status, certainty, basis, role, reason, known_until, tuple(rests_on.split()))
    return Standing(known_until, main_date, binding, tuple(evidence.split()), now)


def states(store: Store, ids: Collection[str] | None, day: str) -> dict[str, dict[str, State]]:
    """Return for each of several things where each side of it, and under `WHOLE` itself, stands on a day.

    Things and sides of which there is no trace by then are left out.

    Args:
        store: what is asked.
        ids: the things; all if None.
        day: ISO 8601.
    """
    return {id_: one.on_day for id_, one in standings(store, ids, day).items() if one.on_day}


def no_trace(known_until: str = "") -> State:
    """Return the state of what no source tells of by a day."""
    return State(NO_TRACE, "", "", "", "no source tells of it by that day", known_until, ())


def begun(store: Store, ids: Iterable[str], day: str) -> set[str]:
    """Return those things of which there is a trace by a day."""
    return {str(id_) for id_ in ask(store, "begun", id=tuple(ids), day=day)["id"]}
