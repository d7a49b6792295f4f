"""What law time derives, as quads of the default graph: status intervals, and what lists need of each thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pyoxigraph import Literal, NamedNode, Quad

from cagraph.curated.ids import preference_id
from cagraph.iris import CA, ID, XSD, iri
from cagraph.store.statements import EDITORIAL, TYPE, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cagraph.lawtime.intervals import Interval
    from cagraph.lawtime.lives import Life

_RULES = NamedNode(ID + "lawtime-rules")
_DATE = NamedNode(XSD + "date")


def derived(lives: Iterable[Life]) -> Iterator[Quad]:
    """Yield the quads of what law time derives of each thing."""
    for life in lives:
        node = NamedNode(ID + life.thing)
        yield Quad(node, NamedNode(CA + "knownUntil"), Literal(life.known_until, datatype=_DATE), EDITORIAL)
        if life.main_date:
            yield plain(node, "ca:mainDate", life.main_date)
        if life.binding:
            yield Quad(node, NamedNode(CA + "binding"), NamedNode(f"{ID}force-{life.binding}"), EDITORIAL)
        for step, choice in life.rejected.items():
            preference = NamedNode(ID + preference_id(life.thing, choice))
            yield Quad(NamedNode(ID + step), NamedNode(CA + "setAsideBy"), preference, EDITORIAL)
        yield plain(node, "ca:standing", _text(life))
        for number, interval in enumerate(life.intervals, 1):
            yield from _interval(node, number, interval)


def _text(life: Life) -> str:
    """Return the intervals of a thing in one text, and before them what all its rows rest on.

    Thirty agreements of a list have four hundred intervals of ten statements each: read one by one they
    cost a cold lookup half as much again as everything else.
    """
    head = ("", life.known_until, " ".join(life.evidence))
    rows = [(*interval[1:-1], " ".join(interval.evidence)) for interval in life.intervals]
    return "\n".join("\t".join(row) for row in (head, *rows))


def _interval(thing: NamedNode, number: int, interval: Interval) -> Iterator[Quad]:
    node = NamedNode(f"{thing.value}-status-{number}")
    yield Quad(node, TYPE, NamedNode(CA + "StatusInterval"), EDITORIAL)
    yield Quad(node, NamedNode(CA + "statusOf"), thing, EDITORIAL)
    yield Quad(node, NamedNode(iri("prov:wasGeneratedBy")), _RULES, EDITORIAL)
    for name, id_ in (
        ("statusFor", interval.party),
        ("role", interval.role and f"role-{interval.role}"),
        ("status", interval.status and f"status-{interval.status}"),
    ):
        if id_:
            yield Quad(node, NamedNode(CA + name), NamedNode(ID + id_), EDITORIAL)
    for name, day in (("from", interval.start), ("until", interval.end)):
        yield Quad(node, NamedNode(CA + name), Literal(day, datatype=_DATE), EDITORIAL)
    for name, words in (("certainty", interval.certainty), ("basis", interval.basis), ("reason", interval.reason)):
        yield plain(node, f"ca:{name}", words)
    for id_ in interval.evidence:
        yield Quad(node, NamedNode(iri("prov:wasDerivedFrom")), NamedNode(ID + id_), EDITORIAL)
