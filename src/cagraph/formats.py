"""Rows as text for machines and pages, and triples and results in the standard syntaxes."""

from __future__ import annotations

import re
from math import isfinite
from typing import TYPE_CHECKING, Any

from cagraph import signs
from cagraph.errors import UsageFault
from cagraph.iris import PREFIXES
from cagraph.rows import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pyoxigraph import Quad, QueryBoolean, QuerySolutions, QueryTriples, RdfFormat, Triple

    from cagraph.rows import Cell, Row, Rows

TRIPLES = {"turtle": "ttl", "ntriples": "nt", "trig": "trig", "jsonld": "jsonld"}
"""Name of a syntax for triples -> its file extension."""
RESULTS = {"sparql-json": "srj", "sparql-xml": "srx", "sparql-csv": "csv", "sparql-tsv": "tsv"}
"""Name of a format of the W3C for results of SELECT and ASK -> its file extension."""
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""What a cell begins with that a spreadsheet takes for a formula; also in its full width."""


def table(rows: Rows) -> str:
    """Return rows as a terminal of 100 columns shows them."""
    from cagraph import terminal

    return terminal.text(rows)


def tsv(rows: Rows) -> str:
    """Return tab-separated values: a header, then one line a row, with as many tabs in each.

    Tabs and line ends inside cells become spaces. An empty cell that is the only one of its row is
    written `""`, since readers skip blank lines; nothing else is quoted.
    """
    lines = [rows.columns, *(tuple(signs.line(plain(c, "|"), signs.GONE) for c in row) for row in rows.rows)]
    blank = '""' if len(rows.columns) == 1 else ""
    return "".join(("\t".join(line) or blank) + "\n" for line in lines)


def csv(rows: Rows) -> str:
    """Return comma-separated values after RFC 4180 with a header, whose lines end in a line feed alone.

    Several values are joined by `|`. Cells are as they are in the graph: a spreadsheet takes one
    that begins with `=` for a formula, see `excel`.
    """
    return _comma_separated(rows, "\n", lambda cell: signs.lines(plain(cell, "|"), signs.GONE))


def excel(rows: Rows) -> str:
    """Return comma-separated values for spreadsheets: a byte order mark, lines that end in CR LF, no formula.

    Text that a spreadsheet would take for a formula has an apostrophe before it, which the
    spreadsheet shows; numbers have none.
    """
    return "\ufeff" + _comma_separated(rows, "\r\n", _harmless)


def _comma_separated(rows: Rows, end: str, written: Callable[[Cell], str]) -> str:
    import csv as writer
    from io import StringIO

    out = StringIO()
    lines = writer.writer(out, lineterminator=end)
    lines.writerow(rows.columns)
    lines.writerows([written(cell) for cell in row] for row in rows.rows)
    return out.getvalue()


def _harmless(cell: Cell) -> str:
    """Return a cell as text that no spreadsheet takes for a formula; a number stays one."""
    text = signs.lines(plain(cell, "|"), signs.GONE)
    if not text.lstrip().startswith(_FORMULA) and not text.startswith(("\t", "\n")):
        return text
    is_number = not isinstance(cell, (str, tuple)) or re.fullmatch(r"[+-]?\d+(\.\d+)?", text, re.ASCII)
    return text if is_number else f"'{text}"


def json(rows: Rows) -> str:
    """Return a JSON list of objects, one row a line; numbers have every digit."""
    lines = ",\n".join(f"  {_object(row)}" for row in rows)
    return signs.escaped(f"[\n{lines}\n]\n") if lines else "[]\n"


def _object(row: Row) -> str:
    from json import dumps

    try:
        return dumps(row, ensure_ascii=False, allow_nan=False)
    except (TypeError, ValueError):  # a Decimal, or a number that JSON does not have
        return "{" + ", ".join(f"{dumps(name, ensure_ascii=False)}: {_value(cell)}" for name, cell in row.items()) + "}"


def _value(cell: Cell) -> str:
    from json import dumps

    if isinstance(cell, tuple):
        return f"[{', '.join(map(_value, cell))}]"
    if cell is None or isinstance(cell, (bool, int, str)):
        return dumps(cell, ensure_ascii=False)
    return f'"{cell}"' if isinstance(cell, float) and not isfinite(cell) else plain(cell)


def markdown(rows: Rows) -> str:
    """Return a Markdown table; nothing in a cell can end the cell or start markup."""
    from cagraph import escape

    lines = [rows.columns, ("---",) * len(rows.columns)]
    lines += [tuple(escape.markdown(signs.line(plain(cell))) for cell in row) for row in rows.rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


WRITERS: dict[str, Callable[[Rows], str]] = {
    "table": table, "tsv": tsv, "csv": csv, "excel-csv": excel, "json": json, "markdown": markdown,
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
    from pyoxigraph import RdfFormat

    if format_ not in TRIPLES:
        raise not_results(format_)
    chosen: Any = RdfFormat.from_extension(TRIPLES[format_])
    return rdf(sorted(set(found), key=str), chosen)


def rdf(statements: Iterable[Quad] | Iterable[Triple], format_: RdfFormat) -> str:
    """Return statements in a syntax of RDF, in which no sign steers a terminal; RDF/XML cannot hold them all."""
    from pyoxigraph import RdfFormat, serialize

    has_short_names = format_ in (RdfFormat.TURTLE, RdfFormat.TRIG)
    told: Any = list(statements) if has_short_names else statements
    written = bytes(serialize(told, format=format_, prefixes=PREFIXES) or b"").decode()
    if format_ == RdfFormat.RDF_XML:
        return signs.document(written)
    if (
        has_short_names and "\ufeff" in written
    ):  # a byte order mark may stand in the short form of a name, where nothing can be escaped
        written = bytes(serialize(told, format=format_) or b"").decode()
    return signs.escaped(written, is_rdf=format_ != RdfFormat.JSON_LD)


def not_results(format_: str) -> UsageFault:
    """Return the refusal of a format that cannot hold triples."""
    return UsageFault(f"triples cannot be written as {format_}", f"choose one of {', '.join(TRIPLES)}")


def results(found: QuerySolutions | QueryBoolean | QueryTriples, format_: str) -> str:
    """Return the answer to a SELECT or ASK in one of the formats of `RESULTS`, as the engine writes it.

    Language, datatype and kind of each term are told in all but `sparql-csv`. Signs that would steer
    a terminal are escaped where the format can; CSV can none, XML no controls: U+FFFD stands for each.

    Raises:
        UsageFault: if it is none of them, or there are triples to write.
    """
    from pyoxigraph import QueryResultsFormat, QueryTriples

    if isinstance(found, QueryTriples):
        raise not_results(format_)
    if format_ not in RESULTS:
        raise UsageFault(f"results cannot be written as {format_}", f"choose one of {', '.join(RESULTS)}")
    chosen = QueryResultsFormat.from_extension(RESULTS[format_])
    text = bytes(found.serialize(format=chosen) or b"").decode()
    if format_ == "sparql-csv":
        return signs.replaced(text)
    return signs.document(text) if format_ == "sparql-xml" else signs.escaped(text)
