"""Time cut into pieces, each with one status and one certainty, so that a question about a day is one filter."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from cagraph.lawtime.steps import LAST

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cagraph.lawtime.standing import Move, Standing

CERTAIN, POSSIBLE, LAST_KNOWN = "certain", "possible", "last-known"
STATED, INFERRED = "stated", "inferred"
ENDED, UNKNOWN = "ended", "unknown"
ADDRESSEE = "addressee"
"""The role of a party that has taken no step itself, and so has no status."""
_UNTOLD, _OTHERS = "no step that settles it is told", "the step is the other side's"
_OF_NONE = "counted together by a source: no status of its own"


class Interval(NamedTuple):
    """What holds for a thing, or for one party, from one day until before another."""

    thing: str
    party: str
    """Id of the party; the empty string for the thing as a whole."""
    role: str
    status: str
    """A word of the closed list; the empty string for an addressee, who has taken no step."""
    certainty: str
    basis: str
    start: str
    end: str
    """ISO 8601 days; the end is not included, and the last day of time where none is known."""
    reason: str
    evidence: tuple[str, ...]


def day_after(day: str) -> str:
    """Return the next day.

    >>> day_after("2024-12-31")
    '2025-01-01'
    """
    return day if day == LAST else (date.fromisoformat(day) + timedelta(days=1)).isoformat()


class Subject(NamedTuple):
    """A thing, with what holds of all its pieces of time."""

    thing: str
    first: str
    """The first day of which there is a trace."""
    known_until: str
    """The last day of the last source that tells of it."""
    told_by: tuple[str, ...]
    """All evidence that tells of it, on which a status rests that no step settles."""
    unsettled: str = UNKNOWN
    """The status where no step settles it."""


def intervals(
    subject: Subject, party: str, standings: Sequence[Standing], role: Callable[[Standing], str]
) -> Iterator[Interval]:
    """Yield the pieces of time of one thing and party, neighbours that say the same joined.

    Args:
        subject: the thing.
        party: id of the party, or the empty string for the whole.
        standings: where things stand from each day on, in order.
        role: what the party is at a standing.
    """
    turn = day_after(subject.known_until)
    pieces: list[Interval] = []
    for standing, end in zip(standings, [*(one.start for one in standings[1:]), LAST], strict=True):
        # What no step has settled does not change after the last source: one piece is enough.
        parts = [turn] if standing.start < turn < end and standing.change is not None else []
        bounds = [standing.start, *parts, end]
        part = role(standing)
        for start, until in pairwise(bounds):
            piece = _piece(subject, standing, is_after=start >= turn)._replace(
                party=party, role=part, start=start, end=until
            )
            if part == ADDRESSEE:  # it has taken no step, and so has no status
                piece = piece._replace(status="", reason=_OTHERS)
            if pieces and pieces[-1][:6] == piece[:6] and pieces[-1][8:] == piece[8:]:
                pieces[-1] = pieces[-1]._replace(end=until)
            else:
                pieces.append(piece)
    yield from pieces


def _piece(subject: Subject, standing: Standing, *, is_after: bool) -> Interval:
    """Return what holds at a standing; party, role and days are put in by the caller."""
    move = standing.change
    certainty = CERTAIN if standing.settled == move else POSSIBLE
    if is_after and certainty == CERTAIN and move is not None and move.status.notation != ENDED:
        certainty = LAST_KNOWN
    if move is None:
        certainty = LAST_KNOWN
        reason = "; ".join(filter(None, [_UNTOLD if subject.unsettled else _OF_NONE, standing.remark]))
        return Interval(subject.thing, "", "", subject.unsettled, certainty, STATED, "", "", reason, subject.told_by)
    basis = INFERRED if move.is_inferred else STATED
    return Interval(subject.thing, "", "", move.status.notation, certainty, basis, "", "", _reason(standing, move),
                    move.evidence)  # fmt: skip


def _reason(standing: Standing, move: Move) -> str:
    reason = move.phrase
    if standing.settled is not None and standing.settled != move:
        reason += f"; before that {standing.settled.phrase}"
    return f"{reason}; {standing.remark}" if standing.remark else reason
