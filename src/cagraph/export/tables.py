"""Tables of every kind as CSV, with a dictionary of their columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cagraph import formats
from cagraph.answers import citation, conflicts, figures, listing, overview, status
from cagraph.answers.listings import LISTINGS
from cagraph.answers.standing import states
from cagraph.export.dictionary import COLUMNS
from cagraph.kinds import KINDS
from cagraph.queries import ask
from cagraph.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cagraph.answers.entries import Entry
    from cagraph.rows import Cell
    from cagraph.store.embedded import Embedded

_BEGUN = listing.Filters(as_of="9999-12-31")
"""Everything that any source tells of, whenever it begins."""
_OF_THE_DAY = {"role", "status", "status_reason", "certainty", "basis"}
"""Columns of lists that depend on the day or the country asked for."""
_ACTION = ("id", "action", "type", "date", "by", "instrument", "place", "note", "set_aside", "evidence")
_EVIDENCE = ("evidence", "source", "section", "line", "position", "end", "fingerprint", "accordingTo", "inference")


def csv(store: Embedded) -> dict[str, str]:
    """Write a table of each kind of thing, of what is said of them, and the dictionary of all columns."""
    entries = {
        name: sorted(listing.entries(store, of, filters=_BEGUN), key=lambda e: e.id) for name, of in LISTINGS.items()
    }
    every = [entry for found in entries.values() for entry in found]
    tables = {name: _list(name, found) for name, found in entries.items()}
    tables |= {
        "things": _things(store, every),
        "parties": ask(store, "parties"),
        "actions": _actions(store),
        "statuses": _statuses(store),
        "intervals": _intervals(store),
        "figures": figures.figures(store),
        "indicators": ask(store, "indicators", "named"),
        "evidence": _evidence(store),
        "conflicts": conflicts.contradictions(store),
        "countries": overview.countries(store),
        "sources": overview.sources(store),
    }
    tables["dictionary"] = dictionary(tables)
    return {f"{name}.csv": formats.csv(rows) for name, rows in tables.items()}


def dictionary(tables: dict[str, Rows]) -> Rows:
    """Return for each column of each table its type and meaning."""
    lines = [
        (name, column, *COLUMNS.get(f"{name}.{column}", COLUMNS.get(column, ("", ""))))
        for name, rows in tables.items()
        for column in rows.columns
    ]
    return Rows(("table", "column", "type", "meaning"), lines)


def _list(name: str, entries: list[Entry]) -> Rows:
    columns = tuple(column for column in LISTINGS[name].columns if column not in _OF_THE_DAY)
    return Rows(columns, [tuple(entry.cell(column) for column in columns) for entry in entries])


def _things(store: Embedded, entries: Iterable[Entry]) -> Rows:
    """Return everything that has a record, and the countries, with label, short name and kind."""
    listed = [(entry.id, entry.label, entry.kind) for entry in entries]
    others = [kind.name for kind in KINDS if kind.name not in {kind for of in LISTINGS.values() for kind in of.kinds}]
    rows = ask(store, "of-kind", kind=others).rows
    listed += [(str(id_), str(label), str(kind)[3:]) for id_, kind, label in rows]
    short = {str(id_): str(name) for id_, name in ask(store, "short-names", columns=("id", "short")).rows}
    return Rows(
        ("id", "label", "short_name", "kind"), [(i, label, short.get(i), kind) for i, label, kind in sorted(listed)]
    )


def _actions(store: Embedded) -> Rows:
    rows = ask(store, "actions-on", "named", thing=[str(id_) for id_ in ask(store, "acted-on")["id"]])
    named = Rows(
        tuple({"thing": "id", "type": "concept", "step": "type"}.get(name, name) for name in rows.columns), rows.rows
    )
    return _sorted(named.pick(_ACTION))


def _sorted(rows: Rows) -> Rows:
    return Rows(rows.columns, sorted(set(rows.rows), key=lambda row: tuple(map(str, row))))


def _statuses(store: Embedded) -> Rows:
    """Return the status of each thing, and of each party to it, on the last day of the newest source."""
    day = citation.dataset(store).last
    standing = states(store, None, day)
    first, *others = status.COLUMNS
    rows: list[tuple[Cell, ...]] = []
    for id_, sides in sorted(status.sides(store, None).items()):
        for party, *told in status.rows(sides, standing.get(id_, {})):
            rows.append((id_, party, day, *told))
    return Rows(("id", first, "as_of", *others), rows)


def _intervals(store: Embedded) -> Rows:
    """Return every status interval: what holds for a thing or a party from one day until before another."""
    rows = ask(store, "intervals")
    several: dict[tuple[str, ...], set[str]] = {}
    for *told, evidence in rows.rows:
        several.setdefault(tuple(map(str, told)), set()).update([str(evidence)] if evidence else [])
    return Rows(rows.columns, [(*told, tuple(sorted(where))) for told, where in sorted(several.items())])


def _evidence(store: Embedded) -> Rows:
    return _sorted(ask(store, "all-evidence").pick(_EVIDENCE))
