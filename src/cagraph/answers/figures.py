"""Figures: the numbers that sources give, by country, corridor, indicator and time."""

from __future__ import annotations

from collections import Counter, defaultdict
from difflib import get_close_matches
from typing import TYPE_CHECKING, NamedTuple

from cagraph.answers import lookup
from cagraph.answers.amounts import amount, places
from cagraph.answers.evidence import cited
from cagraph.answers.preferences import choices
from cagraph.curated.ids import source_of
from cagraph.errors import UsageFault
from cagraph.names import slug
from cagraph.queries import ask
from cagraph.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from cagraph.rows import Row
    from cagraph.store import Store

SHOWN = ("amount", "reading", "indicator", "where", "what", "period", "source", "line")
_SEVERAL = ("area", "from_area", "to_area", "groups", "sector")


class Figure(NamedTuple):
    """A number that a passage gives."""

    id: str
    """The thing in whose record it stands."""
    label: str
    figure: str
    indicator: str
    """Notation of its indicator."""
    measure_type: str
    """stock, flow, share, rate, amount, quota, limit, fee or count."""
    where: str
    """The area, or from where to where, as people write it: `TJ`, `TJ > RU`."""
    area: tuple[str, ...]
    from_area: tuple[str, ...]
    to_area: tuple[str, ...]
    what: str
    """Groups, sectors and breakdown in words."""
    groups: tuple[str, ...]
    sector: tuple[str, ...]
    breakdown: str
    period: str
    """EDTF."""
    amount: str
    """Value or bounds with the unit, in words."""
    value: str
    lower: str
    upper: str
    approximate: str
    """`true` where the source says so."""
    unit: str
    note: str
    according_to: str
    """Whom the source itself names for it: an id, or a name."""
    reading: str
    """`set aside` or `inferred`, as a list marks it; empty for what a source states."""
    set_aside: str
    """Why a preferred reading rejects this number, if one does."""
    basis: str
    """`stated`, or `inferred` where a curator computed or read it so."""
    source: str
    line: str
    """Line of the source on which the passage begins, from 1."""
    evidence: str


class Narrowing(NamedTuple):
    """What figures are narrowed to; what is empty narrows nothing."""

    indicator: str = ""
    """Notation or words of an indicator, or a field of statistics: `remittances-received`, `remittances`."""
    from_: str = ""
    """Name of a country, region or union."""
    to: str = ""
    group: str = ""
    """Notation or words of a group: `women`."""
    since: str = ""
    """EDTF; only where the period ends on or after its first day."""
    until: str = ""
    source: str = ""
    limit: int = 0


def figures(store: Store, country: str = "", narrowing: Narrowing | None = None) -> Rows:
    """Return the figures of a country, region or union, and those from or to it; of all if none is named.

    One row for each figure and passage; what a curator computed or inferred comes last.

    Raises:
        UsageFault: if a date, indicator or group does not exist.
        UnknownName: if a name names no country, region or union.
    """
    narrow = narrowing or Narrowing()
    places = {"country": country, "from": narrow.from_, "to": narrow.to}
    asked = {name: _place_id(store, value) for name, value in places.items() if value}
    asked |= {"group": lookup.notation(store, "group", narrow.group)} if narrow.group else {}
    asked |= {name: day for name, day in (("since", narrow.since), ("until", narrow.until)) if day}
    known = ask(store, "indicators", "named")
    labels = {str(row["indicator"]): str(row["label"]) for row in known}
    wanted = {"indicator": indicators(known, narrow.indicator)} if narrow.indicator else {}
    document = lookup.source_id(store, narrow.source)
    found = _with_preferences(store, read(store, **asked, **wanted))
    found = [one for one in found if not document or source_of(one.evidence) == document]
    notes = () if found else ("the sources give no such figure",)
    return Rows(
        Figure._fields, found, shown=SHOWN, headings=("indicator", labels),
        notes=(*notes, *_see_also(store, asked, wanted.get("indicator", []))),
    ).first(narrow.limit)  # fmt: skip


def _see_also(store: Store, asked: dict[str, str], wanted: list[str]) -> Iterator[str]:
    """Yield a sentence that names related indicators which have figures of the same places and time."""
    related = ask(store, "related-indicators", indicator=wanted)["notation"] if wanted else []
    others = [str(one) for one in related if one not in wanted]
    counts = Counter(one.indicator for one in read(store, **asked, indicator=others)) if others else {}
    if counts:
        yield f"see also {', '.join(f'{name} ({number})' for name, number in sorted(counts.items()))}"


def _place_id(store: Store, name: str) -> str:
    found = lookup.find(store, name, lookup.PLACES)
    if found.kind not in lookup.PLACES:
        raise UsageFault(
            f"{found.label} is no country, region or union", f"`cagraph show {found.id}` tells its figures"
        )
    return found.id


