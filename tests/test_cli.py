"""The command line: what it prints, what it exits with, and that it never shows a traceback."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import cagraph
from cagraph import cli

COMMANDS = cli.main.list_commands(click.Context(cli.main))


def run(*args: str, **environment: str) -> Result:
    return CliRunner().invoke(cli.main, args, env=environment)


@pytest.fixture(autouse=True)
def _built(graph: object) -> None:
    """Every command here finds the store built."""


@pytest.mark.parametrize("name", COMMANDS)
def test_help_teaches_with_an_example(name: str) -> None:
    found = run(name, "--help")
    assert found.exit_code == 0
    assert f"Example: cagraph {name}" in found.output


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_is_explained(name: str) -> None:
    command = cli.main.get_command(click.Context(cli.main), name)
    assert command is not None
    unexplained = [p.name for p in command.params if isinstance(p, click.Option) and not p.help]
    assert not unexplained


def test_agreements_as_json_has_the_promised_keys() -> None:
    found = run("agreements", "Tajikistan", "--with", "Belgium", "--format", "json", "--as-of", "2026-03-01")
    assert found.exit_code == 0
    row = next(r for r in json.loads(found.output) if r["id"] == "tj-be-labour-memorandum-2025")
    assert list(row) == [
        "id", "label", "kind", "role", "form", "binding", "parties", "date", "status", "certainty", "basis", "known_until",
        "status_reason", "topics", "evidence", "url",
    ]  # fmt: skip
    assert row["parties"] == ["BE", "TJ"]
    assert row["status"] == "awaiting-approval"
    assert any("timesca-2026-" in evidence for evidence in row["evidence"])


@pytest.mark.parametrize("name", ["TJ", "Tadjikistan", "Таджикистан", "Тоҷикистон", "republic of tajikistan"])
def test_any_name_of_a_country_gives_the_same_answer(name: str) -> None:
    assert run("agreements", name).output == run("agreements", "tj").output


def test_in_a_pipe_it_is_tab_separated() -> None:
    lines = run("agreements", "tj").output.splitlines()
    assert lines[0].split("\t")[0] == "id"
    assert all(line.count("\t") == lines[0].count("\t") for line in lines)


@pytest.mark.parametrize("format_", ["table", "tsv", "csv", "excel-csv", "json", "markdown"])
def test_every_format_is_written(format_: str) -> None:
    found = run("agreements", "uz", "--format", format_)
    assert found.exit_code == 0
    assert "Uzbekistan" in found.output


@pytest.mark.parametrize("command", [["laws", "kz"], ["sources"], ["query", "sources"], ["queries"]])
def test_excel_is_a_format_of_every_command_with_rows(command: list[str]) -> None:
    found = run(*command, "--excel").stdout_bytes
    assert found.startswith(b"\xef\xbb\xbf")
    assert found == run(*command, "--format", "excel-csv").stdout_bytes
    assert found.count(b"\r\n") == run(*command, "--format", "tsv").stdout.count("\n")


def test_an_unknown_country_exits_2_and_offers_the_nearest() -> None:
    found = run("agreements", "Tajikstan")
    assert found.exit_code == 2
    assert "did you mean Tajikistan (tj)" in found.output


def test_no_agreement_found_says_what_was_searched() -> None:
    found = run("agreements", "Iceland")
    assert found.exit_code == 0
    assert "5 sources" in found.output
    assert "not proof" in found.output


@pytest.mark.parametrize(
    ("args", "code", "says"),
    [
        (["agreements", "tj", "--topic", "cooking"], 2, "is not a topic"),
        (["agreements", "tj", "--as-of", "yesterday"], 2, "is not a date"),
        (["agreements", "tj", "--format", "xml"], 2, "Invalid value"),
        (["show", "no-such-thing-at-all"], 2, "nothing is called"),
        (["query", "SELECT ?s { ?s ?p }"], 2, "this is not SPARQL"),
        (["query", "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"], 2, "SERVICE is refused"),
        (["query", "agreements-of-country"], 2, "needs country"),
        (["query", "agreements-of-contry"], 2, "agreements-of-country"),
        (["query", "agreements-of-country", "-p", "country"], 2, "is not NAME=VALUE"),
        (["query", "SELECT * { ?s ?p ?o }", "-p", "a=b"], 2, "named query only"),
        (["query", "sources", "--format", "turtle"], 2, "rows cannot be written"),
        (["query"], 2, "give one question"),
        (["query", "DESCRIBE id:tj", "--format", "json"], 2, "triples cannot be written"),
        (["query", "ASK {}", "--format", "turtle"], 2, "true or false cannot be written"),
        (["query", "ASK {}", "--timeout", "nan"], 2, "no time limit"),
        (["query", "ASK {}", "--timeout", "inf"], 2, "no time limit"),
        (["query", "ASK {}", "--timeout", "-1"], 2, "no time limit"),
        (["query", "SELECT ('\udcff' AS ?x) {}"], 2, "not UTF-8"),
        (["query", "agreements-by-topic", "-p", "topic=cooking"], 2, "is not a topic"),
        (["query", "in-force-on", "-p", "day=2020/.."], 2, "an open span is no day"),
        (["agreements", "tj", "--form", "a b"], 2, "'a b' is not a form"),
        (["search", "x", "--limit", "0"], 2, "not in the range"),
        (["coverage", "--least", "0"], 2, "not in the range"),
        (["compare", "tj", "Tajikistan"], 2, "are one"),
        (["evidence", "no such thing"], 2, "nothing is called"),
        (["evidence", ""], 2, "nothing is called"),
        (["check", "/"], 2, "not a file or folder of"),
        (["check", "/", "dates-in-order"], 2, "not a file or folder of"),
        (["agreements", "tj", "--store", "http://[::1"], 1, "cannot be reached"),
        (["agreements", "tj", "--store", "http://a b/"], 1, "cannot be reached"),
        (["agreements", "tj", "--store", "/nowhere/at/all"], 1, "not a store"),
        (["agreements", "tj", "--store", "http://127.0.0.1:9/query"], 1, "cannot be reached"),
        (["export", "pdf"], 2, "not an export format"),
        (["verify", "--sources", "/nowhere"], 2, "does not exist"),
        (["check", "no-such-check"], 2, "no check named"),
    ],
)
def test_a_mistake_is_explained(args: list[str], code: int, says: str) -> None:
    found = run(*args)
    assert found.exit_code == code, found.output
    assert says in found.output
    assert "Traceback" not in found.output


def test_broken_data_lists_every_fault(tmp_path: Path) -> None:
    (tmp_path / "concepts").mkdir()
    (tmp_path / "countries.tsv").write_text("TJ\ten\tTajikistan\n")
    (tmp_path / "concepts/a.toml").write_text("id = [")
    (tmp_path / "concepts/b.toml").write_text('id = "b"\nkind = "Concept"\n')
    found = run("build", CAGRAPH_DATA=str(tmp_path))
    assert found.exit_code == 1
    assert f"{tmp_path}/concepts/a.toml:1: a: not TOML" in found.output
    assert f"{tmp_path}/concepts/b.toml:1: b: there is no label" in found.output
    assert "2 faults" in found.output


def test_show_names_source_and_line_of_each_claim() -> None:
    found = run("show", "tj-be-labour-memorandum-2025", "--format", "table", "--as-of", "2026-03-01")
    assert "] timesca-2026, line 55" in found.output
    assert "Status: awaiting-approval" in found.output


def test_show_finds_a_thing_by_any_name() -> None:
    assert run("show", "Tajikistan-Belgium memorandum").output == run("show", "tj-be-labour-memorandum-2025").output


def test_query_answers_ask_construct_and_describe() -> None:
    assert run("query", "ASK { id:tj a ca:Country }").output == "true\n"
    assert re.search("id:tj a .*ca:Country", run("query", "DESCRIBE id:tj").output)
    construct = "CONSTRUCT { ?a ca:party ?b } WHERE { ?a ca:party ?b }"
    for format_, sign in {"turtle": "ca:party", "ntriples": "#party>", "trig": "ca:party", "jsonld": "party"}.items():
        assert sign in run("query", construct, "--format", format_).output


def test_query_reads_a_file_and_standard_input(tmp_path: Path) -> None:
    path = tmp_path / "question.rq"
    path.write_text("SELECT ?l { id:tj rdfs:label ?l }")
    assert "Tajikistan" in run("query", "-f", str(path)).output
    piped = CliRunner().invoke(cli.main, ["query", "-f", "-"], input=path.read_text())
    assert "Tajikistan" in piped.output


def test_a_question_in_another_encoding_is_refused_and_a_byte_order_mark_is_not(tmp_path: Path) -> None:
    path = tmp_path / "question.rq"
    path.write_bytes(b'SELECT ("\xff" AS ?x) {}')
    for found in (
        run("query", "-f", str(path)),
        CliRunner().invoke(cli.main, ["query", "-f", "-"], input=path.read_bytes()),
    ):
        assert found.exit_code == 2
        assert "is not UTF-8" in found.output
    path.write_bytes("SELECT ('Тоҷ' AS ?x) {}".encode("utf-8-sig"))
    assert "Тоҷ" in run("query", "-f", str(path)).output
    assert "named query only" in run("query", "-f", str(path), "-p", "a=b").output


def test_a_day_of_a_named_query_may_be_a_year_as_in_the_lists() -> None:
    whole = ["-p", "since=2021-01-01", "-p", "until=2021-12-31"]
    year = run("query", "agreements-signed-between", "-p", "since=2021", "-p", "until=2021").output
    assert year == run("query", "agreements-signed-between", *whole).output
    assert "2021-05-21" in year


def test_evidence_finds_a_thing_by_any_name() -> None:
    by_name = run("evidence", "Tajikistan-Belgium memorandum").output
    assert by_name == run("evidence", "tj-be-labour-memorandum-2025").output
    assert "timesca-2026-" in by_name


def test_data_that_is_not_there_is_named(tmp_path: Path) -> None:
    for command in (["agreements", "tj"], ["build"]):
        found = run(*command, CAGRAPH_DATA=str(tmp_path / "none"))
        assert found.exit_code == 1
        assert "CAGRAPH_DATA" in found.output


def test_a_slow_query_is_given_up() -> None:
    heavy = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    command = [sys.executable, "-m", "cagraph", "query", heavy, "--timeout", "0.3"]
    started = time.monotonic()
    found = subprocess.run(command, capture_output=True, text=True)
    assert found.returncode == 1
    assert "no answer within 0.3 seconds" in found.stderr
    assert time.monotonic() - started < 20


def _hear_interrupts() -> None:
    """Undo what a shell does to jobs in the background: they ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _seconds_of_work(pid: int) -> float:
    """Return the processor time that a process and its workers have used."""
    workers = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK") + sum(
        _seconds_of_work(int(one)) for one in workers
    )


