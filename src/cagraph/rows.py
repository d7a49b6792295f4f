"""Columns and rows: the shape of every answer.

Writers stand in `formats` (for machines) and `terminal` (for people).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TypeAlias, overload

from cagraph.errors import UsageFault, refuse_beyond

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from decimal import Decimal

    import pandas as pd

Cell: TypeAlias = "str | int | float | bool | Decimal | tuple[str | int | float, ...] | None"
"""A plain value, or several; a Decimal is a number that no float holds."""
_INT64 = 2**63


class Row(dict[str, Cell]):
    """One row: a dictionary by column, whose columns are attributes too.

    >>> Row(id="tj", label="Tajikistan").label
    'Tajikistan'
    """

    def __getattr__(self, column: str) -> Any:  # noqa: ANN401 - a cell; what it holds is the column's business
        try:
            return self[column]
        except KeyError:
            raise AttributeError(f"no column {column!r}; there are {', '.join(self)}") from None


class Rows(Sequence[Row]):
    """An answer: named columns and rows, and what is to be said beside them.

    A sequence of rows, each a dictionary with attributes; `answer["id"]` is a whole column,
    `answer[:3]` the first rows. `pandas.DataFrame(answer)`, `polars.DataFrame(answer)` and
    notebooks take it as it is.

    >>> answer = Rows(("id", "label"), [("tj", "Tajikistan"), ("uz", "Uzbekistan")])
    >>> [row.label for row in answer], answer["id"], len(answer[:1])
    (['Tajikistan', 'Uzbekistan'], ['tj', 'uz'], 1)
    """

    __slots__ = ("above", "columns", "headings", "lead", "notes", "rows", "shown", "spoken", "text", "title")

    def __init__(
        self,
        columns: tuple[str, ...],
        rows: Iterable[tuple[Cell, ...]] = (),
        *,
        shown: tuple[str, ...] = (),
        title: str = "",
        headings: tuple[str, Mapping[str, str]] = ("", {}),
        lead: str = "",
        spoken: Mapping[str, Mapping[str, str]] | None = None,
        notes: tuple[str, ...] = (),
        text: str = "",
    ) -> None:
        """Make an answer.

        Args:
            columns: their names, all of them.
            rows: a tuple per row, in the order of the columns.
            shown: the columns that a terminal has room for; all if empty.
            title: the column that stands on a line of its own on a terminal, the rest below it.
            headings: a column by which the rows are grouped on a terminal, and the heading of each
                of its values.
            lead: a line that a terminal shows once above them.
            spoken: column -> value -> what a terminal shows in its place; nothing for what goes without saying.
            notes: sentences that belong to the answer: what was searched, what is not known.
            text: what a terminal shows in place of the rows, where they have a form of their own.

        `above` may be set to rows that a terminal shows before these.
        """
        self.columns = columns
        self.rows = rows if isinstance(rows, list) else list(rows)
        self.shown, self.title, self.headings, self.notes, self.text = shown, title, headings, notes, text
        self.lead, self.spoken = lead, spoken or {}
        self.above: Rows | None = None

    def __repr__(self) -> str:
        return f"<{len(self.rows)} rows: {', '.join(self.columns)}>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rows) and (self.columns, self.rows) == (other.columns, other.rows)

    __hash__ = None  # type: ignore[assignment]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[Row]:
        columns = self.columns
        return (Row(zip(columns, row, strict=True)) for row in self.rows)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Rows: ...
    @overload
    def __getitem__(self, place: str) -> list[Cell]: ...
    def __getitem__(self, place: int | slice | str) -> Row | Rows | list[Cell]:
        if isinstance(place, str):
            if place not in self.columns:
                raise KeyError(f"no column {place!r}; there are {', '.join(self.columns)}")
            at = self.columns.index(place)
            return [row[at] for row in self.rows]
        if isinstance(place, slice):
            return self.like(self.rows[place])
        return Row(zip(self.columns, self.rows[place], strict=True))

    @property
    def evidence(self) -> tuple[str, ...]:
        """The ids of all evidence that the answer names, sorted."""
        places = [at for at, column in enumerate(self.columns) if column.endswith("evidence")]
        cells = (row[at] for row in self.rows for at in places)
        several = (cell if isinstance(cell, tuple) else (cell,) for cell in cells if cell)
        return tuple(sorted({str(one) for cell in several for one in cell}))

    def dicts(self) -> list[Row]:
        """Return each row as a dictionary by column."""
        return list(self)

    def pick(self, columns: Sequence[str]) -> Rows:
        """Return the same rows with these columns only, in this order."""
        places = [self.columns.index(column) for column in columns]
        return Rows(tuple(columns), [tuple(row[place] for place in places) for row in self.rows])

    def like(self, rows: list[tuple[Cell, ...]], *notes: str) -> Rows:
        """Return other rows of the same columns and form, with further notes."""
        others = Rows(
            self.columns, rows, shown=self.shown, title=self.title, headings=self.headings, lead=self.lead,
            spoken=self.spoken, notes=self.notes + notes,
        )  # fmt: skip
        others.above = self.above
        return others

    def first(self, limit: int) -> Rows:
        """Return the first rows, with a note of how many are left out; all of them if the limit is 0.

        Raises:
            UsageFault: if the limit is below 0.
        """
        refuse_beyond("limit", limit, 0)
        if not 0 < limit < len(self.rows):
            return self
        return self.like(self.rows[:limit], *left_out(limit, len(self.rows)))

    def to_pandas(self) -> pd.DataFrame:
        """Return a pandas data frame with the same columns, empty answers too.

        Whole numbers stay whole where some are missing, numbers that no float holds stay exact in a
        column of objects, and `attrs["notes"]` holds what is to be said beside the answer.

        Raises:
            UsageFault: if pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError:
            raise UsageFault("pandas is not installed", "pip install 'cagraph[notebook]'") from None
        frame = pd.DataFrame(self.rows, columns=list(self.columns))
        for column in self.columns:
            cells = self[column]
            numbers = [cell for cell in cells if type(cell) is int]
            if numbers and len(numbers) == len(cells) - cells.count(None):
                fits = all(-_INT64 <= number < _INT64 for number in numbers)
                frame[column] = pd.array(cells, dtype="Int64") if fits else pd.Series(cells, dtype=object)
        frame.attrs["notes"] = self.notes
        return frame

    def _repr_html_(self) -> str:
        """Return an HTML table for a notebook, with the notes of the answer below it."""
        from cagraph.escape import html

        head = "".join(f"<th>{html(column.replace('_', ' '))}</th>" for column in self.columns)
        body = ["".join(f"<td>{html(plain(cell))}</td>" for cell in row) for row in self.rows]
        lines = "".join(f"<tr>{cells}</tr>\n" for cells in body)
        notes = "".join(f"<p>{html(note)}</p>\n" for note in self.notes)
        return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{lines}</tbody>\n</table>\n{notes}"


def left_out(shown: int, known: int) -> tuple[str, ...]:
    """Return the sentence, if one is needed, that tells how many rows a limit leaves out.

    >>> left_out(3, 113), left_out(3, 3)
    (('3 of 113 rows; --limit leaves out the rest',), ())
    """
    return (f"{shown:,} of {known:,} rows; --limit leaves out the rest",) if shown < known else ()


def plain(cell: Cell, separator: str = ", ") -> str:
    """Return a cell as text; several values are joined, nothing is the empty string."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, tuple):
        return separator.join(map(plain, cell))
    return str(cell) if isinstance(cell, (str, int, float)) else f"{cell:f}"