def indicators(known: Iterable[Row], words: str) -> list[str]:
    """Return the notations of the indicators that some words mean.

    That is one by its notation, else all of a field, else all whose names have every word.

    Args:
        known: the rows of the query `indicators`.
        words: what a reader gave.

    Raises:
        UsageFault: if there is none.
    """
    wanted, rows = slug(words), list(known)
    names = {str(row["indicator"]): f"-{row['indicator']}-{slug(str(row['label']))}-" for row in rows}
    if wanted in names:
        return [wanted]
    found = [str(row["indicator"]) for row in rows if slug(str(row["field"])) == wanted]
    found = found or [one for one, name in names.items() if all(f"-{word}-" in name for word in wanted.split("-"))]
    if not found:
        near = get_close_matches(wanted, names, 3)
        cure = f"nearest: {', '.join(near)}" if near else "`cagraph query indicators` lists them"
        raise UsageFault(f"{words!r} is no indicator", cure)
    return found


def _order(one: Figure) -> tuple[str, ...]:
    """Stated before inferred; then by indicator, place, group and time."""
    return (
        str(one.basis != "stated"),
        one.indicator,
        one.where,
        one.what,
        one.period,
        one.amount,
        one.figure,
        one.evidence,
    )


def of_place(store: Store, id_: str) -> list[Figure]:
    """Return the figures of an area, or from or to it, by its id."""
    return _with_preferences(store, read(store, country=id_))


def figures_of(store: Store, id_: str) -> list[Figure]:
    """Return the figures that stand in the record of a thing."""
    return _with_preferences(store, read(store, thing=id_))


def read(store: Store, **asked: str | Collection[str]) -> list[Figure]:
    """Return the figures that the named query gives for its parameters, several areas of one in one."""
    merged: dict[tuple[str, str], dict[str, set[str]]] = {}
    for row in ask(store, "figures", "named", (), **asked):
        cells = merged.setdefault((str(row["figure"]), str(row["evidence"])), {name: set() for name in row})
        for name, cell in row.items():
            cells[name].update([str(cell)] if cell else [])
    places = cited(store, {evidence for _, evidence in merged})
    found = [_figure(cells, places[evidence]) for (_, evidence), cells in merged.items()]
    return sorted(found, key=_order)


def _with_preferences(store: Store, found: list[Figure]) -> list[Figure]:
    """Return figures, those marked that a preferred reading sets aside."""
    preferred = choices(store, {one.id for one in found})
    numbers: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for one in found:
        numbers[one.id, one.indicator, one.where, one.what, one.period].add(number(one))
    marked = []
    for one in found:
        key = (one.id, one.indicator, one.where, one.what, one.period)
        choice = next(
            (c for c in preferred[one.id] if c.chooses(one.indicator, numbers[key], f"{key[2]}, {key[4]}")), None
        )
        is_other = choice is not None and choice.prefers != number(one)
        marked.append(one._replace(set_aside=choice.reason, reading="set aside") if choice and is_other else one)
    return marked


def number(figure: Figure) -> str:
    """Return the number of a figure as text: its value, or its bounds with a dash between them."""
    return figure.value or f"{figure.lower}-{figure.upper}"


def _figure(cells: dict[str, set[str]], place: Row) -> Figure:
    one = {name: " ".join(sorted(values)) for name, values in cells.items()}
    several = {name: tuple(sorted(_notation(cell) for cell in cells[name])) for name in _SEVERAL}
    unit = one["unit"] or one["usual_unit"]
    details = [*(name.replace("-", " ") for name in (*several["groups"], *several["sector"])), one["breakdown"]]
    return Figure(
        id=one["id"], label=one["label"], figure=one["figure"], indicator=one["indicator"].removeprefix("indicator-"),
        measure_type=one["measure_type"], where=places(*(several[name] for name in _SEVERAL[:3])),
        area=several["area"], from_area=several["from_area"], to_area=several["to_area"],
        what=", ".join(part for part in details if part), groups=several["groups"], sector=several["sector"],
        breakdown=one["breakdown"], period=one["period"],
        amount=amount(one["value"], one["lower"], one["upper"], one["approximate"], unit),
        value=one["value"], lower=one["lower"], upper=one["upper"], approximate=one["approximate"], unit=unit,
        note=one["note"], according_to=str(place["accordingTo"] or ""),
        reading="inferred" if place["inference"] else "",
        set_aside="",
        basis="inferred" if place["inference"] else "stated", source=str(place["source"]), line=str(place["line"]),
        evidence=one["evidence"],
    )  # fmt: skip


def _notation(concept: str) -> str:
    """Return the notation of a group or sector by its id; another id is itself."""
    scheme, _, notation = concept.partition("-")
    return notation if scheme in {"group", "sector"} else concept
