"""One question: a `.rq` file with a header, read, and bound to values."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from cagraph.errors import QueryFault
from cagraph.iris import CA, ID, XSD

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

PLAIN = ("day", "first day", "last day", "text", "class", "property")
"""Kinds of parameters whose values name neither a thing nor a concept."""


class Parameter(NamedTuple):
    """What a question needs to be told."""

    name: str
    kind: str
    """`country`, `thing`, `day` (ISO 8601), `first day` and `last day` (EDTF), `text`, `class`, `property`, or
    a scheme such as `topic`."""
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
    editorial: tuple[str, ...]
    """The columns that hold no claims."""
    derived: tuple[str, ...]
    """The columns that hold what law time concludes from the steps that the evidence gives."""
    sparql: str

    @property
    def columns(self) -> tuple[str, ...]:
        """The variables that the answer has, in order."""
        import re

        projection = self.sparql.partition("\nSELECT ")[2].partition("WHERE")[0]
        # In `(EXPRESSION AS ?name)` only the last variable is a column.
        outer = re.sub(r"\((?:[^()]|\([^()]*\))*\bAS\s+(\?\w+)\s*\)", r"\1", projection)
        return tuple(re.findall(r"\?(\w+)", outer))

    def evidence_of(self, column: str) -> str:
        """Return the column that names the evidence on which the values of this one rest.

        That is its own, `territory_evidence` for `territory`, which serves `territory_...` too;
        else `evidence`; and none, the empty string, if the column is editorial, derived or evidence itself.
        """
        if column in {*self.editorial, *self.derived} or column.endswith("evidence"):
            return ""
        columns = self.columns
        own = [one for one in columns if one.endswith("_evidence") and f"{column}_".startswith(one[: -len("evidence")])]
        return max(own, key=len, default="evidence" if "evidence" in columns else "")

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
            case "day":
                return str(Literal(value, datatype=NamedNode(XSD + "date")))
            case "first day" | "last day":
                from cagraph import edtf

                day = edtf.day(value, 0 if parameter.kind == "first day" else 1)
                return str(Literal(day, datatype=NamedNode(XSD + "date")))
            case scheme:
                return str(NamedNode(f"{ID}{scheme}-{value}"))
    except ValueError:
        raise QueryFault(f"{value!r} cannot be an id", "ids are lower-case words joined by hyphens") from None


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
    editorial, derived = (tuple(fields.get(key, "").split()) for key in ("editorial", "derived"))
    return Question(name, fields.get("title", name), fields.get("purpose", ""),
                    fields.get("cure", ""), tuple(parameters), example, editorial, derived, text)  # fmt: skip


def _parameter(declared: str) -> Parameter:
    """Read `NAME (KIND[, optional]): PURPOSE`."""
    name, _, rest = declared.partition(" (")
    kind, _, purpose = rest.partition("): ")
    return Parameter(name, kind.removesuffix(", optional"), kind.endswith(", optional"), purpose)
