"""How steps add up: the state that all of them together leave one party, or the whole, in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from cagraph.lawtime.steps import LAST
from cagraph.names import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cagraph.lawtime.rules import Status


class Move(NamedTuple):
    """A step as it bears on one party or on the whole: the status it leads to, and between which days."""

    status: Status
    earliest: str
    latest: str
    """First and last day on which it can have happened, ISO 8601."""
    words: str
    """The step in words, without its actors: `signed 2019`."""
    by: tuple[str, ...]
    evidence: tuple[str, ...]
    is_inferred: bool

    @property
    def phrase(self) -> str:
        """The step in words, with those who took it."""
        what, _, when = self.words.partition(" | ")
        return f"{what} by {', '.join(map(shown, self.by))} {when}" if self.by else f"{what} {when}".strip()


class Standing(NamedTuple):
    """Where things stand from a day on."""

    start: str
    """ISO 8601 day."""
    settled: Move | None
    """What is certain by then."""
    change: Move | None
    """What may have changed it by then; the same move if nothing may."""
    remark: str = ""
    """What else a lawyer must be told."""


def standings(moves: Sequence[Move], start: str) -> list[Standing]:
    """Return where things stand on each day on which that can change, from a first day on."""
    days = {start, *(day for move in moves for day in (move.earliest, move.latest) if start < day < LAST)}
    return [_standing(moves, day) for day in sorted(days)]


def on(standings_: Sequence[Standing], day: str) -> Standing | None:
    """Return where things stood on a day; None if nothing had begun."""
    return next((one for one in reversed(standings_) if one.start <= day), None)


def _standing(moves: Sequence[Move], day: str) -> Standing:
    settled = _state(move for move in moves if move.latest <= day)
    change = _state(move for move in moves if move.earliest <= day)
    if settled is not None and change is not None and settled.status == change.status:
        change = settled  # told once more of a later day: nothing may have changed
    return Standing(day, settled, change)


def _state(moves: Iterable[Move]) -> Move | None:
    """Return the move that the state after all of them rests on."""
    state: Move | None = None
    for move in sorted(moves, key=lambda move: (move.earliest, move.status.rank, move.latest, move.words)):
        if state is None or _supersedes(move, state):
            state = move
    return state


def _supersedes(new: Move, old: Move) -> bool:
    """Tell whether a later move changes the state.

    Sources tell of earlier steps later, so of two steps the one that leads further counts: talks
    reported in 2020 do not undo a signature of 2001. Only what binds again, and is later, undoes an
    ending, a suspension or a staying out: a proposal after the end of a treaty does not bring it back.
    """
    if old.status.is_undone and not new.status.is_undone:
        return new.earliest > old.earliest and not new.status.is_before_signature
    if new.status == old.status:  # told twice: what is stated before what is inferred, then what is certain first
        return (new.is_inferred, new.latest) < (old.is_inferred, old.latest)
    return new.status.rank >= old.status.rank


def _both(moves: Sequence[Move]) -> Move:
    """Return the moves of several parties to one status as one: what the whole has reached rests on all."""
    different = sorted(set(moves), key=lambda move: (move.latest, move.words))
    if len(different) == 1:
        return different[0]
    return Move(
        different[0].status, max(move.earliest for move in different), max(move.latest for move in different),
        "; ".join(move.phrase for move in different), (),
        tuple(sorted({id_ for move in different for id_ in move.evidence})),
        any(move.is_inferred for move in different),
    )  # fmt: skip


def shared(states: Sequence[tuple[str, Move | None]]) -> tuple[Move | None, str]:
    """Return the highest state that both sides of a bilateral agreement have reached, and who has gone further.

    Before the signature one side alone can move the whole: a proposal needs nobody's consent.

    Args:
        states: each party's id and state; None where it has taken no step.
    """
    taken = [(party, move) for party, move in states if move is not None]
    if not taken:
        return None, ""
    ordered = sorted(taken, key=lambda state: state[1].status.rank)
    if len(taken) < len(states):
        top = ordered[-1][1]
        return (top, "") if top.status.is_before_signature else (None, "")
    least = _both([move for _, move in ordered if move.status == ordered[0][1].status])
    ahead = [(party, move) for party, move in taken if move.status.rank > least.status.rank]
    words = "; ".join(
        f"{move.status.notation.replace('-', ' ')}: {shown(party)} ({len(ahead)} of {len(states)})"
        for party, move in ahead
    )
    return least, words
