"""The things of a list, each whole: its claims, its sides, and where it stands on a day."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from cagraph.answers.standing import WHOLE, Standing, State, no_trace, standings
from cagraph.iris import local
from cagraph.names import is_country, shown
from cagraph.queries import ask

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from cagraph.answers.members import Member
    from cagraph.rows import Cell
    from cagraph.store import Store


class Entry(NamedTuple):
    """One thing of a list, whole: whatever a caller shows of it."""

    id: str
    label: str
    kind: str
    role: str
    """The tie to the country asked for, such as `jurisdiction`, or its part in an agreement, such as
    `party`; empty in lists that know only one, and where no country is asked for."""
    claims: dict[str, tuple[str, ...]]
    """Local name of each property that lists show -> values."""
    parties: tuple[str, ...]
    """ISO 3166-1 codes of countries, ids of others."""
    date: str
    """EDTF date of signature, adoption or beginning; the empty string if none is told."""
    known_until: str
    """ISO 8601: nothing is known of it after this day."""
    binding: str
    """Of an agreement, whether it binds."""
    state: State
    """Where it stands on the day: for the country asked for if it is a side, else as a whole."""
    evidence: tuple[str, ...]

    @property
    def status(self) -> str:
        """The status on the day."""
        return self.state.status

    def cell(self, column: str) -> Cell:
        """Return what stands in a column of the list."""
        match column:
            case "form":
                return ", ".join(_notations(self.claims.get("form", ())))
            case "topics":
                return _notations(self.claims.get("topic", ()))
            case "url":
                return next(iter(self.claims.get("url", ())), "")
            case "status_reason":
                return self.state.reason
            case "status":
                return self.status
            case "certainty" | "basis":
                return self.state.certainty if column == "certainty" else self.state.basis
            case _ if column in self._fields:
                value: Cell = getattr(self, column)
                return value
            case _:
                return self.claims.get(column, ())


def _notations(concepts: Iterable[str]) -> tuple[str, ...]:
    return tuple([concept.partition("-")[2] for concept in concepts])


def described(store: Store, members: Mapping[str, Member], as_of: str) -> Iterator[Entry]:
    """Yield an entry for each thing: its claims, and where it stands on the day.

    Args:
        store: what is asked.
        members: the things.
        as_of: ISO 8601 day.
    """
    claims: dict[str, dict[str, set[str]]] = {id_: defaultdict(set) for id_ in members}
    for id_, property_, value in ask(store, "listed-values", id=tuple(members)).rows:
        claims[str(id_)][local(property_)].add(str(value))
    standing = standings(store, tuple(members), as_of)
    for id_, member in members.items():
        own = standing.get(id_, Standing("", "", "", (), {}))
        state = _state(own.on_day, member)
        yield Entry(
            id_, member.label, member.kind, member.role or (state.role if member.sides else ""),
            {name: tuple(sorted(values)) for name, values in claims[id_].items()},
            _parties(claims[id_], own.on_day), own.main_date, own.known_until, own.binding, state, own.evidence,
        )  # fmt: skip


def _state(of_thing: Mapping[str, State], member: Member) -> State:
    """Return where a thing stands for the country asked for, or, if it has no part in it, as a whole."""
    whole = of_thing.get(WHOLE, no_trace())
    if not member.sides:
        return whole
    # Of a country and its own bodies the country comes first: its id is the shorter.
    return next((of_thing[side] for side in sorted(member.sides, key=len) if side in of_thing), no_trace())


def _parties(claims: Mapping[str, Collection[str]], of_thing: Mapping[str, State]) -> tuple[str, ...]:
    """Return the sides: the parties, hub and partners named, and whoever took part by a step of its own."""
    named = {side for name in ("party", "hub", "partner") for side in claims.get(name, ())}
    took_part = {side for side, state in of_thing.items() if is_country(side) and state.role != "not-joined"}
    return tuple(sorted(map(shown, named | took_part)))
