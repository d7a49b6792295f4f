"""Whose step is it: a step binds only those who took it, and what both sides share is the state of the whole."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from cagraph.lawtime.intervals import ADDRESSEE, Subject, intervals
from cagraph.lawtime.standing import Standing, on, shared, standings
from cagraph.names import is_country

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cagraph.curated.records import Thing
    from cagraph.lawtime.intervals import Interval
    from cagraph.lawtime.standing import Move

PARTY, NEGOTIATING, PROPOSER, NOT_JOINED = "party", "negotiating", "proposer", "not-joined"


class Sides(NamedTuple):
    """Who takes part in an agreement, and for whom each body acts."""

    parties: tuple[str, ...]
    others: tuple[str, ...]
    """States that are no parties and of which a step is told: those that stay out."""
    acts_for: Mapping[str, str]
    """Id of an actor -> the party it acts for; an organ of none is missing."""

    def of(self, move: Move) -> set[str]:
        """Return the parties and states that took a step."""
        return {self.acts_for[actor] for actor in move.by if actor in self.acts_for}


def owners(things: Iterable[Thing]) -> dict[str, tuple[str, ...]]:
    """Return the state of each body, and the country of each region: heads of state act for their state."""
    found: dict[str, tuple[str, ...]] = {}
    for thing in things:
        for block in thing.evidence:
            for name, values in block.claims:
                if name == "jurisdiction" or (name == "isPartOf" and thing.kind == "Region"):
                    found[thing.id] = tuple(dict.fromkeys([*found.get(thing.id, ()), *map(str, values)]))
    return found


def sides(party: Iterable[str], moves: Iterable[Move], owners_: Mapping[str, tuple[str, ...]]) -> Sides:
    """Return the sides of an agreement: the parties that passages name, and whoever else took a step."""
    parties = tuple(sorted(set(party)))
    acts_for = {id_: id_ for id_ in parties}
    for actor in sorted({actor for move in moves for actor in move.by}):
        state = next((owner for owner in (actor, *owners_.get(actor, ())) if owner in parties), "")
        if state or is_country(actor):
            acts_for[actor] = state or actor
    return Sides(parties, tuple(sorted(set(acts_for.values()) - set(parties))), acts_for)


def of_bilateral(subject: Subject, sides_: Sides, moves: Sequence[Move]) -> Iterator[Interval]:
    """Yield the intervals of a bilateral agreement: of the whole, and of each party.

    The whole is what both share. Entry into force, operation and ending are of the whole, so of both.
    """
    each = {
        party: standings([move for move in moves if _bears_on(move, party, sides_)], subject.first)
        for party in (*sides_.parties, *sides_.others)
    }
    unsaid = [move for move in moves if move.status.is_of_each and not sides_.of(move)]
    days = {subject.first, *(move.latest for move in unsaid if move.latest > subject.first)}
    days |= {standing.start for party in sides_.parties for standing in each[party]}
    whole = [_whole(day, {party: each[party] for party in sides_.parties}, unsaid) for day in sorted(days)]
    yield from intervals(subject, "", whole, lambda _: "")
    for party, own in each.items():
        aligned = [_at(own, day) for day in sorted({*days, *(standing.start for standing in own)})]
        yield from intervals(subject, party, aligned, partial(_role, whole, ADDRESSEE))


def _at(own: Sequence[Standing], day: str) -> Standing:
    """Return where a party stands on a day, as of that day: the role can change while the state does not."""
    found = on(own, day)
    return found._replace(start=day) if found else Standing(day, None, None)


def _bears_on(move: Move, party: str, sides_: Sides) -> bool:
    took = sides_.of(move)
    if party not in sides_.parties:
        return party in took
    return move.status.is_of_the_whole or party in took or (not took and not move.status.is_of_each)


def _whole(day: str, each: Mapping[str, Sequence[Standing]], unsaid: Iterable[Move]) -> Standing:
    now = {party: _at(own, day) for party, own in each.items()}
    settled, words = shared([(party, standing.settled) for party, standing in now.items()])
    change, maybe = shared([(party, standing.change) for party, standing in now.items()])
    remarks = [words if settled == change else maybe]
    remarks += [
        f"consent of one side, unsaid which ({move.phrase})"
        for move in unsaid
        if move.latest <= day and (change is None or change.status.rank < move.status.rank)
    ]
    return Standing(day, settled, change, "; ".join(filter(None, remarks)))


def of_multilateral(subject: Subject, sides_: Sides, moves: Sequence[Move]) -> Iterator[Interval]:
    """Yield the intervals of a multilateral agreement: of the whole, and of each state that takes part.

    The whole moves by steps of its own, and by one that all parties took; a state by its own alone.
    """
    everybody = set(sides_.parties)
    own = [
        move
        for move in moves
        if not move.status.is_of_each and (not sides_.of(move) or (len(everybody) > 1 and sides_.of(move) >= everybody))
    ]
    whole = standings(own, subject.first)
    yield from intervals(subject, "", whole, lambda _: "")
    endings = [move for move in own if move.status.is_undone and move.status.is_of_the_whole and not move.by]
    for party in (*sides_.parties, *sides_.others):
        taken = [move for move in moves if party in sides_.of(move)]
        start = min((move.earliest for move in taken), default=subject.first)
        stands = standings([*taken, *endings], start)
        yield from intervals(subject, party, stands, partial(_role, whole, PARTY))


def _role(whole: Sequence[Standing], idle: str, standing: Standing) -> str:
    """Return what a party is: from its own state, and, if it has none, from how far the whole has come.

    Args:
        whole: where the whole stands from each day on.
        idle: what it is without a step of its own while others still talk.
        standing: where the party stands.
    """
    as_whole = on(whole, standing.start)
    stage = as_whole.change if as_whole else None
    talking = stage is not None and stage.status.is_before_signature
    if standing.change is None:
        return (NEGOTIATING if idle == PARTY else idle) if talking else PARTY
    status = standing.change.status
    if status.is_of_each and status.is_undone:
        return NOT_JOINED
    if not status.is_before_signature:
        return PARTY
    is_proposal = talking and stage is not None and stage.status.rank <= status.rank and status.notation == "proposed"
    return PROPOSER if is_proposal else NEGOTIATING