def test_ctrl_c_ends_a_running_query_quietly() -> None:
    heavy = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    command = [sys.executable, "-m", "cagraph", "query", heavy]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, preexec_fn=_hear_interrupts) as process:  # noqa: PLW1509 - no threads here
        try:
            while _seconds_of_work(process.pid) < 1:  # the question is being answered by then
                time.sleep(0.02)
            process.send_signal(signal.SIGINT)
            _, error = process.communicate(timeout=20)
        finally:
            process.kill()
    assert process.returncode == 130
    assert not error.strip()


def test_a_closed_pipe_is_no_error_message() -> None:
    command = f"{sys.executable} -m cagraph query 'SELECT * {{ ?s ?p ?o }}' | head -1"
    found = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert found.stdout
    assert "Traceback" not in found.stderr
    assert "Error" not in found.stderr


@pytest.mark.parametrize(("where", "says"), [(">&-", "closed"), (">/dev/full", "No space left")])
def test_an_answer_that_cannot_be_printed_is_no_traceback(where: str, says: str) -> None:
    found = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m cagraph query 'ASK {{}}' {where}"], capture_output=True, text=True
    )
    assert found.returncode == 1
    assert says in found.stderr
    assert "Traceback" not in found.stderr


def test_evidence_shows_the_words_of_a_passage(sources: Path) -> None:
    found = run("evidence", "tj-be-labour-memorandum-2025", "--sources", str(sources), "--format", "json")
    assert any("Kingdom of Belgium" in row["passage"] for row in json.loads(found.output))


