"""One answer, however it is asked for.

Each command that answers has a method of the API, and the two give the same rows, texts, files, notes
and refusals; a pipe gets what `--format tsv` writes; and a list holds what the named query of the
same meaning finds.
"""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator
from itertools import chain, combinations
from pathlib import Path
from typing import Any, NamedTuple

import click
import pytest
from click.testing import CliRunner, Result

from cagraph import cli, formats
from cagraph.api import Cagraph
from cagraph.errors import CagraphError
from cagraph.rows import Row, Rows
from cagraph.search.index import Index
from cagraph.store import Store, opening
from cagraph.store.embedded import Embedded

METHODS = {
    name: "cite" if name == "cite-as" else name.replace("-", "_")
    for name in cli.COMMANDS
    if name not in {"build", "cite", "format"}  # only curators use them, and they write
}
"""Command -> the method that gives the same answer."""
KEYWORDS = {"others": "with_", "folder": "sources", "timeline as_of": "until"}
"""Option as its command calls it -> keyword of the method, where they differ."""
NOT_ASKED = {"format_", "where", "output", "picture", "path"}
"""Options that tell how and where to write the answer, whom to ask, or where the question stands."""

LISTED = (
    "kz --limit 20", "Кыргызстан", "Тоҷикистон --since 2020 --until 2024-06", "Turkmenistan --source yearbook-2023",
    "Ўзбекистон --as-of 2021-06-01 --undated", "kz --with Россия",
)  # fmt: skip
"""What is asked of every list."""
ROWS: dict[str, tuple[str, ...]] = {
    "agencies": (*LISTED, "Россия --form ministry", "uz --topic labour-migration", '--status "in force" --limit 9', "eaeu"),
    "agreements": (
        *LISTED, "Россия --with Кыргызстан --with kz", "uz --topic pensions --form agreement", '--status "in force"', "EAEU",
        "Iceland",
    ),
    "chain": (
        "tm-law-migration-2012", "kz-uz-labour-agreement-2019 --depth 1", "kz-law-314-vi-2020 --depth 10",
        "eaeu-treaty-2014", "global-compact-for-migration-2018", "kg-eaeu-accession-protocol-2015 --depth 2",
        "tj-be-labour-memorandum-2025", "kz-visa-free-stay-rule --limit 1", '"Global Compact for Migration"', "kz-law-477-iv-2011 --limit 2",
    ),
    "check": (
        "", "--limit 4", "dates-in-order", "duplicate-labels", "duplicate-numbers", "missing-evidence", "missing-jurisdiction",
        "missing-parties", "preferred-value-exists", "ratified-without-instrument", "register-ids dates-in-order",
    ),
    "compare": (
        "KZ UZ", "KZ UZ --limit 7", "KG TJ --kind agreements", "Туркменистан Россия --kind laws", "Тоҷикистон uz --as-of 2015",
        "ru kz --kind policies", "tm kg --kind events --as-of 2020-06-01", "kz kg --kind schemes", "uz ru --kind decrees",
        "tj ru --kind agencies", "kg uz --kind organizations",
    ),
    "conflicts": (
        "", "kg-migration-policy-concept-2021-2030", "--limit 10", "--source yearbook-2023", "remittances",
        "--source timesca-2026 --limit 3", "global-compact-for-migration-2018", "kz-uz-labour-agreement-2019",
        "--source west-2025", "tj-migration-processes-strategy-2040", "--class name --limit 20", "--class date",
    ),
    "countries": (
        "", "--limit 6", "--source yearbook-2023", "--source timesca-2026", "--source west-2025",
        "--source matnazarova-2025 --limit 3", "--source thai-embassy-2025", "--source yearbook-2023 --limit 1", "--limit 500",
        '--source "yearbook-2023" --limit 2',
    ),
    "coverage": (
        "", "--by-country", "--sources SOURCES --least 100", "--sources SOURCES", "--sources SOURCES --least 1",
        "--sources SOURCES --least 250", "--sources SOURCES --by-country", "--least 7", "--least 40 --limit 6", "--by-country --least 3",
    ),
    "decrees": (*LISTED, "Россия --since 2022", "kz --topic visas", "uz --form decree --status adopted", "tj"),
    "duplicates": (
        "--floor 85", "--floor 75 --limit 12", "", "--floor 100", "--floor 96 --limit 3", "--floor 90", "--floor 93 --limit 1",
        "--floor 80 --limit 5", "--floor 88", "--floor 99 --limit 2",
    ),
    "events": (*LISTED, "Россия --since 2022", "tj --form reform", "--topic remittances --limit 7", "--status proposed"),
    "evidence": (
        "tj-be-labour-memorandum-2025", "uz-agency-for-migration", "matnazarova-2025-a9bca7d30a88", "ЕАЭС",
        "kg-migration-policy-concept-2021-2030 --limit 3", "МОМ", '"Xorijda Ish"', "kz-law-477-iv-2011",
        "tj-be-labour-memorandum-2025 --sources SOURCES", "global-compact-for-migration-2018",
    ),
    "figures": (
        "", "Тоҷикистон", "uz --indicator remittances-received --since 2021 --until 2023", "--from uz --to kr",
        "kg --group women", '"Central Asia"', "--source west-2025 --limit 9", '--indicator "remittances received" --to tj',
        "Россия --limit 40", "eaeu",
    ),
    "laws": (*LISTED, "ru --since 2023", "kg --topic citizenship", "--form code", '--status "in-force"'),
    "organizations": (*LISTED, "Россия --until 2020", "kg --form ngo", "--topic trafficking --limit 6", "--status in-force"),
    "policies": (*LISTED, "kz --as-of 2024-01-01", "tj --form strategy", "--topic employment --status adopted", "eaeu"),
    "programmes": (
        *LISTED, "Россия", "--source timesca-2026 --limit 5", "uz --since 2020 --topic labour-migration", "--status unknown",
        "--form ngo",
    ),
    "queries": ("", "--limit 5"),
    "query": (
        "partners --param country=KG", "sources", "countries --limit 2", "agreements-between -p country=Тоҷикистон -p other=Belgium",
        "'SELECT ?a WHERE { GRAPH ?e { ?a ca:party id:tj, id:be } }' --timeout 20", "'SELECT ?x { ?x ca:partyy id:tj }'",
        "in-force-on -p day=2023", "concepts -p scheme=topic", "not-joined -p country=Ўзбекистон",
        "actions-between -p since=2021-03 -p until=2021-03", "paths-between -p thing=Тоҷикистон -p target=Luxembourg",
    ),
    "schemes": (*LISTED, "ru --topic foreign-workers --form patent", '"South Korea"', "--status proposed --limit 4", "Россия"),
    "search": (
        "Xorijda", "belgium memorandum", '"belgum memorandum"', "Тоҷикистон --limit 3", "миграционный кодекс", "EAEU",
        "477-IV --limit 40", "migration service of tajikistan", "qqqqq", "патент",
    ),
    "show": (
        "tj-be-labour-memorandum-2025", "Тоҷикистон", "yearbook-2023", "uz-agency-for-migration --as-of 2021",
        '"Migration Service of Tajikistan"', "eaeu", "kz-law-477-iv-2011", "Туркменистан --as-of 2020-01-01",
        "uz-xorijda-ish", "tm-permanent-neutrality-1995",
    ),
    "sources": ("", *(f"--limit {number}" for number in range(1, 10))),
    "status": (
        "kz-uz-labour-agreement-2019 --as-of 2020-06-01", "global-compact-for-migration-2018 --as-of 2026-01-01", "Тоҷикистон",
        "tj-ru-readmission-agreement-2021", "tm-law-combating-trafficking-2007", "kz-uz-labour-agreement-2019",
        "Узбекистан --as-of 2019", "eaeu-treaty-2014 --limit 2", "uz-xorijda-ish", "eaeu-treaty-2014 --as-of 2014-06", "uz-agency-for-migration",
    ),
    "timeline": (
        "kz-uz-labour-agreement-2019", "Тоҷикистон --since 2021", "kz --until 2010", "Россия --since 2022 --until 2022-12-31",
        "kg --limit 4", "tm --source yearbook-2023", "uz --as-of 2019", "eaeu", "uz-agency-for-migration", "uz-presidential-resolution-pp-3839-2018",
    ),
    "verify": ("--sources SOURCES", "--sources SOME", "--sources SOME --limit 3"),
}  # fmt: skip
"""Command with rows -> what is asked of it; SOURCES and SOME are folders with all documents and with one."""
TEXTS: dict[str, tuple[str, ...]] = {
    "cite-as": (
        "tj-be-labour-memorandum-2025", "yearbook-2023", "yearbook-2023 --style bibtex", "timesca-2026 --style oscola",
        "matnazarova-2025 --style csl-json", "matnazarova-2025-a9bca7d30a88 --style bibtex", "Тоҷикистон --style footnote",
        "kz-law-477-iv-2011 --style oscola", '"Global Compact for Migration" --style csl-json', "uz-xorijda-ish",
    ),
    "network": (
        "tj-be-labour-memorandum-2025", "Belgium Luxembourg", "kz-uz-labour-agreement-2019 --depth 2",
        "Туркменистан --topic visas", "kg tj --topic readmission", "--topic pensions --as-of 2020-01-01",
        "Россия --topic amnesty", "uz-xorijda-ish --as-of 2015", "eaeu --topic pensions", "tj-ru-readmission-agreement-2021",
    ),
    "query": (
        "'ASK { id:tj a ca:Country }'", "'ASK { ?a ca:party id:xx }' --timeout 5 --memory 2", "'DESCRIBE id:tj'",
        "'DESCRIBE id:tj-be-labour-memorandum-2025' --format trig",
        "'CONSTRUCT { ?a ca:party ?b } WHERE { ?a ca:party ?b }'",
        "'CONSTRUCT { ?a ca:party ?b } WHERE { ?a ca:party ?b }' --format ntriples",
        "'CONSTRUCT { ?a a ca:Law } WHERE { ?a a ca:Law }' --format jsonld",
    ),
}  # fmt: skip
"""Command with text -> what is asked of it."""
EXPORTS = ("", "turtle", "trig", "nquads", "jsonld", "rdfxml", "csv", "graphml", "gexf", "nodelink", "csv gexf")
"""Formats that are exported, in one go if several."""
REFUSED: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("agreements", "laws", "events"), ("Atlantis", "kg --topic cooking", "kg --since 2022 --until 2021")),
    **dict.fromkeys(("decrees", "policies", "agencies"), ("Атлантида", "--form 'a b'")),
    **dict.fromkeys(("schemes", "organizations", "programmes"), ("kg --with Atlantis", "--source tj-nowhere")),
    "chain": ('"no such act"',),
    "check": ("no-such-check",),
    "cite-as": ('"no such work" --style oscola',),
    "compare": ("tj Тоҷикистон", "kz Atlantis", "kz uz --as-of yesterday"),
    "conflicts": ('"no such thing"', "--source tj-nowhere"),
    "countries": ('--source "no such book"',),
    "evidence": ('"no such thing"',),
    "export": ("pdf", "turtle pdf"),
    "network": ("Atlantis", "tj --topic cooking", "tj --as-of yesterday"),
    "query": ("partners", "partnerss", "partners -p country=Atlantis", "'SELECT ?s { ?s ?p }'", "'ASK {}' --timeout nan"),
    "show": ('"no such thing"', "tj --as-of yesterday"),
    "status": ('"no such thing"', "eaeu-treaty-2014 --as-of yesterday"),
    "timeline": ("Atlantis", "kg --since soon", "kg --source tj-nowhere"),
}  # fmt: skip
"""Command -> what it cannot answer."""
SIX = ("kz", "kg", "tj", "tm", "uz", "ru")
LATER = "9999"
"""A day by which everything has begun, so that no list leaves out what has not."""
KINDS = {
    "laws": ["Law"], "decrees": ["Decree"], "policies": ["PolicyDocument"], "agencies": ["Agency"], "schemes": ["Scheme"],
    "organizations": ["Organization", "InternationalOrganization"], "programmes": ["Programme"], "events": ["Event"],
}  # fmt: skip
TOPICS = ("migration", "labour-migration", "citizenship", "readmission", "pensions", "health")
"""Topics with and without others under them."""
INSTRUMENTS = (
    "tm-law-migration-2012", "kz-law-314-vi-2020", "kz-uz-labour-agreement-2019", "eaeu-treaty-2014", "kz-law-477-iv-2011",
    "global-compact-for-migration-2018", "kg-eaeu-accession-protocol-2015", "kz-visa-free-stay-rule",
    "tj-ru-readmission-agreement-2021", "tj-be-labour-memorandum-2025",
)  # fmt: skip
SPANS: list[dict[str, Any]] = [
    {},
    {"since": "2021-01-01", "until": "2023-12-31"},
    {"since": "2019-06"},
    {"until": "2005"},
]
"""What a timeline is cut to."""


