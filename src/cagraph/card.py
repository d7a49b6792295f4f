"""Everything known about one thing: its claims, life, figures, conflicts, and what points at it."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cagraph import conflicts, lawtime, listing, lookup, queries
from cagraph.names import SLUG
from cagraph.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cagraph.rows import Cell
    from cagraph.store import Graph

COLUMNS = ("part", "field", "value", "label", "source", "section", "line", "according_to", "inference", "evidence")


@dataclass(frozen=True)
class Card:
    """A thing, and what the sources say of it."""

    id: str
    label: str
    kind: str
    description: str
    names: tuple[str, ...]
    not_found: tuple[str, ...]
    """Fields that were looked for in every source and not found."""
    status: lawtime.Status
    rows: Rows
    """One row per claim: `part` is claim, action, figure, mention, conflict or preference."""


def card(graph: Graph, id_: str, as_of: str) -> Card:
    """Return everything known about a thing.

    Args:
        graph: the store.
        id_: the thing's id, as `lookup.find` returns it.
        as_of: ISO 8601 day for which the status is computed.
    """
    found = [
        *_claims(graph, id_),
        *_actions(graph, id_),
        *_figures(graph, id_),
        *_conflicts(graph, id_),
        *_preferences(graph, id_),
        *_mentions(graph, id_),
    ]
    wheres = _places(graph, {str(row[4]) for row in found if row[4]})
    rows = [(*row[:4], *wheres.get(str(row[4]), ("", "", "", "", "")), row[4]) for row in found]
    about = graph.select(_bound("about", id_)).dicts()
    thing = lookup.described(graph, [id_])[id_]
    return Card(
        id=id_,
        label=thing.label,
        kind=thing.kind,
        description=next((str(row["value"]) for row in about if row["field"] == "description"), ""),
        names=tuple(str(row["value"]) for row in about if row["field"] == "name"),
        not_found=tuple(str(row["value"]) for row in about if row["field"] == "notFound"),
        status=lawtime.status(listing.actions(graph, [id_]).get(id_, []), as_of),
        rows=Rows(COLUMNS, rows),
    )


_Found = tuple["Cell", "Cell", "Cell", "Cell", "Cell"]
"""Part, field, value, label of the value, evidence."""


def _bound(name: str, id_: str) -> str:
    return queries.load(name, "lookups").bind({"id": id_})


def _claims(graph: Graph, id_: str) -> Iterable[_Found]:
    rows = graph.select(_bound("claims", id_)).rows
    labels = _labels(graph, (str(value) for _, _, value, _ in rows))
    for _, property_, value, evidence in sorted(rows, key=lambda row: (str(row[1]), str(row[2]))):
        yield ("claim", _field(property_), value, labels.get(str(value), ""), evidence)


def _labels(graph: Graph, values: Iterable[str]) -> dict[str, str]:
    ids = sorted({value for value in values if SLUG.fullmatch(value)})
    if not ids:
        return {}
    return {
        str(id_): str(label) for id_, label in graph.select(queries.load("labels", "lookups").bind({"id": ids})).rows
    }


def _field(property_: Cell) -> str:
    return str(property_).rpartition(":")[2]


def _actions(graph: Graph, id_: str) -> Iterable[_Found]:
    rows = graph.select(_bound("actions", id_)).dicts()
    labels = _labels(graph, (str(row[name]) for row in rows for name in ("by", "instrument") if row[name]))
    steps: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        step = steps[str(row["action"]), str(row["evidence"])]
        for name in ("label", "date", "earliest", "by", "instrument", "place", "note"):
            if row[name]:
                step[name].add(str(row[name]))
    for (_, evidence), step in sorted(steps.items(), key=lambda item: (min(item[1]["earliest"], default="9"), item[0])):
        date = ", ".join(step["date"]) or "undated"
        about = [
            *(f"by {labels.get(one, one)}" for one in sorted(step["by"])),
            *(f"by means of {labels.get(one, one)} ({one})" for one in sorted(step["instrument"])),
            *(f"in {one}" for one in sorted(step["place"])),
            *sorted(step["note"]),
        ]
        yield ("action", next(iter(step["label"]), ""), date, "; ".join(about), evidence)


def _figures(graph: Graph, id_: str) -> Iterable[_Found]:
    rows = graph.select(_bound("figures", id_)).dicts()
    labels = _labels(graph, (str(row["about"]) for row in rows if row["about"]))
    merged: dict[tuple[str, str], list[dict[str, Cell]]] = defaultdict(list)
    for row in rows:
        merged[str(row["figure"]), str(row["evidence"])].append(row)
    for (_, evidence), same in sorted(merged.items()):
        row = same[0]
        about = ", ".join(sorted({labels.get(str(r["about"]), str(r["about"])) for r in same if r["about"]}))
        parts = [str(row[name]) for name in ("period", "note") if row[name]]
        value = (
            f"{row['value']:,} {row['unit'] or ''}".strip() if isinstance(row["value"], int | float) else row["value"]
        )
        yield ("figure", row["measure"] or "figure", value, "; ".join([*([about] if about else []), *parts]), evidence)


def _conflicts(graph: Graph, id_: str) -> Iterable[_Found]:
    for row in conflicts.conflicts(graph, id_).dicts():
        field = f"{row['class']}: {row['field']}"
        yield ("conflict", field, row["value"], f"against {row['other_value']}", row["evidence"])
        yield ("conflict", field, row["other_value"], f"against {row['value']}", row["other_evidence"])


def _preferences(graph: Graph, id_: str) -> Iterable[_Found]:
    for _, property_, prefers, reason in graph.select(_bound("preferences", id_)).rows:
        yield ("preference", property_, prefers, reason, None)


def _mentions(graph: Graph, id_: str) -> Iterable[_Found]:
    rows = graph.select(_bound("mentions", id_)).dicts()
    for row in sorted(rows, key=lambda row: (str(row["property"]), str(row["label"]), str(row["evidence"]))):
        if row["subject"] != id_:
            yield ("mention", _field(row["property"]), row["subject"], row["label"], row["evidence"])


def _places(graph: Graph, ids: set[str]) -> dict[str, tuple[Cell, ...]]:
    if not ids:
        return {}
    rows = graph.select(queries.load("evidence", "lookups").bind({"evidence": sorted(ids)})).dicts()
    columns = ("source", "section", "line", "accordingTo", "inference")
    return {str(row["evidence"]): tuple(row[name] or "" for name in columns) for row in rows}


_HEADINGS = {
    "claim": "What the sources say", "action": "Life", "figure": "Figures", "conflict": "Contradictions",
    "preference": "Preferred readings", "mention": "What points here",
}  # fmt: skip


def text(about: Card) -> str:
    """Return a card as plain text for a terminal; a number behind each claim leads to its source."""
    rows = about.rows.dicts()
    notes = {
        where: number
        for number, where in enumerate(dict.fromkeys(str(r["evidence"]) for r in rows if r["evidence"]), 1)
    }
    lines = [about.label, f"{about.kind} · {about.id}", ""]
    lines += [about.description, ""] if about.description else []
    lines += [f"Also: {'; '.join(about.names)}", ""] if about.names else []
    lines += [f"Status: {about.status.status} ({about.status.reason})", ""] if about.status.evidence else []
    for part, heading in _HEADINGS.items():
        found = [row for row in rows if row["part"] == part]
        lines += [heading, *_lines(found, notes), ""] if found else []
    if about.not_found:
        lines += [f"Looked for in every source and not found: {', '.join(about.not_found)}", ""]
    places = {str(row["evidence"]): row for row in rows}
    lines += ["Sources", *(f"  [{number}] {_place(places[where])}" for where, number in notes.items()), ""]
    return "\n".join(lines)


def _lines(rows: list[dict[str, Cell]], notes: dict[str, int]) -> Iterable[str]:
    """Yield one line for each value, with the numbers of all passages that give it."""
    merged: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for row in rows:
        key = (str(row["field"]), str(row["value"]), str(row["label"] or ""))
        merged[key] += [notes[str(row["evidence"])]] if row["evidence"] else []
    shown = ""
    for (field, value, label), numbers in merged.items():
        if field != shown:
            shown = field
            yield f"  {readable(field)}"
        marks = "".join(f"[{number}]" for number in sorted(set(numbers)))
        yield f"    {_value(value, label)} {marks}".rstrip()


def _value(value: str, label: str) -> str:
    if not label:
        return value
    is_concept = value.partition("-")[0] in {"form", "topic", "sector"}
    return label if is_concept else f"{value} · {label}"


def _place(row: dict[str, Cell]) -> str:
    where = f"{row['source']}, line {row['line']}"
    where += f", {row['section']}" if row["section"] else ""
    where += f"; according to {row['according_to']}" if row["according_to"] else ""
    return where + (f"; the curator infers: {row['inference']}" if row["inference"] else "")


def readable(field: str) -> str:
    """Return the name of a field as people read it.

    >>> readable("byInstrument"), readable("based_on")
    ('by instrument', 'based on')
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", field).lower().replace("_", " ")
