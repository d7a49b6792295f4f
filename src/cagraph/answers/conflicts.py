"""Contradictions between claims: found by query, never resolved by overwriting."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from cagraph.answers import lookup, things
from cagraph.curated.ids import source_of
from cagraph.iris import local
from cagraph.names import fold
from cagraph.queries import ask
from cagraph.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cagraph.store import Store

COLUMNS = ("id", "label", "class", "field", "value", "evidence", "other_value", "other_evidence", "preferred", "reason")
_QUESTIONS = ("conflicting-attribution", "conflicting-claims", "conflicting-dates", "conflicting-status")
_SPELLING = 80
"""Names of one thing at least this alike (up to 100), and not the same, are two spellings of it; below,
they are two names."""


class Conflict(NamedTuple):
    """Two claims about a thing that cannot both hold."""

    id: str
    label: str
    conflict: str
    """Its class: attribution, count, date, name, number, period, status, title ..."""
    field: str
    value: str
    evidence: str
    other_value: str
    other_evidence: str
    preferred: str = ""
    """The value that a curator prefers, if one is."""
    reason: str = ""


def contradictions(store: Store, name: str = "", source: str = "", limit: int = 0) -> Rows:
    """Return each pair of claims that cannot both hold, with the preferred value if one is.

    Args:
        store: what is asked.
        name: only conflicts about the thing with this id or name; all if empty.
        source: only conflicts in which this document takes part.
        limit: at most so many; 0 for all.
    """
    known = about(store, lookup.find(store, name).id if name else "")
    document = lookup.source_id(store, source)
    if document:
        known = [c for c in known if document in {source_of(c.evidence), source_of(c.other_evidence)}]
    return Rows(COLUMNS, known, shown=("label", "class", "field", "value", "other_value", "preferred", "id")).first(
        limit
    )


def about(store: Store, id_: str = "") -> list[Conflict]:
    """Return the conflicts about the thing with this id, or all; one for each pair of values."""
    reasons = {
        (str(thing), str(property_), str(value)): str(reason)
        for thing, property_, value, reason in ask(store, "preferences", id=id_).rows
    }
    kept: dict[tuple[str, ...], Conflict] = {}
    for conflict in sorted({*_asked(store, id_), *_figures(store, id_), *_spellings(store, id_)}):
        values = (conflict.value, conflict.other_value)
        preferred = next((value for value in values if (conflict.id, conflict.field, value) in reasons), "")
        reason = reasons.get((conflict.id, conflict.field, preferred), "")
        # Whichever passages repeat two values, they are one contradiction.
        key = (conflict.id, conflict.conflict, conflict.field, *sorted((conflict.value, conflict.other_value)))
        kept.setdefault(key, conflict._replace(preferred=preferred, reason=reason))
    return list(kept.values())


def _asked(store: Store, id_: str) -> Iterator[Conflict]:
    for question in _QUESTIONS:
        for row in ask(store, question, id=id_).rows:
            conflict = Conflict(*map(str, row))
            yield conflict._replace(field=local(conflict.field))


def _figures(store: Store, id_: str) -> Iterator[Conflict]:
    """Yield each pair of values of one measure of a thing, for the same period, unit and subject.

    Compared here: as a query, the join of all figures with all others took most of the answer's time.
    """
    subjects: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for thing, figure, measure, value, unit, period, subject, _, evidence in ask(store, "figures", id=id_).rows:
        key = (thing, figure, measure, value, unit, period, evidence)
        subjects[tuple(map(str, key))].update([str(subject)] if subject else [])
    alike: dict[tuple[object, ...], list[tuple[float, str, str]]] = defaultdict(list)
    for (thing, _, measure, value, unit, period, evidence), whom in subjects.items():
        alike[thing, measure, unit, period, frozenset(whom)].append((float(value), value, evidence))
    labels = things.described(store, {str(key[0]) for key, values in alike.items() if len({v[0] for v in values}) > 1})
    for (thing, measure, *_), values in alike.items():
        for one, other in combinations(sorted(values), 2):
            if measure and one[0] < other[0]:
                label = labels[str(thing)].label
                yield Conflict(str(thing), label, "count", str(measure), one[1], one[2], other[1], other[2])


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