class Remembering(Store):
    """A store that is asked each thing once: a command and its method put the same questions to it."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._told: dict[str, Any] = {}

    def query(self, sparql: str) -> Any:
        if sparql not in self._told:
            self._told[sparql] = self._store.query(sparql)
        told = self._told[sparql]
        return told.like(list(told.rows)) if isinstance(told, Rows) else told

    def results(self, sparql: str, format_: str) -> str:
        return self._store.results(sparql, format_)

    def words(self) -> Index:
        return self._store.words()


@pytest.fixture(scope="module")
def api(graph: Store) -> Iterator[Cagraph]:
    """Return the API over the store that every command of this module asks too."""
    store = Remembering(graph)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CAGRAPH_STORE", "that of the tests")
        patch.setattr(opening, "opened", {"that of the tests": store}.__getitem__)
        yield Cagraph(store)


class Question(NamedTuple):
    """What is asked, as the command line takes it and as the method does."""

    name: str
    words: list[str]
    arguments: list[str]
    keywords: dict[str, Any]
    format_: str | None

    def of_command(self, *more: str) -> Result:
        return CliRunner().invoke(cli.main, [self.name, *self.words, *more])

    def of_method(self, api: Cagraph, **more: object) -> Any:
        return getattr(api, METHODS[self.name])(*self.arguments, **self.keywords, **more)


@pytest.fixture
def question(name: str, words: str, request: pytest.FixtureRequest, tmp_path: Path) -> Question:
    """Return a question, each of its values as the command itself reads it."""
    if "--sources" in words:
        folder = request.getfixturevalue("sources")
        (tmp_path / "some").mkdir()
        (tmp_path / "some/document.txt").symlink_to(next(folder.glob("0*.txt")))
        words = words.replace("SOURCES", str(folder)).replace("SOME", str(tmp_path / "some"))
    command, parts = command_of(name), shlex.split(words)
    given = command.make_context(name, [*parts, "-o", "file"] if name == "network" else list(parts)).params
    arguments: list[str] = []
    keywords: dict[str, Any] = {}
    for param in command.params:
        called = str(param.name)
        value = given[called]
        if called in NOT_ASKED or value in (None, "", (), False):
            continue
        if called == "params":
            keywords |= dict(pair.split("=") for pair in value)
        elif isinstance(param, click.Option):
            keywords[KEYWORDS.get(f"{name} {called}", KEYWORDS.get(called, called))] = value
        else:
            arguments += value if isinstance(value, tuple) else [value]
    return Question(
        name, parts, [" ".join(arguments)] if name == "search" else arguments, keywords, given.get("format_")
    )


def command_of(name: str) -> click.Command:
    command = cli.main.get_command(click.Context(cli.main), name)
    assert command is not None
    return command


def each(table: dict[str, tuple[str, ...]], at_most: int | None = None) -> pytest.MarkDecorator:
    """Parametrize a test by the command and the words of each question of a table."""
    asked = [(name, words) for name, several in table.items() for words in several[:at_most]]
    return pytest.mark.parametrize(("name", "words"), asked, ids=[f"{name} {words}".strip() for name, words in asked])


@pytest.mark.parametrize("name", METHODS)
def test_every_command_that_answers_has_its_method(name: str) -> None:
    assert callable(getattr(Cagraph, METHODS[name], None))


@pytest.mark.parametrize("name", METHODS)
def test_every_command_that_answers_is_asked_with_each_of_its_options(name: str) -> None:
    asked = (*ROWS.get(name, ()), *TEXTS.get(name, ()), *(EXPORTS if name == "export" else ()))
    assert asked
    used = set(chain.from_iterable(map(shlex.split, asked)))
    options = [
        param for param in command_of(name).params if isinstance(param, click.Option) and param.name not in NOT_ASKED
    ]
    assert not [option.name for option in options if used.isdisjoint(option.opts)]


@each(ROWS)
def test_a_command_and_its_method_give_the_same_rows_and_notes(api: Cagraph, question: Question) -> None:
    rows = question.of_method(api)
    found = question.of_command("--format", "json")
    assert json.loads(found.stdout) == json.loads(json.dumps([dict(row) for row in rows]))
    assert found.stderr.splitlines() == list(rows.notes)
    assert found.exit_code == ("problem" in rows.columns)


@each(TEXTS)
def test_a_command_and_its_method_give_the_same_text(api: Cagraph, question: Question, tmp_path: Path) -> None:
    answer = question.of_method(api)
    page = tmp_path / "page.html"
    found = question.of_command(*(["-o", str(page)] if question.name == "network" else []))
    assert found.exit_code == 0
    if question.name == "query":
        told = (
            f"{answer}\n".lower() if isinstance(answer, bool) else formats.triples(answer, question.format_ or "turtle")
        )
        assert found.stdout == told
    elif question.name == "network":
        assert page.read_text(encoding="utf-8") == answer
    else:
        assert found.stdout == f"{answer}\n"


@pytest.mark.parametrize("words", EXPORTS)
def test_a_command_and_its_method_export_the_same_files(
    tiny: Embedded, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "opened", lambda _: tiny)
    told = Cagraph(tiny).export(*words.split(), folder=tmp_path / "method")
    found = CliRunner().invoke(cli.main, ["export", *words.split(), "-o", str(tmp_path / "command"), "--store", "tiny"])
    assert found.exit_code == 0, found.output
    files = [{path.name: path.read_bytes() for path in (tmp_path / by).iterdir()} for by in ("method", "command")]
    assert files[0] == files[1]
    assert {path.name for path in told} == files[0].keys()


@each(REFUSED)
def test_a_command_and_its_method_refuse_in_the_same_words(api: Cagraph, question: Question, tmp_path: Path) -> None:
    with pytest.raises(CagraphError) as refusal:
        question.of_method(api, **({"folder": tmp_path} if question.name == "export" else {}))
    found = question.of_command(*(["-o", str(tmp_path / "there")] if question.name in {"export", "network"} else []))
    assert (found.stdout, found.stderr) == ("", f"Error: {refusal.value}\n")
    assert found.exit_code == refusal.value.exit_code


@each(ROWS, at_most=2)
def test_a_pipe_gets_tab_separated_values(api: Cagraph, question: Question) -> None:
    piped = question.of_command()
    assert "\t" in piped.stdout
    assert piped.stdout == question.of_command("--format", "tsv").stdout


def listed(api: Cagraph, name: str, country: str = "", **narrowing: str) -> list[Row]:
    """Return the rows of a list whatever has begun."""
    rows: Rows = getattr(api, name)(country, as_of=LATER, **narrowing)
    return list(rows)


def found_by(api: Cagraph, question: str, *columns: str, **values: Any) -> set[Any]:
    """Return what a named query finds: the values of one column, or of several together."""
    rows = api.query(question, **values)
    assert isinstance(rows, Rows)
    return {tuple(row[column] for column in columns) if columns else row["id"] for row in rows}


def ids(rows: list[Row]) -> set[str]:
    return {row.id for row in rows}


@pytest.mark.parametrize("country", SIX)
def test_the_agreements_of_a_country_are_those_of_the_query(api: Cagraph, country: str) -> None:
    assert ids(listed(api, "agreements", country)) == found_by(api, "agreements-of-country", country=country)


@pytest.mark.parametrize("asked", [{"country": country} for country in SIX] + [{}], ids=str)
def test_the_groups_among_agreements_are_those_of_the_query(api: Cagraph, asked: dict[str, str]) -> None:
    groups = [row for row in listed(api, "agreements", **asked) if row.kind == "AgreementGroup"]
    assert ids(groups) == found_by(api, "agreement-groups", **asked)


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("country", SIX)
def test_a_list_of_a_country_holds_its_things_of_that_kind(api: Cagraph, country: str, name: str) -> None:
    found = [found_by(api, "things-of-country", country=country, kind=kind) for kind in KINDS[name]]
    assert ids(listed(api, name, country)) == set().union(*found)


@pytest.mark.parametrize(("one", "other"), list(combinations(SIX, 2)))
def test_the_agreements_of_one_country_with_another_are_those_between_them(api: Cagraph, one: str, other: str) -> None:
    there, back = (ids(listed(api, "agreements", a, with_=b)) for a, b in ((one, other), (other, one)))
    assert there == found_by(api, "agreements-between", country=one, other=other)
    assert back == found_by(api, "agreements-between", country=other, other=one)
    assert there == back


@pytest.mark.parametrize(("one", "other"), [("kz", "uz"), ("kz", "tj"), ("tj", "ru")])
def test_the_steps_between_two_countries_are_those_of_each_agreement(api: Cagraph, one: str, other: str) -> None:
    labels = dict(found_by(api, "concepts", "value", "label", scheme="action"))
    expected = set()
    for agreement in found_by(api, "agreements-between", country=one, other=other):
        steps = found_by(api, "actions-on", "step", "date", thing=agreement)
        expected |= {(agreement, labels[step], date) for step, date in steps} or {(agreement, None, None)}
    assert found_by(api, "agreements-between", "id", "action", "date", country=one, other=other) == expected


@pytest.mark.parametrize("topic", [*TOPICS, "educational-migration", "irregular-migration"])
def test_agreements_on_a_topic_are_those_of_the_query(api: Cagraph, topic: str) -> None:
    assert ids(listed(api, "agreements", topic=topic)) == found_by(api, "agreements-by-topic", topic=topic)


@pytest.mark.parametrize("span", SPANS, ids=str)
@pytest.mark.parametrize("country", SIX)
def test_a_timeline_holds_the_steps_between_its_days(api: Cagraph, country: str, span: dict[str, Any]) -> None:
    steps = {(row.id, row.date) for row in api.timeline(country, **span)}
    assert steps == found_by(api, "actions-between", "id", "date", country=country, **span)


@pytest.mark.parametrize("instrument", INSTRUMENTS)
def test_a_whole_chain_holds_the_links_of_the_query(api: Cagraph, instrument: str) -> None:
    links = {(row.subject, row.link, row.object) for row in api.chain(instrument, depth=10)}
    assert links == found_by(api, "amendment-chain", "subject", "link", "object", law=instrument)


@pytest.mark.parametrize("country", SIX)
def test_the_profile_of_a_country_names_its_partners(api: Cagraph, country: str) -> None:
    shown = {(row.value, int(row.field.split()[0])) for row in api.show(country) if row.part == "partner"}
    assert shown == found_by(api, "partners", "partner", "agreements", country=country)


@pytest.mark.parametrize("name", ["countries", "sources"])
def test_what_there_is_is_what_the_query_of_that_name_finds(api: Cagraph, name: str) -> None:
    assert getattr(api, name)() == api.query(name)


@pytest.mark.parametrize("topic", TOPICS)
@pytest.mark.parametrize("country", SIX)
def test_the_instruments_on_a_topic_are_those_of_four_lists(api: Cagraph, country: str, topic: str) -> None:
    lists = (listed(api, name, country, topic=topic) for name in ("laws", "decrees", "policies", "agreements"))
    assert set().union(*map(ids, lists)) == found_by(api, "instruments-by-topic", country=country, topic=topic)
