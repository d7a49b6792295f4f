"""A card: a thing and what the sources say of it, as text for a terminal and as HTML for a notebook."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from cagraph import signs
from cagraph.escape import html
from cagraph.rows import Rows, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cagraph.answers.standing import State
    from cagraph.answers.things import Named
    from cagraph.rows import Cell, Row

TITLES = ("localLabel", "translatedLabel")
"""The fields that hold a title in another language: an established one, and a translation of ours."""
COLUMNS = ("part", "field", "value", "label", "source", "section", "line", "according_to", "inference", "evidence")

HEADINGS = {
    "bibliography": "Source", "count": "What the graph holds", "partner": "Partners", "latest": "Latest steps",
    "body": "Bodies", "scheme": "Schemes", "absent": "Not known", "claim": "What the sources say", "action": "Life",
    "figure": "Figures", "conflict": "Contradictions", "preference": "Preferred readings",
    "mention": "What points here",
}  # fmt: skip
"""Part -> its heading, in the order in which a card shows them."""
_OF_FIELDS = {"bibliography", "claim", "action", "figure", "conflict", "preference", "mention"}
"""Parts whose rows are named after a field of the data; the others are named in words."""
_MARK = {"localLabel": "", "translatedLabel": "  (our translation)"}
_MENTIONS = 25
"""Mentions that a card shows; formats for machines have them all."""


class Claim(NamedTuple):
    """One thing that is said of a thing."""

    part: str
    """One of the parts that a card has headings for, such as `claim` or `action`; or `name`, told in its head."""
    field: str
    value: str
    label: str = ""
    """What the value is called, or what else belongs to it."""
    evidence: str = ""


class Card(Rows):
    """A thing, and what the sources say of it: a row for each claim, with the passage it rests on.

    Columns as in `COLUMNS`; on a terminal, and as text, a card has a form of its own.
    """

    __slots__ = ("description", "id", "kind", "label", "names", "not_found", "short_name", "status")

    def __init__(
        self, thing: Named, status: State, claims: list[tuple[Cell, ...]], *,
        description: str, short_name: str, names: tuple[str, ...], not_found: tuple[str, ...],
    ) -> None:  # fmt: skip
        """Make a card.

        Args:
            thing: id, label and kind.
            status: its status on the day asked for.
            claims: the rows.
            description: what it is, in the curators' words.
            short_name: what pictures and tables call it.
            names: what else it is called.
            not_found: fields that were looked for in every source and not found.
        """
        super().__init__(COLUMNS, claims)
        self.id, self.label, self.kind = thing
        self.short_name = short_name
        self.status, self.description, self.names, self.not_found = status, description, names, not_found
        self.text = text(self)

    def __str__(self) -> str:
        """Return the card as plain text; a number behind each claim leads to its source."""
        return self.text

    def _repr_html_(self) -> str:
        """Return the card as a notebook shows it: its head, and a table of what is said."""
        head = f"<h3>{html(self.label)}</h3>\n<p>{html(self.kind)} · {html(self.id)}</p>\n"
        return f"{head}<p>{html(self.description)}</p>\n{super()._repr_html_()}"


def text(about: Card) -> str:
    """Return a card as plain text; a number behind each claim leads to its source."""
    rows = list(about)
    shown = [row for row in rows if row["part"] != "mention"]
    mentions = [row for row in rows if row["part"] == "mention"]
    shown += mentions[:_MENTIONS]
    cited = dict.fromkeys(str(row["evidence"]) for row in shown if row["evidence"])
    notes = {evidence: number for number, evidence in enumerate(cited, 1)}
    lines = [about.label, f"{about.kind} · {about.id}", ""]
    lines += [about.description, ""] if about.description else []
    lines += [f"Short: {about.short_name}", ""] if about.short_name not in {"", about.label} else []
    titles = [row for row in rows if row["field"] in TITLES]
    lines += [*(f"  {row['label']:<8}{row['value']}{_MARK[str(row['field'])]}" for row in titles), ""] if titles else []
    lines += [f"Also: {'; '.join(about.names)}", ""] if about.names else []
    lines += [f"Status: {_standing(about.status)}", ""] if about.status.evidence else []
    for part, heading in HEADINGS.items():
        of_part = [row for row in shown if row["part"] == part]
        lines += [heading, *_lines(of_part, notes, part in _OF_FIELDS), ""] if of_part else []
    if len(mentions) > _MENTIONS:
        lines[-1:] = [f"    ... and {len(mentions) - _MENTIONS} more: --format tsv has them all", ""]
    if about.not_found:
        lines += [f"Looked for in every source and not found: {', '.join(about.not_found)}", ""]
    places = {str(row["evidence"]): row for row in shown}
    if notes:
        lines += ["Sources", *(f"  [{number}] {place(places[evidence])}" for evidence, number in notes.items()), ""]
    return "\n".join(map(signs.line, lines))


def _standing(state: State) -> str:
    """Return a status with what a lawyer must be told of it, in one line."""
    marks = [
        *(["possible"] if state.certainty == "possible" else []),
        *([f"as known up to {state.known_until}"] if state.certainty == "last-known" else []),
        *(["inferred"] if state.basis == "inferred" else []),
    ]
    return f"{state.status}{', ' if marks else ''}{', '.join(marks)} ({state.reason})"


def _lines(rows: Iterable[Row], notes: dict[str, int], is_field: bool) -> Iterator[str]:
    """Yield one line for each value, with the numbers of all passages that give it."""
    merged: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for row in rows:
        key = (str(row["field"]), plain(row["value"]), plain(row["label"]))
        merged[key] += [notes[str(row["evidence"])]] if row["evidence"] else []
    shown = ""
    for (field, value, label), numbers in merged.items():
        if field != shown:
            shown = field
            yield f"  {readable(field) if is_field else field}"
        marks = "".join(f"[{number}]" for number in sorted(set(numbers)))
        yield f"    {_value(value, label)} {marks}".rstrip()


def _value(value: str, label: str) -> str:
    if not label:
        return value
    is_concept = value.partition("-")[0] in {"form", "topic", "sector"}
    return label if is_concept else f"{value} · {label}"


def place(row: Row) -> str:
    """Return where a claim stands, and who says it, in one line."""
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
