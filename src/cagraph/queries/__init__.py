"""Questions: each is a `.rq` file with a header, run as it stands or with its parameters bound.

A file opens with comment lines `# title:`, `# purpose:`, `# parameter: NAME (KIND[, optional]): ...`
and `# example: NAME=VALUE ...`; a check has `# cure:` too. A parameter is a line
`VALUES ?name { UNDEF }` in the body, so that the file also runs unbound on any engine; binding
puts terms in place of UNDEF, each written by the engine's own term classes.

`named` holds the questions that readers ask by name, `lookups` those that only answers are made
of, `checks` those that find faults in the data. `ask` puts any of them to a store.
"""

from __future__ import annotations

import os
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple, Protocol

from cagraph.errors import QueryFault
from cagraph.iris import CA, ID, XSD
from cagraph.names import SLUG
from cagraph.rows import Rows, plain

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

HERE = os.path.dirname(os.path.abspath(__file__))
PLAIN = ("first day", "last day", "text", "class", "property")
"""Kinds of parameters whose values name neither a thing nor a concept."""


class Asked(Protocol):
    """What questions are put to: a store."""

    def select(self, sparql: str) -> Rows:
        """Return the rows of a SELECT query."""
        ...


class Parameter(NamedTuple):
    """What a question needs to be told."""

    name: str
    kind: str
    """`country`, `thing`, `first day`, `last day`, `text`, `class`, `property`, or a scheme such as `topic`."""
    optional: bool
    purpose: str


class Question(NamedTuple):
    """A `.rq` file."""

    name: str
    title: str
    purpose: str
    cure: str
    parameters: tuple[Parameter, ...]
    example: dict[str, str]
    sparql: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The variables that the answer has, in order."""
        import re

        projection = self.sparql.partition("\nSELECT ")[2].partition("WHERE")[0]
        # In `(EXPRESSION AS ?name)` only the last variable is a column.
        outer = re.sub(r"\((?:[^()]|\([^()]*\))*\bAS\s+(\?\w+)\s*\)", r"\1", projection)
        return tuple(re.findall(r"\?(\w+)", outer))

    def bind(self, values: Mapping[str, str | Collection[str]]) -> str:
        """Return the SPARQL with values put in for its parameters.

        Args:
            values: parameter name -> value, or several values of which any may hold.

        Raises:
            QueryFault: if a parameter is missing or unknown, or a value cannot be written.
            UsageFault: if a value for a day is no date.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in values.keys() - known:
            raise QueryFault(f"{self.name} has no parameter {name!r}", f"known: {', '.join(known) or 'none'}")
        sparql = self.sparql
        for parameter in self.parameters:
            given = values.get(parameter.name)
            if given:
                several = [given] if isinstance(given, str) else given
                terms = " ".join([_term(parameter, one) for one in several])
                slot = f"VALUES ?{parameter.name} {{ UNDEF }}"
                sparql = sparql.replace(slot, f"VALUES ?{parameter.name} {{ {terms} }}")
            elif not parameter.optional:
                raise QueryFault(f"{self.name} needs {parameter.name}: {parameter.purpose}",
                                 f"add --param {parameter.name}=...")  # fmt: skip
        return sparql


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

    Raises:
        QueryFault: if there is no such question, or a value is missing, unknown or malformed.
    """
    found = _narrowed(question, folder, tuple(columns)) if columns else load(question, folder)
    if any(value is not None and not isinstance(value, str) and not value for value in values.values()):
        return Rows(tuple(columns) or found.columns)
    sparql = found.bind({name: value for name, value in values.items() if value})
    answer = store.select(sparql)
    return Rows(
        answer.columns, [tuple([one if type(one) is str else plain(one) for one in row]) for row in answer.rows]
    )


@cache
def _narrowed(name: str, folder: str, columns: tuple[str, ...]) -> Question:
    """Return the same question with fewer columns, and in no order.

    Rewritten as text, since a subquery around it took twice as long; an OPTIONAL or BIND that only
    serves columns left out is dropped, which saves a third of the time.
    """
    question = load(name, folder)
    _, _, body = question.sparql.partition("\nSELECT ")[2].partition("WHERE")
    body = body[: body.rindex("}") + 1]
    kept: list[str] = []
    for line in body.split("\n"):
        bare = line.strip()
        if bare.startswith(("OPTIONAL {", "BIND(")) and bare.endswith(("}", ")")):
            own = _variables(bare) - _variables(body.replace(line, "")) - set(columns)
            if own and own | _variables("\n".join(kept)) >= _variables(bare):
                continue
        kept.append(line)
    text = "\n".join(kept)
    return question._replace(sparql=f"SELECT DISTINCT ?{' ?'.join(columns)} WHERE{text}")


def _variables(text: str) -> set[str]:
    """Return the names of the variables in a piece of SPARQL."""
    return {"".join(takewhile(lambda sign: sign.isalnum() or sign == "_", part)) for part in text.split("?")[1:]}


def _term(parameter: Parameter, value: str) -> str:
    from pyoxigraph import Literal, NamedNode

    try:
        match parameter.kind:
            case "country" | "thing":
                return str(NamedNode(ID + value))
            case "class":
                return str(NamedNode(CA + value))
            case "property":
                return str(NamedNode(value))
            case "text":
                return str(Literal(value))
            case "first day" | "last day":
                from cagraph import edtf

                day = edtf.day(value, 0 if parameter.kind == "first day" else 1)
                return str(Literal(day, datatype=NamedNode(XSD + "date")))
            case scheme:
                return str(NamedNode(f"{ID}{scheme}-{value}"))
    except ValueError:
        raise QueryFault(f"{value!r} cannot be an id", "ids are lower-case words joined by hyphens") from None


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
    """
    return any(mark in question for mark in " {\t\r\n")


def names(folder: str = "named") -> list[str]:
    """Return the names of the questions of a folder: `named`, `checks` or `lookups`."""
    return sorted(file[:-3] for file in os.listdir(os.path.join(HERE, folder)) if file.endswith(".rq"))


def read(path: str) -> Question:
    """Return the question of one `.rq` file."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    fields: dict[str, str] = {}
    parameters = []
    for line in text.splitlines():
        if not line.startswith("# "):
            break
        key, _, value = line[2:].partition(": ")
        if key == "parameter":
            parameters.append(_parameter(value))
        else:
            fields[key] = f"{fields[key]} {value}" if key in fields else value
    example = dict(part.split("=", 1) for part in fields.get("example", "").split())
    name = os.path.basename(path)[:-3]
    return Question(name, fields.get("title", name), fields.get("purpose", ""),
                    fields.get("cure", ""), tuple(parameters), example, text)  # fmt: skip


def _parameter(declared: str) -> Parameter:
    """Read `NAME (KIND[, optional]): PURPOSE`."""
    name, _, rest = declared.partition(" (")
    kind, _, purpose = rest.partition("): ")
    return Parameter(name, kind.removesuffix(", optional"), kind.endswith(", optional"), purpose)
