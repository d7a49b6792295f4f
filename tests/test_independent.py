"""The graph against lists and questions made by a reader of the sources who never saw the graph.

`independent/agreements.tsv` and `core.tsv` are that reader's rows, with the id of the record that a
curator found to be the same thing; `questions.toml` holds questions with strings that a right answer
contains, and the one command that answers each.
"""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cagraph import cli
from cagraph.answers import search, things
from cagraph.store import Store

HERE = Path(__file__).parent / "independent"
QUESTIONS: list[dict[str, Any]] = tomllib.loads((HERE / "questions.toml").read_text(encoding="utf-8"))["question"]


def table(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize(("name", "least"), [("agreements.tsv", 218), ("core.tsv", 486)])
def test_the_things_of_the_list_are_in_the_graph(graph: Store, name: str, least: int) -> None:
    rows = table(name)
    assert len(rows) >= least
    known = things.described(graph, {row["id"] for row in rows if row["id"]})
    found = [row for row in rows if row["id"] in known]
    missing = [row for row in rows if row["id"] not in known]
    assert len(found) / len(rows) >= 0.99, missing


def test_agreements_of_the_list_have_the_parties_it_names(graph: Store) -> None:
    rows = graph.select(
        "SELECT DISTINCT ?id ?party { { ?id ca:party|ca:hub|ca:partner ?party } UNION { ?a ca:actionOn ?id ; ca:actionBy ?party } }"
    ).rows
    parties: dict[str, set[str]] = {}
    for id_, party in rows:
        parties.setdefault(str(id_), set()).add(str(party))
    kinds = things.described(graph, parties)
    agreements = {id_ for id_, found in kinds.items() if found.kind.endswith(("Agreement", "Group"))}
    wanted = [row for row in table("agreements.tsv") if row["id"] in agreements]
    assert len(wanted) > 110
    whole = [
        row
        for row in wanted
        if {p for p in row["parties"].split("|") if len(p) == 2 and p.islower()} <= parties[row["id"]]
    ]
    assert len(whole) / len(wanted) >= 0.88


def test_a_search_by_the_lists_own_name_finds_the_thing(graph: Store) -> None:
    rows = [row for row in table("core.tsv") if row["id"]][::3]
    lost = [row for row in rows if row["id"] not in {hit.id for hit in search.hits(graph, row["name"], limit=5)}]
    assert len(lost) / len(rows) <= 0.05, [(row["name"], row["id"]) for row in lost]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: f"{question['source']}:{question['line']}")
def test_a_question_is_answered_by_one_command(graph: Store, question: dict[str, Any]) -> None:
    command, *words = question["command"]
    if command == "show":
        words += ["--as-of", "2026-03-01", "--format", "tsv"]
    elif command == "query":
        words = [words[0], *(part for pair in words[1:] for part in ("--param", pair)), "--format", "tsv"]
    else:
        words += ["--format", "json"]
    found = CliRunner().invoke(cli.main, [command, *words])
    assert found.exit_code == 0, found.output
    answer = found.output.casefold()
    assert not [one for one in question["expect"] if one.casefold() not in answer], question["text"]


def test_there_are_a_hundred_questions() -> None:
    assert len(QUESTIONS) >= 100
