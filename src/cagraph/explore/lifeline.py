"""A timeline as one SVG picture, a line for each step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cagraph.escape import html
from cagraph.rows import plain

if TYPE_CHECKING:
    from cagraph.rows import Row, Rows

_ROW, _TOP, _LEFT, _WIDTH = 22, 56, 150, 1180
"""Height of a line, where the first one stands, where the axis stands, width of the picture: user units."""
_FONT = 'font-family="system-ui, sans-serif" font-size="13"'
_INK = "#1c2733"


def svg(rows: Rows, heading: str) -> str:
    """Return a timeline as one SVG picture, a line for each step; nothing in it can run as script."""
    height = _TOP + _ROW * max(len(rows), 1) + 16
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" {_FONT}>',
        f"<title>{html(heading)}</title>",
        f'<rect width="{_WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="16" y="30" font-size="18" font-weight="bold" fill="{_INK}">{html(heading)}</text>',
        f'<line x1="{_LEFT}" y1="{_TOP - 8}" x2="{_LEFT}" y2="{height - 12}" stroke="#9fb1c1"/>',
    ]
    year = ""
    for at, row in enumerate(rows):
        shown = str(row["date"])
        lines += _step(row, _TOP + at * _ROW + 6, "bold" if shown[:4] != year else "normal")
        year = shown[:4]
    return "\n".join([*lines, "</svg>"]) + "\n"


def _step(row: Row, y: int, weight: str) -> list[str]:
    by = f" by {plain(row['by'])}" if row["by"] else ""
    date, step, label = (html(text) for text in (str(row["date"]), f"{row['step']}{by}", str(row["label"])))
    return [
        f'<text x="{_LEFT - 14}" y="{y + 4}" text-anchor="end" font-weight="{weight}" fill="{_INK}">{date}</text>',
        f'<circle cx="{_LEFT}" cy="{y}" r="4.5" fill="#1b4d8c"/>',
        f'<text x="{_LEFT + 14}" y="{y + 4}" fill="{_INK}"><tspan font-weight="bold">{step}</tspan> {label}</text>',
    ]
