"""Contradictions between claims: found by query, never resolved by overwriting."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from cagraph.answers import lookup
from cagraph.answers.figure_conflicts import comparable, disagreeing
from cagraph.answers.figures import number, read
from cagraph.answers.preferences import choices
from cagraph.answers.register_ids import compare, in_address
from cagraph.curated.ids import source_of
from cagraph.errors import UsageFault
from cagraph.iris import local
from cagraph.names import fold
from cagraph.queries import ask
from cagraph.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cagraph.answers.figures import Figure
    from cagraph.store import Store

COLUMNS = ("id", "label", "class", "field", "value", "evidence", "other_value", "other_evidence", "preferred", "reason")
CLASSES = ("date", "count", "period", "number", "attribution", "status", "address", "post", "statement", "name")
"""In the order in which they are listed. Variants of a `name` contradict nothing: they are listed when asked for."""
_QUESTIONS = (
    "conflicting-addresses",
    "conflicting-attribution",
    "conflicting-claims",
    "conflicting-dates",
    "conflicting-status",
)
_IN_WORDS = "conflicts-in-words"
_SPELLING = 80
"""Names of one thing at least this alike (up to 100), and not the same, are two spellings of it; below,
they are two names."""


class Conflict(NamedTuple):
    """Two claims that cannot both hold."""

    id: str
    label: str
    conflict: str
    """Its class, of `CLASSES`."""
    field: str
    value: str
    evidence: str
    other_value: str
    other_evidence: str
    preferred: str = ""
    """The value that a curator prefers, if one is."""
    reason: str = ""


def contradictions(store: Store, name: str = "", source: str = "", limit: int = 0, class_: str = "") -> Rows:
    """Return each pair of claims that cannot both hold, with the preferred value if one is.

    Args:
        store: what is asked.
        name: only conflicts about the thing with this id or name; all if empty.
        source: only conflicts in which this document takes part.
        limit: at most so many; 0 for all.
        class_: only this class; all but variants of a name if empty.

    Raises:
        UsageFault: if there is no such class.
    """
    if class_ and class_ not in CLASSES:
        raise UsageFault(f"{class_!r} is no class of conflict", f"choose one of {', '.join(CLASSES)}")
    known = about(store, lookup.find(store, name).id if name else "", names=class_ == "name")
    if class_:
        known = [c for c in known if c.conflict == class_]
    document = lookup.source_id(store, source)
    if document:
        known = [c for c in known if document in {source_of(c.evidence), source_of(c.other_evidence)}]
    notes = () if known else ("no such contradiction is known",)
    shown = ("label", "class", "field", "value", "other_value", "preferred", "id")
    return Rows(COLUMNS, known, shown=shown, notes=notes).first(limit)


def about(store: Store, id_: str = "", *, names: bool = False) -> list[Conflict]:
    """Return the conflicts about the thing with this id, or all; one for each pair of values.

    In each class those come first that values show and that no curator has concluded or settled. `names` adds
    variants of names.
    """
    worded = {*_asked(store, id_, _IN_WORDS)}
    found = {*_asked(store, id_, *_QUESTIONS), *_figures(store, id_), *_registers(store, id_), *worded}
    if names:
        found |= {*_spellings(store, id_)}
    preferred = choices(store, id_)
    kept: dict[tuple[str, ...], Conflict] = {}
    for conflict in sorted(found):
        field, _, where = conflict.field.partition(", ")
        values = {conflict.value, conflict.other_value}
        choice = next((one for one in preferred[conflict.id] if one.chooses(field, values, where)), None)
        told = conflict._replace(preferred=choice.prefers, reason=choice.reason) if choice else conflict
        # Whichever passages repeat two values, they are one contradiction.
        key = (told.id, told.conflict, told.field, *sorted((told.value, told.other_value)))
        kept.setdefault(key, told)
    return sorted(kept.values(), key=lambda one: (CLASSES.index(one.conflict), one in worded, *_doubt(one), one))


def _doubt(conflict: Conflict) -> tuple[bool, bool]:
    """Return whether a curator's reading takes part in a conflict, and whether it is settled."""
    read_otherwise = "-inferred-" in conflict.evidence or "-inferred-" in conflict.other_evidence
    return read_otherwise, bool(conflict.preferred)


def _asked(store: Store, id_: str, *questions: str) -> Iterator[Conflict]:
    for question in questions:
        for row in ask(store, question, id=id_).rows:
            conflict, other = Conflict(*map(str, row[:8])), "".join(map(str, row[8:]))
            if id_ or other == "" or conflict.id < other:  # what two things share is told once, unless one is asked for
                yield conflict._replace(field=local(conflict.field))


def _figures(store: Store, id_: str) -> Iterator[Conflict]:
    """Yield each pair of figures of one series and period that cannot both hold.

    Compared here: as a query, the join of all figures with all others took most of the answer's time.
    """
    for one, other in disagreeing(_comparable(store, id_) if id_ else read(store)):
        if id_ in {"", one.id, other.id}:
            first, second = (other, one) if other.id == id_ else (one, other)
            yield Conflict(first.id, first.label, "count", _field(first), number(first), first.evidence,
                           number(second), second.evidence)  # fmt: skip


def _comparable(store: Store, id_: str) -> list[Figure]:
    """Return the figures of a thing, and those of others that may contradict one of them."""
    own = read(store, thing=id_)
    others = ask(store, "of-series", series=comparable(own)).rows
    ids = {str(other) for other, _ in others} - {id_}
    return [*own, *read(store, thing=ids, indicator={str(indicator) for _, indicator in others})] if ids else own


def _field(figure: Figure) -> str:
    parts = (figure.indicator, figure.where, figure.what, figure.period)
    return ", ".join(part for part in parts if part)


def _registers(store: Store, id_: str) -> Iterator[Conflict]:
    """Yield each act whose number or date is not the one that its id in an official register says."""
    for act, label, register, register_evidence, number_, evidence in ask(store, "numbers-in-registers", id=id_).rows:
        verdict = compare(in_address(str(register)), [str(number_)], [])
        if verdict.startswith("inconsistent"):
            yield Conflict(str(act), str(label), "number", "number", str(number_), str(evidence),
                           in_address(str(register)), str(register_evidence))  # fmt: skip


def _spellings(store: Store, id_: str) -> Iterable[Conflict]:
    """Yield each pair of spellings of one printed name: alike, and not the same."""
    from rapidfuzz.fuzz import ratio

    printed: dict[tuple[str, str, str], dict[str, str]] = defaultdict(dict)
    for thing, label, property_, name, evidence in sorted(map(_texts, ask(store, "printed-names", id=id_).rows)):
        printed[thing, label, local(property_)].setdefault(name, evidence)
    for (thing, label, property_), names in printed.items():
        folded = {name: " ".join(sorted(fold(name).split())) for name in names}
        for one, other in combinations(sorted(names), 2):
            if fold(one) != fold(other) and ratio(folded[one], folded[other]) >= _SPELLING:
                yield Conflict(thing, label, "name", property_, one, names[one], other, names[other])


def _texts(row: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(map(str, row))
