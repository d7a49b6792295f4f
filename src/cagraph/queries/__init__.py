"""Questions: each is a `.rq` file with a header, run as it stands or with its parameters bound.

A file opens with comment lines `# title:`, `# purpose:`, `# parameter: NAME (KIND[, optional]): ...`
and `# example: NAME=VALUE ...`; a check has `# cure:` too. Where the answer has evidence, a line
`# editorial: COLUMN ...` lists the columns that hold no claims: labels, classes, notations, and what
the question counts or says itself, and a line `# derived: COLUMN ...` those that law time concludes
from the evidence; see `Question.evidence_of`. A parameter is a line
`VALUES ?name { UNDEF }` in the body, so that the file also runs unbound on any engine; binding
puts terms in place of UNDEF, each written by the engine's own term classes.

`named` holds the questions that readers ask by name, `lookups` those that only answers are made
of, `checks` those that find faults in the data. `ask` puts any of them to a store.
"""

from __future__ import annotations

import os
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING, Protocol

from cagraph.errors import QueryFault
from cagraph.names import SLUG
from cagraph.queries.question import PLAIN, Parameter, Question, read
from cagraph.rows import Rows, plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

__all__ = ["PLAIN", "Asked", "Parameter", "Question", "ask", "is_sparql", "load", "names", "read"]
HERE = os.path.dirname(os.path.abspath(__file__))
_AT_ONCE = 500
"""Values that a question is asked about at once. With a thousand the engine joins the other way round, and each
value is compared with each row: twice as many cost it fifty times as much."""


class Asked(Protocol):
    """What questions are put to: a store."""

    def select(self, sparql: str) -> Rows:
        """Return the rows of a SELECT query."""
        ...


def ask(
    store: Asked,
    question: str,
    /,
    folder: str = "lookups",
    columns: Sequence[str] = (),
    **values: str | Collection[str] | None,
) -> Rows:
    """Return the rows of a question; every cell is text, the empty string for nothing.

    Args:
        store: what is asked.
        question: the name of a file in a folder of questions.
        folder: `lookups`, `named` or `checks`.
        columns: only these columns, each combination of values once; all if empty.
        values: what each parameter is to be. Several values mean any of them, and an empty list
            that nothing is asked about: the answer then has no rows. None and "" leave it open.
            Of very many values the rows come in no order.

    Raises:
        QueryFault: if there is no such question, or a value is missing, unknown or malformed.
    """
    found = _narrowed(question, folder, tuple(columns)) if columns else load(question, folder)
    if any(value is not None and not isinstance(value, str) and not value for value in values.values()):
        return Rows(tuple(columns) or found.columns)
    given = {name: value for name, value in values.items() if value}
    answers = [store.select(found.bind(some)) for some in _at_once(given)]
    rows = answers[0].rows if len(answers) == 1 else dict.fromkeys(row for answer in answers for row in answer.rows)
    return Rows(answers[0].columns, [tuple([one if type(one) is str else plain(one) for one in row]) for row in rows])


def _at_once(values: dict[str, str | Collection[str]]) -> Iterator[dict[str, str | Collection[str]]]:
    """Yield the values of a question in as many parts as it is asked in: only the longest list is cut."""
    name = max(values, key=lambda name: 0 if isinstance(values[name], str) else len(values[name]), default="")
    several = values.get(name, "")
    if isinstance(several, str) or len(several) <= _AT_ONCE:
        yield values
        return
    listed = list(several)
    for start in range(0, len(listed), _AT_ONCE):
        yield {**values, name: listed[start : start + _AT_ONCE]}


@cache
def _narrowed(name: str, folder: str, columns: tuple[str, ...]) -> Question:
    """Return the same question with fewer columns, and in no order.

    Rewritten as text, since a subquery around it took twice as long; an OPTIONAL or BIND that only
    serves columns left out is dropped, which saves a third of the time.
    """
    question = load(name, folder)
    _, _, body = question.sparql.partition("\nSELECT ")[2].partition("WHERE")
    body = body[: body.rindex("}") + 1]
    lines = body.split("\n")
    for at in reversed(range(len(lines))):  # a line may serve only one that stands below it and is dropped
        bare = lines[at].strip()
        if bare.startswith(("OPTIONAL {", "BIND(")) and bare.endswith(("}", ")")):
            before, others = lines[:at], [*lines[:at], *lines[at + 1 :]]
            own = _variables(bare) - _variables("\n".join(others)) - set(columns)
            surely = [line for line in before if not line.strip().startswith("OPTIONAL {")]
            wanted = _variables(bare) & set(columns) - _variables("\n".join(surely))
            if own and not wanted and own | _variables("\n".join(before)) >= _variables(bare):
                lines = others
    text = "\n".join(lines)
    return question._replace(sparql=f"SELECT DISTINCT ?{' ?'.join(columns)} WHERE{text}")


def _variables(text: str) -> set[str]:
    """Return the names of the variables in a piece of SPARQL."""
    return {"".join(takewhile(lambda sign: sign.isalnum() or sign == "_", part)) for part in text.split("?")[1:]}


@cache
def load(name: str, folder: str = "named") -> Question:
    """Return a question by name.

    Raises:
        QueryFault: if there is none.
    """
    path = os.path.join(HERE, folder, f"{name}.rq")
    if not SLUG.fullmatch(name) or not os.path.isfile(path):
        from difflib import get_close_matches

        near = get_close_matches(name, names(folder), 3)
        what, known = ("check", ", ".join(names(folder))) if folder == "checks" else ("query", "see `cagraph queries`")
        raise QueryFault(f"there is no {what} named {name!r}", f"nearest: {', '.join(near)}" if near else known)
    return read(path)


def is_sparql(question: str) -> bool:
    """Tell SPARQL from the name of a question.

    >>> is_sparql("ASK { ?s ?p ?o }"), is_sparql("agreements-of-country")
    (True, False)

    What is empty is no name: the engine's grammar says what it lacks.
    """
    return not question or any(mark in question for mark in " {\t\r\n")


def names(folder: str = "named") -> list[str]:
    """Return the names of the questions of a folder: `named`, `checks` or `lookups`."""
    return sorted(file[:-3] for file in os.listdir(os.path.join(HERE, folder)) if file.endswith(".rq"))
