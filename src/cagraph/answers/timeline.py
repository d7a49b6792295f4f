"""Steps in order: the life of one thing, or of everything that concerns a country."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from cagraph.answers import lookup
from cagraph.answers.days import day
from cagraph.curated.ids import source_of
from cagraph.queries import ask
from cagraph.rows import Rows

if TYPE_CHECKING:
    from cagraph.rows import Cell
    from cagraph.store import Store

COLUMNS = ("date", "step", "id", "label", "by", "instrument", "place", "evidence", "set_aside")
_SEVERAL = {"by", "instrument", "evidence"}


def steps_of(store: Store, name: str, since: str = "", until: str = "", source: str = "", limit: int = 0) -> Rows:
    """Return the dated steps in the life of a thing, or of what belongs to a country, in order.

    Args:
        store: what is asked.
        name: id or any name of the thing or country.
        since: EDTF; steps that ended before it are left out.
        until: EDTF; steps that began after it are left out.
        source: a document; only steps that it tells of.
        limit: at most so many, the first ones; 0 for all.
    """
    thing = lookup.find(store, name)
    document = lookup.source_id(store, source)
    days = {"since": day(since, 0) if since else "", "until": day(until) if until else ""}
    steps: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in ask(store, "actions-between", "named", country=thing.id, **days):
        if document in {"", source_of(str(row["evidence"]))}:
            step = steps[str(row["earliest"]), str(row["action"])]
            for column in COLUMNS:
                step[column].update([str(row[column])] if row[column] else [])
    rows = [_row(steps[key]) for key in sorted(steps)]
    return Rows(COLUMNS, rows, shown=("date", "step", "label", "by", "id", "set_aside")).first(limit)


def _row(step: dict[str, set[str]]) -> tuple[Cell, ...]:
    return tuple(tuple(sorted(step[name])) if name in _SEVERAL else min(step[name], default="") for name in COLUMNS)
