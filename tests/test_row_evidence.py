"""Rows: each claimed value of a row stands in the passage that the row names for it.

Every row that a reader can get is looked at: a question is asked with its optional parameters open,
and with every value that the others can have; and as its file stands, with none bound.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

import pytest

from cagraph import queries
from cagraph.queries import Question
from cagraph.rows import Cell, Row, Rows
from cagraph.store import Store

QUESTIONS = [
    (folder, name)
    for folder in ("named", "lookups")
    for name in queries.names(folder)
    if any(column.endswith("evidence") for column in queries.load(name, folder).columns)
]
CURE = (
    "bind the column and its evidence in one GRAPH block, the evidence being a column of its own, COLUMN_evidence, "
    "where it may be another passage than that of the row; or list the column in `# editorial:` if it is no claim"
)
SLOW = {"amendment-chain", "paths-between"}
"""Questions that as they stand take many seconds; bound to every thing they follow the same links."""
SHOWN = 5
"""Faults that a failing test spells out."""


class Told(NamedTuple):
    """What the graph tells, read once."""

    nodes: dict[Cell, list[set[Cell]]]
    """Evidence -> for each thing, action and figure of its graph, what it is told of: itself, properties, values."""
    things: set[Cell]
    """The ids of all things."""
    claimed: set[Cell]
    """Values that stand in graphs of evidence and never in the default graph alone."""
    values: dict[str, list[str]]
    """Kind of parameter -> every value that it can have."""


@pytest.fixture(scope="module")
def told(graph: Store) -> Told:
    by_node: dict[Cell, dict[Cell, set[Cell]]] = defaultdict(lambda: defaultdict(set))
    everywhere = "SELECT ?e ?s ?p ?o WHERE { GRAPH ?e { ?s ?p ?o } FILTER EXISTS { ?e a ca:Evidence } }"
    objects = set()
    for evidence, subject, property_, value in graph.select(everywhere).rows:
        by_node[evidence][subject] |= {subject, property_, value}
        objects.add(value)
    editorial = "SELECT DISTINCT ?o WHERE { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?e { ?s ?p ?o } } }"
    things = column(graph, "?id rdfs:label ?label ; a ?x . FILTER(STRSTARTS(STR(?x), STR(ca:)) && ISIRI(?id))")
    ours = [id_ for id_ in things if ":" not in id_]
    values = {
        "thing": ours, "country": ours,
        "indicator": column(graph, "?concept skos:inScheme ca:indicators ; skos:notation ?id"),
        "topic": column(graph, "?concept skos:inScheme ca:topics ; skos:notation ?id"),
        "class": [id_.removeprefix("ca:") for id_ in column(graph, "?x a ?id . FILTER(STRSTARTS(STR(?id), STR(ca:)))")],
        "property": column(graph, "GRAPH ?e { ?s ?p ?o } BIND(STR(?p) AS ?id)"),
        "day": ["2026-02-27"], "first day": ["0001"], "last day": column(graph, "?action ca:earliest|ca:latest ?id"),
        "text": list("abcdefghijklmnopqrstuvwxyz"),
        "evidence": column(graph, "?id a ca:Evidence"),
    }  # fmt: skip
    nodes = {evidence: list(several.values()) for evidence, several in by_node.items()}
    return Told(nodes, set(ours), objects - set(graph.select(editorial)["o"]), values)


def column(graph: Store, pattern: str) -> list[str]:
    """Return each value that `?id` has in a pattern."""
    return sorted({str(value) for value in graph.select(f"SELECT DISTINCT ?id WHERE {{ {pattern} }}")["id"]})


def asked(graph: Store, question: Question, told: Told) -> Rows:
    """Return every row that a question can answer with, in no order: ordering so many takes a minute."""
    values = {p.name: told.values[p.kind] for p in question.parameters if not p.optional}
    if "since" in values:
        values["until"] = ["9999"]  # the longest span holds what every shorter one does
    if question.name in {"evidence", "resting"}:  # these take evidence for a thing
        values = dict.fromkeys(values, told.values["thing"] + told.values["evidence"])
    body, ordered, _ = question.sparql.rpartition("} ORDER BY ")
    question = question._replace(sparql=body + "}") if ordered else question
    rows = graph.select(question.bind(values)).rows
    if values and question.name not in SLOW:
        rows += graph.select(question.sparql).rows
    return Rows(question.columns, rows)


def faults(question: Question, rows: Iterable[Row], told: Told) -> Iterator[str]:
    """Yield what is wrong in each row: a value without evidence, or one that its evidence does not tell of the row.

    All values that rest on one column of evidence must be told together, of one thing, action or
    figure; and by a column's own evidence, of a thing that the row is about.
    """
    resting: dict[str, list[str]] = {one: [] for one in question.columns if one.endswith("evidence")}
    for one in question.columns:
        if question.evidence_of(one):
            resting[question.evidence_of(one)].append(one)
    for row in rows:
        about = {row[one] for one in resting["evidence"]} & told.things
        for where, columns in resting.items():
            values = {row[one]: one for one in columns if row[one] is not None}
            # Where two things contradict each other, the other passage is about the other one.
            whom = {row["other"]} & told.things if "other" in columns else about
            nodes = [node for node in told.nodes.get(row[where], ()) if not whom or whom & node]
            if (row[where] is None and not values) or any(values.keys() <= node for node in nodes):
                continue
            wrong = [one for value, one in values.items() if not any(value in node for node in nodes)]
            said = " ".join(f"{one}={row[one]!r}" for one in wrong or values.values())
            yield f"{question.name}: {said} does not rest on {where}={row[where]!r}, in {dict(row)}; cure: {CURE}"


def hidden(question: Question, rows: Rows, told: Told) -> Iterator[str]:
    """Yield each column that is called editorial and holds claims; a row about evidence itself may name its source."""
    for one in question.editorial if question.columns[0] != "evidence" else ():
        claims = {value for value in rows[one] if isinstance(value, str)} & (told.things | told.claimed)
        if claims:
            yield f"{question.name}: {one} is called editorial and holds {claims}; cure: {CURE}"


@pytest.mark.parametrize(("folder", "name"), QUESTIONS, ids=[name for _, name in QUESTIONS])
def test_every_value_of_every_row_stands_in_its_evidence(graph: Store, told: Told, folder: str, name: str) -> None:
    question = queries.load(name, folder)
    rows = asked(graph, question, told)
    assert rows or name == "conflicts-in-words"  # in words a curator says of two passages what no value tells
    wrong = [*hidden(question, rows, told), *faults(question, rows, told)]
    assert not wrong, "\n".join([f"{len(wrong)} faults in {len(rows)} rows", *wrong[:SHOWN]])


def test_columns_of_evidence_and_editorial_ones_are_told_from_claims() -> None:
    offices = queries.load("offices-abroad")
    assert [offices.evidence_of(one) for one in ("id", "label", "territory", "territory_evidence", "evidence")] == [
        "evidence", "", "territory_evidence", "", "",
    ]  # fmt: skip
    assert queries.load("conflicting-claims", "lookups").evidence_of("other_value") == "other_evidence"
    assert not queries.load("countries").evidence_of("agreements")


def test_an_editorial_column_that_holds_claims_is_seen(graph: Store, told: Told) -> None:
    question = queries.load("schemes-with-quotas")._replace(editorial=("label", "id", "period"))
    rows = asked(graph, question, told)
    assert [fault.split()[1] for fault in hidden(question, rows, told)] == ["id", "period"]


def test_a_value_with_the_wrong_evidence_is_seen() -> None:
    told = Told(
        {
            "one": [{"office", "ca:form", "ca:territory", "tr"}, {"other", "ca:territory", "kr"}],
            "two": [{"office", "org:subOrganizationOf", "agency"}],
        },
        {"office", "other", "agency", "tr", "kr"}, set(), {},
    )  # fmt: skip
    question = queries.load("offices-abroad")

    def seen(**cells: str) -> list[str]:
        row = Row(dict.fromkeys(question.columns) | {"id": "office", "evidence": "one"} | cells)
        return [fault.partition(",")[0] for fault in faults(question, [row], told)]

    begins = "offices-abroad: territory="
    assert not seen()
    assert not seen(territory="tr", territory_evidence="one", of="agency", of_evidence="two")
    assert seen(territory="tr", territory_evidence="two") == [f"{begins}'tr' does not rest on territory_evidence='two'"]
    assert seen(territory="kr", territory_evidence="one") == [f"{begins}'kr' does not rest on territory_evidence='one'"]
    assert seen(territory="tr") == [f"{begins}'tr' does not rest on territory_evidence=None"]
    assert seen(evidence="two", id="other") == ["offices-abroad: id='other' does not rest on evidence='two'"]


def test_the_evidence_of_the_next_row_is_seen_to_be_wrong(graph: Store, told: Told) -> None:
    question = queries.load("schemes-with-quotas")
    rows = list(asked(graph, question, told))
    moved = [Row(row | {"evidence": after["evidence"]}) for row, after in pairwise(rows)]
    different = sum(row["evidence"] != after["evidence"] for row, after in zip(rows, moved, strict=False))
    assert 0 < len(list(faults(question, moved, told))) <= different