def test_cite_prints_a_block_to_paste(sources: Path) -> None:
    found = run("cite", "timesca-2026", "a memorandum of cooperation with relevant agencies", "--sources", str(sources))
    assert found.output.startswith('[[evidence]]\npassage = "timesca-2026 987+7 2:')
    assert "Kingdom" not in found.output
    twice = run("cite", "timesca-2026", "Labor", "--sources", str(sources))
    assert twice.exit_code == 1
    assert "times, on lines" in twice.output


def test_cite_fills_in_the_positions_of_quotations(sources: Path, tmp_path: Path) -> None:
    path = tmp_path / "kandas.toml"
    path.write_text(
        'id = "kandas"\nkind = "Concept"\nlabel = "kandas"\n\n[[evidence]]\nsource = "timesca-2026"\n'
        'quote = "a designation for ethnic Kazakhs"\ndefinition = ["An ethnic Kazakh who has come back."]\n'
    )
    assert run("cite", "--fill", str(path), "--sources", str(sources)).exit_code == 0
    text = path.read_text()
    assert "quote" not in text
    assert 'passage = "timesca-2026 ' in text
    assert 'review = "missing"' in text
    assert run("format", "--check", str(path)).exit_code == 0


def test_words_for_completion_come_from_the_graph() -> None:
    environment = {"_CAGRAPH_COMPLETE": "bash_complete", "COMP_WORDS": "cagraph agreements taj", "COMP_CWORD": "2"}
    command = "from cagraph.cli import main; main(prog_name='cagraph')"
    found = subprocess.run(
        [sys.executable, "-c", command], env={**os.environ, **environment}, capture_output=True, text=True
    )
    assert "plain,tj" in found.stdout


