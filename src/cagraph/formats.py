"""Rows as text for machines and pages, and triples in the standard syntaxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cagraph.errors import UsageFault
from cagraph.iris import PREFIXES
from cagraph.rows import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pyoxigraph import Triple

    from cagraph.rows import Rows

TRIPLES = {"turtle": "ttl", "ntriples": "nt", "trig": "trig", "jsonld": "jsonld"}
"""Name of a syntax for triples -> its file extension."""


def table(rows: Rows) -> str:
    """Return rows as a terminal of 100 columns shows them."""
    from cagraph import terminal

    return terminal.text(rows)


def tsv(rows: Rows) -> str:
    """Return tab-separated values with a header; tabs and line ends inside cells become spaces."""
    lines = [rows.columns, *(tuple(" ".join(plain(c, "|").split()) for c in row) for row in rows.rows)]
    return "".join("\t".join(line) + "\n" for line in lines)


def csv(rows: Rows) -> str:
    """Return RFC 4180 comma-separated values with a header; several values are joined by `|`."""
    import csv as writer
    from io import StringIO

    out = StringIO()
    lines = writer.writer(out, lineterminator="\n")
    lines.writerow(rows.columns)
    lines.writerows([plain(cell, "|") for cell in row] for row in rows.rows)
    return out.getvalue()


def json(rows: Rows) -> str:
    """Return a JSON list of objects, one row a line."""
    from json import dumps

    lines = ",\n".join("  " + dumps(row, ensure_ascii=False) for row in rows)
    return f"[\n{lines}\n]\n" if lines else "[]\n"


def markdown(rows: Rows) -> str:
    """Return a Markdown table; nothing in a cell can end the cell or start markup."""
    from cagraph import escape

    lines = [rows.columns, ("---",) * len(rows.columns)]
    lines += [tuple(escape.markdown(plain(cell)) for cell in row) for row in rows.rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


WRITERS: dict[str, Callable[[Rows], str]] = {
    "table": table, "tsv": tsv, "csv": csv, "json": json, "markdown": markdown,
}  # fmt: skip


def write(rows: Rows, format_: str) -> str:
    """Return rows as text in a named format.

    Raises:
        UsageFault: if there is no such format.
    """
    if format_ not in WRITERS:
        raise UsageFault(f"{format_!r} is not a format", f"choose one of {', '.join(WRITERS)}")
    return WRITERS[format_](rows)


def triples(found: Iterable[Triple], format_: str) -> str:
    """Return triples as text in one of the syntaxes of `TRIPLES`, sorted.

    Raises:
        UsageFault: if it is none of them.
    """
    from pyoxigraph import RdfFormat, serialize

    if format_ not in TRIPLES:
        raise UsageFault(f"triples cannot be written as {format_}", f"choose one of {', '.join(TRIPLES)}")
    chosen = RdfFormat.from_extension(TRIPLES[format_])
    ordered = sorted(set(found), key=str)
    return bytes(serialize(ordered, format=chosen, prefixes=PREFIXES) or b"").decode()
