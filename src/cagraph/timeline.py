"""Actions in order: the life of one thing, or of everything that concerns a country."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from cagraph import queries
from cagraph.rows import Rows, plain

if TYPE_CHECKING:
    from cagraph.rows import Cell
    from cagraph.store import Graph

COLUMNS = ("date", "step", "id", "label", "by", "instrument", "place", "evidence")
_ROW, _TOP, _LEFT, _WIDTH = 22, 56, 150, 1180
_FONT = 'font-family="system-ui, sans-serif" font-size="13"'
_INK = "#1c2733"


def timeline(graph: Graph, id_: str, kind: str, since: str = "", until: str = "") -> Rows:
    """Return the dated steps in the life of a thing, or of what belongs to a country, in order.

    Args:
        graph: the store.
        id_: the thing or country.
        kind: its class, as `lookup.find` returns it.
        since: ISO 8601 day; steps that ended before it are left out.
        until: ISO 8601 day; steps that began after it are left out.
    """
    question = queries.load("timeline-of-country" if kind == "Country" else "timeline-of-thing", "lookups")
    steps: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in graph.select(question.bind({"id": id_})).dicts():
        earliest, latest = str(row["earliest"] or ""), str(row["latest"] or "9")
        if (since and latest < since) or (until and earliest > until):
            continue
        step = steps[earliest, str(row["action"])]
        for name in COLUMNS:
            value = row["of" if name == "id" else name]
            step[name].update([str(value)] if value else [])
    return Rows(COLUMNS, [_row(steps[key]) for key in sorted(steps)])


def _row(step: dict[str, set[str]]) -> tuple[Cell, ...]:
    several = {"by", "instrument", "evidence"}
    return tuple(tuple(sorted(step[n])) if n in several else min(step[n], default="") for n in COLUMNS)


def svg(rows: Rows, heading: str) -> str:
    """Return a timeline as one SVG picture, a line for each step; nothing in it can run as script."""
    height = _TOP + _ROW * max(len(rows), 1) + 16
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" {_FONT}>',
        f"<title>{escape(heading)}</title>",
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="16" y="30" font-size="18" font-weight="bold" fill="{_INK}">{escape(heading)}</text>',
        f'<line x1="{_LEFT}" y1="{_TOP - 8}" x2="{_LEFT}" y2="{height - 12}" stroke="#9fb1c1"/>',
    ]
    year = ""
    for at, row in enumerate(rows.dicts()):
        shown = str(row["date"])
        lines += _step(row, _TOP + at * _ROW + 6, "bold" if shown[:4] != year else "normal")
        year = shown[:4]
    return "\n".join([*lines, "</svg>"]) + "\n"


def _step(row: dict[str, Cell], y: int, weight: str) -> list[str]:
    by = f" by {plain(row['by'])}" if row["by"] else ""
    date, step, label = (escape(text) for text in (str(row["date"]), f"{row['step']}{by}", str(row["label"])))
    return [
        f'<text x="{_LEFT - 14}" y="{y + 4}" text-anchor="end" font-weight="{weight}" fill="{_INK}">{date}</text>',
        f'<circle cx="{_LEFT}" cy="{y}" r="4.5" fill="#1b4d8c"/>',
        f'<text x="{_LEFT + 14}" y="{y + 4}" fill="{_INK}"><tspan font-weight="bold">{step}</tspan> {label}</text>',
    ]
