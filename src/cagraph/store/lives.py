"""What law time derives, as quads of the default graph: status intervals, and what lists need of each thing."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from cagraph.curated.ids import preference_id
from cagraph.iris import ID
from cagraph.store.statements import EDITORIAL, TYPE, iso_day, plain, property_

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cagraph.lawtime.intervals import Interval
    from cagraph.lawtime.lives import Life


def derived(lives: Iterable[Life]) -> Iterator[Quad]:
    """Yield the quads of what law time derives of each thing."""
    for life in lives:
        node = _thing(life.thing)
        yield Quad(node, property_("ca:knownUntil"), iso_day(life.known_until), EDITORIAL)
        if life.main_date:
            yield plain(node, "ca:mainDate", life.main_date)
        if life.binding:
            yield Quad(node, property_("ca:binding"), _thing(f"force-{life.binding}"), EDITORIAL)
        for step, choice in life.rejected.items():
            preference = _thing(preference_id(life.thing, choice))
            yield Quad(_thing(step), property_("ca:setAsideBy"), preference, EDITORIAL)
        yield plain(node, "ca:standing", _text(life))
        for number, interval in enumerate(life.intervals, 1):
            yield from _interval(node, number, interval)


def _text(life: Life) -> str:
    """Return the intervals of a thing in one text, and before them what all its rows rest on.

    Thirty agreements of a list have four hundred intervals of ten statements each: read one by one they
    cost a cold lookup half as much again as everything else.
    """
    head = (life.known_until, life.main_date, life.binding, " ".join(life.evidence))
    rows = [(*interval[1:-1], " ".join(interval.evidence)) for interval in life.intervals]
    return "\n".join("\t".join(row) for row in (head, *rows))


def _interval(thing: NamedNode, number: int, interval: Interval) -> Iterator[Quad]:
    node = NamedNode(f"{thing.value}-status-{number}")
    yield Quad(node, TYPE, property_("ca:StatusInterval"), EDITORIAL)
    yield Quad(node, property_("ca:statusOf"), thing, EDITORIAL)
    yield Quad(node, property_("prov:wasGeneratedBy"), _thing("lawtime-rules"), EDITORIAL)
    if interval.party:
        yield Quad(node, property_("ca:statusFor"), _thing(interval.party), EDITORIAL)
    if interval.role:
        yield Quad(node, property_("ca:role"), _thing(f"role-{interval.role}"), EDITORIAL)
    if interval.status:
        yield Quad(node, property_("ca:status"), _thing(f"status-{interval.status}"), EDITORIAL)
    yield Quad(node, property_("ca:from"), iso_day(interval.start), EDITORIAL)
    yield Quad(node, property_("ca:until"), iso_day(interval.end), EDITORIAL)
    yield Quad(node, property_("ca:certainty"), _word(interval.certainty), EDITORIAL)
    yield Quad(node, property_("ca:basis"), _word(interval.basis), EDITORIAL)
    yield Quad(node, property_("ca:reason"), _word(interval.reason), EDITORIAL)
    for id_ in interval.evidence:
        yield Quad(node, property_("prov:wasDerivedFrom"), _thing(id_), EDITORIAL)


# Thirty thousand statements are made of some three thousand nodes and literals.


@lru_cache(maxsize=10_000)
def _thing(id_: str) -> NamedNode:
    return NamedNode(ID + id_)


@lru_cache(maxsize=10_000)
def _word(words: str) -> Literal:
    return Literal(words)
