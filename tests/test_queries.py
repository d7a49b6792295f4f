"""Questions: each gives the expected table on a tiny graph, and its example answers on the real one.

CAGRAPH_FIX=1 writes the expected tables anew; read the difference before you commit it.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from cagraph import formats, queries
from cagraph.answers import lookup
from cagraph.errors import QueryFault
from cagraph.store import Store
from cagraph.store.embedded import Embedded
from cagraph.store.guard import refuse_outside

EXPECTED = Path(__file__).parent / "expected"
LONGEST = 60
"""Lines kept of an expected table on the real graph."""
TINY = {
    "indicator": "agreements", "country": "kz", "other": "uz", "thing": "kz-uz-labour-agreement-2019", "topic": "migration", "since": "2019-01-01",
    "until": "2022-12-31", "day": "2021-06-01", "scheme": "consent", "law": "kz-law-on-migration", "body": "uz-ministry", "origin": "uz",
    "year": "2023", "source": "book", "target": "kz-law-on-migration", "words": "patent",
}  # fmt: skip
OWN: dict[str, dict[str, str]] = {
    "changes-for-citizens": {"country": "ru", "since": "2023-01-01", "until": "2023-12-31"},
    "gaps-between-neighbours": {"other": "ru"},
    "said-by": {"body": "uz-agency"},
    "paths-between": {"thing": "kz", "target": "kz-parliament"},
    "acts-of-issuer": {"body": "kz-parliament"},
    "tasks-of-body": {"body": "uz-agency"},
}
"""Parameters of single queries on the tiny graph, where those above find nothing."""


@pytest.mark.parametrize("name", queries.names())
def test_a_query_gives_the_expected_table_on_the_tiny_graph(tiny: Embedded, name: str) -> None:
    question = queries.load(name)
    values = {p.name: {**TINY, **OWN.get(name, {})}[p.name] for p in question.parameters if not p.optional}
    found = formats.tsv(tiny.select(question.bind(values)))
    path = EXPECTED / f"{name}.tsv"
    if os.environ.get("CAGRAPH_FIX"):
        path.write_text(found, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == found


@pytest.mark.parametrize("name", queries.names())
def test_the_example_of_a_query_gives_the_expected_table_on_the_real_graph(graph: Store, name: str) -> None:
    question = queries.load(name)
    assert question.title != name
    assert question.purpose.endswith(".")
    found = graph.select(question.bind(lookup.parameters(graph, question, question.example)))
    assert len(found) > 0
    columns = [column for column in found.columns if not column.endswith("evidence")]
    lines = formats.tsv(found.pick(columns)).splitlines(keepends=True)
    text = "".join([lines[0], *sorted(set(lines[1:]))][:LONGEST])
    path = EXPECTED / "real" / f"{name}.tsv"
    if os.environ.get("CAGRAPH_FIX"):
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text


def test_there_are_thirty_named_queries() -> None:
    assert len(queries.names()) >= 30


@pytest.mark.parametrize("name", queries.names())
def test_a_query_runs_unbound(tiny: Embedded, name: str) -> None:
    assert tiny.select(queries.load(name).sparql).columns


@pytest.mark.parametrize("name", [*queries.names(), *queries.names("lookups")])
def test_every_declared_parameter_has_its_slot(name: str) -> None:
    question = queries.load(name) if name in queries.names() else queries.load(name, "lookups")
    slots = {p.name for p in question.parameters if f"VALUES ?{p.name} {{ UNDEF }}" in question.sparql}
    assert slots == {p.name for p in question.parameters}
    assert len(question.sparql.splitlines()) <= 45


def test_every_lookup_is_asked_by_some_answer() -> None:
    package = Path(__file__).parents[1] / "src/cagraph"
    code = "".join(path.read_text(encoding="utf-8") for path in package.rglob("*.py"))
    assert not [name for name in queries.names("lookups") if f'"{name}"' not in code]


def test_fewer_columns_give_the_same_things(graph: Store) -> None:
    """A question narrowed to some columns, its idle OPTIONALs dropped, holds what the whole one holds in them."""
    for name in queries.names():
        question = queries.load(name)
        if "(COUNT(" in question.sparql or "(SAMPLE(" in question.sparql:
            continue  # counting with fewer columns is another question
        values = lookup.parameters(graph, question, question.example)
        for column in question.columns:
            some = {str(value) for value in queries.ask(graph, name, "named", (column,), **values)[column]}
            assert some == {str(value) for value in queries.ask(graph, name, "named", **values)[column]}, (name, column)


def test_nothing_asked_about_gives_no_rows(graph: Store) -> None:
    assert queries.ask(graph, "claims", id=()).columns == ("id", "property", "value", "evidence")
    assert not queries.ask(graph, "claims", id=())
    assert all(isinstance(cell, str) for row in queries.ask(graph, "claims", id="tj").rows for cell in row)


def test_there_is_a_tiny_answer_for_most_queries() -> None:
    empty = [name for name in queries.names() if len((EXPECTED / f"{name}.tsv").read_text().splitlines()) < 2]
    assert not empty


@pytest.mark.parametrize("value", ["x> } DROP ALL #", 'x" . ?s ?p ?o', "x\n}", "x y"])
def test_a_value_cannot_break_out_of_its_place(tiny: Embedded, value: str) -> None:
    question = queries.load("agreements-of-country")
    try:
        assert not tiny.select(question.bind({"country": value})).rows
    except QueryFault as fault:
        assert "cannot be an id" in fault.message  # noqa: PT017 - either way is right


def test_text_is_escaped(tiny: Embedded) -> None:
    nasty = 'topic" } UNION { ?concept ?value ?label } #\\'
    assert tiny.select(queries.load("concepts").bind({"scheme": "topic"})).rows
    assert not tiny.select(queries.load("concepts").bind({"scheme": nasty})).rows


def test_a_missing_parameter_is_asked_for() -> None:
    with pytest.raises(QueryFault, match="needs country"):
        queries.load("agreements-of-country").bind({})


def test_an_unknown_query_or_parameter_is_named() -> None:
    with pytest.raises(QueryFault, match="agreements-of-contry"):
        queries.load("agreements-of-contry")
    with pytest.raises(QueryFault, match="colour"):
        queries.load("sources").bind({"colour": "red"})
    with pytest.raises(QueryFault):
        queries.load("../lookups/claims")


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { SERVICE <http://x> { ?s ?p ?o } }",
        "select*{service?x{?s?p?o}}",
        "SELECT * {}\nSERVICE SILENT <http://x> {}",
        r"SELECT * { ?s id:a\#b ?o . SERVICE <http://x> { ?s ?p ?o } }",
        r"SELECT * { ?s id:a\'b ?o . SERVICE <http://x> { ?s ?p ?o } ?s id:a\'b ?o }",
        "SELECT * { # a comment ends here:\rSERVICE <http://x> { ?s ?p ?o } }",
        "SELECT * { ?s ?p ?o.SERVICE <http://x> { ?s ?p ?o } }",
        "PREFIX : <http://x/> SELECT * { ?s ?p 5.SERVICE:x { ?s ?p ?o } }",
        r"SELECT * { \u0053ERVICE <http://x> { ?s ?p ?o } }",
        r'SELECT * { ?s ?p "\u0022 SERVICE <http://x> { ?s ?p ?o } }',
    ],
)
def test_no_other_server_is_asked(sparql: str) -> None:
    with pytest.raises(QueryFault, match="SERVICE"):
        refuse_outside(sparql)


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * { id:tj-migration-service ?p ?o }",
        "SELECT ?service { ?service ?p 'service' } # service <x>",
        'ASK { ?s ?p "a service <x>" }',
        r'ASK { ?s ?p "a \" service <x>", "\u0041" ; id:a\'service ?o }',
        "SELECT * { <http://x/service> ?p $service }",
    ],
)
def test_the_word_service_is_no_crime(sparql: str) -> None:
    refuse_outside(sparql)