def test_it_writes_utf8_under_the_c_locale() -> None:
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONIOENCODING": "ascii"}
    found = subprocess.run(
        [sys.executable, "-m", "cagraph", "show", "tj"], env=environment, capture_output=True, check=True
    )
    assert found.stdout.decode("utf-8")


def test_a_lookup_imports_nothing_heavy() -> None:
    code = (
        "import sys; sys.argv = ['cagraph', 'agreements', 'Tajikistan']\n"
        "from cagraph.cli import main\n"
        "try: main()\nexcept SystemExit: pass\n"
        "heavy = {'rdflib', 'networkx', 'pyvis', 'IPython', 'jinja2', 'babel', 'rich', 'numpy', 'pathlib', 'cagraph.edtf', 'dataclasses', 'json', 'urllib.request'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    found = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "tj-be-labour-memorandum-2025" in found.stdout
    assert found.stderr.strip().endswith("[]")


def test_the_list_of_commands_says_what_each_help_says() -> None:
    for name, (_, told) in cli.COMMANDS.items():
        command = cli.main.get_command(click.Context(cli.main), name)
        assert command is not None
        first = " ".join(str(command.help).partition("\n\n")[0].split())
        words = told.rstrip(".").split(":")[0].split(",")[0]
        assert first.casefold().startswith(words.casefold()[:20]), name
    assert set(COMMANDS) == set(cli.COMMANDS)
    assert all(name in run("--help").output for name in COMMANDS)


def test_the_version_tells_the_digest_and_the_last_source() -> None:
    version, data = run("--version").output.splitlines()
    assert version == f"cagraph {cagraph.__version__}"
    assert re.fullmatch(r"data [0-9a-f]{12}, sources up to 2026-02-27", data)
    assert data.split()[1].rstrip(",") in run("cite-as", "yearbook-2023").output


def test_a_status_and_a_topic_may_be_given_in_words() -> None:
    words = run("agreements", "ru", "--status", "In force", "--topic", "Labour migration", "--as-of", "2024")
    assert words.output == run("agreements", "ru", "--status", "in-force", "--topic", "labour-migration", "--as-of", "2024").output  # fmt: skip
    assert words.exit_code == 0


def test_every_command_that_lists_takes_a_limit() -> None:
    context = click.Context(cli.main)
    commands = {name: command for name in cli.COMMANDS if (command := cli.main.get_command(context, name))}
    options = {name: {str(param.name) for param in command.params} for name, command in commands.items()}
    assert [name for name, known in options.items() if "format_" in known and "limit" not in known] == ["show"]


@pytest.mark.parametrize(
    "words",
    ["check", "compare kz uz", "conflicts", "countries", "coverage", "duplicates --floor 85", "figures tj", "laws",
     "evidence uz-agency-for-migration", "chain tm-law-migration-2012", "queries", "query sources", "search agency",
     "sources", "status eaeu-treaty-2014", "timeline tj"],
)  # fmt: skip
def test_a_limit_keeps_the_first_rows_and_tells_how_many_there_are(words: str) -> None:
    every = json.loads(run(*words.split(), "--limit", "100000", "--format", "json").stdout)
    some = run(*words.split(), "--limit", "2", "--format", "json")
    assert json.loads(some.stdout) == every[:2]
    assert f"2 of {len(every):,} rows" in some.stderr


def test_what_is_no_rows_takes_no_limit() -> None:
    refused = run("query", "ASK { id:tj a ca:Country }", "--limit", "3")
    assert refused.exit_code == 2
    assert "write LIMIT into the SPARQL" in refused.stderr


def test_a_limit_says_what_it_leaves_out_and_a_source_narrows() -> None:
    some = run("agreements", "--limit", "3", "--format", "json")
    assert len(json.loads(some.stdout)) == 3
    assert "3 of " in some.stderr
    told = json.loads(run("laws", "kz", "--source", "timesca-2026", "--format", "json").stdout)
    assert all(any(one.startswith("timesca-2026-") for one in row["evidence"]) for row in told)


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("SELECT * { ?s ca:partyy ?o }", "no vocabulary here has ca:partyy; nearest: ca:party"),
        ("SELECT * { ?s <https://w3id.org/cagraph/ontology#colour> ?o }", "no vocabulary here has ca:colour"),
        ("ASK { id:tj eli:number_of_things ?o }", "no vocabulary here has eli:number_of_things"),
        ("SELECT * { id:tjj ?p ?o }", "nothing has the id 'tjj'"),
        (
            "PREFIX x: <https://w3id.org/cagraph/ontology#> SELECT * { ?s x:partyy ?o }",
            "no vocabulary here has ca:partyy",
        ),
        ("SELECT * { ?s rdfs:lable ?o }", "no vocabulary here has rdfs:lable; nearest: rdfs:label"),
        ("SELECT * { ?s <http://example.org/partyy> ?o }", "no statement here uses <http://example.org/partyy>"),
        (
            "PREFIX ca: <http://example.org/> SELECT * { ?s ca:party ?o }",
            "no statement here uses <http://example.org/party>",
        ),
    ],
)
def test_a_term_that_the_graph_lacks_is_named(question: str, says: str) -> None:
    found = run("query", question)
    assert found.exit_code == 0
    assert says in found.stderr


@pytest.mark.parametrize(
    "question",
    [
        "SELECT * { ?s ca:party id:tj ; rdfs:label 'ca:partyy' } # ca:partyy",
        "SELECT * { ?a ca:actionType id:action-signed ; ca:earliest ?d FILTER(?d > '2021-01-01'^^xsd:date) } LIMIT 1",
        "SELECT * { ?s a ca:Law ; ca:topic id:topic-visas } LIMIT 1",
        "SELECT (<http://www.w3.org/2001/XMLSchema#integer>('1') AS ?n) { id:tj a ?c ; rdfs:label ?l } LIMIT 1",
    ],
)
def test_a_term_that_the_graph_has_is_not(question: str) -> None:
    assert run("query", question).stderr == ""
