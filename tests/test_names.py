"""Names in the languages of the region: every thing has one, none names another thing, and none says more than its thing."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest
from click.testing import CliRunner

from cagraph import cli
from cagraph.curated import countries, loading, local_names, vocabulary
from cagraph.curated.local_names import OF_A_COUNTRY, LocalName
from cagraph.curated.records import Thing, language
from cagraph.names import fold
from cagraph.store import Store

ROOT = Path(__file__).parents[1]
OF_A_STATE = {
    "Law", "Decree", "PolicyDocument", "Agency", "Scheme", "BilateralAgreement", "MultilateralAgreement", "AgreementGroup",
}  # fmt: skip
CYRILLIC = re.compile("[Ѐ-ӿ]")
TWINS_IN_CYRILLIC = re.compile("[Ѐ-ӿ][aceopxyiABCEHKMOPTXI]|[aceopxyiABCEHKMOPTXI][Ѐ-ӿ]")


@pytest.fixture(scope="module")
def found() -> loading.Loaded:
    terms = vocabulary.load(ROOT / "ontology")
    codes = dict.fromkeys(name.id for name in countries.load(ROOT / "data"))
    return loading.loaded(ROOT / "data", terms, codes)


@pytest.fixture(scope="module")
def live(found: loading.Loaded) -> dict[str, Thing]:
    return {thing.id: thing for thing in found.things if not thing.isReplacedBy}


@pytest.fixture(scope="module")
def titles(found: loading.Loaded) -> dict[str, dict[str, LocalName]]:
    """Return the titles of each thing by language."""
    told: dict[str, dict[str, LocalName]] = defaultdict(dict)
    for name in found.local:
        if name.status != "search":
            told[name.id][name.language] = name
    return told


def states_of(thing: Thing) -> set[str]:
    """Return the states of the region that a thing is of: by its id, and for an agreement by its parties."""
    states = {thing.id.partition("-")[0]}
    if "Agreement" in thing.kind:
        claims = [claim for block in thing.evidence for claim in block.claims]
        states |= {str(value) for name, values in claims if name == "party" for value in values}
    return states & OF_A_COUNTRY.keys()


def test_every_thing_has_a_russian_title(live: dict[str, Thing], titles: dict[str, dict[str, LocalName]]) -> None:
    bare = [id_ for id_, thing in live.items() if thing.kind != "Country" and "ru" not in titles[id_]]
    assert not bare, f"add a line to data/names/ru.tsv for each of {bare}"


def test_what_is_of_a_state_has_a_title_in_its_language(
    live: dict[str, Thing], titles: dict[str, dict[str, LocalName]]
) -> None:
    lacking = [
        f"data/names/{tag}.tsv: {id_}"
        for id_, thing in live.items()
        if thing.kind in OF_A_STATE
        for state in states_of(thing)
        for tag in OF_A_COUNTRY[state]
        if tag not in titles[id_]
    ]
    assert not lacking, f"add a line for each: {lacking}"


def test_no_name_for_search_is_that_of_another_thing(found: loading.Loaded, live: dict[str, Thing]) -> None:
    """A lookup by it would lead to the wrong thing, or to two."""
    bearers: dict[str, set[str]] = defaultdict(set)
    for thing in live.values():
        for name in (thing.label, *thing.altLabel):
            bearers[fold(language(name)[0])].add(thing.id)
    for one in found.local:
        if one.status != "search":
            bearers[fold(one.name)].add(one.id)
    shared = [one for one in found.local if one.status == "search" and bearers[fold(one.name)] - {one.id}]
    assert not shared, "drop these lines, or say which thing is meant"


def test_no_two_things_have_one_title_in_a_language(titles: dict[str, dict[str, LocalName]]) -> None:
    several = Counter((one.language, fold(one.name)) for named in titles.values() for one in named.values())
    assert not [title for title, number in several.items() if number > 1], "put year, number or country into them"


def test_no_name_has_a_number_that_its_record_lacks(found: loading.Loaded, live: dict[str, Thing]) -> None:
    """An act gets no number by translation."""
    for one in found.local:
        numbers = set(re.findall(r"\d{2,}", one.name))
        known = set(re.findall(r"\d{2,}", repr(live[one.id]))) if numbers else set()
        assert numbers <= known, f"data/names/{one.language}.tsv: {one.id}: {one.name}: {numbers - known}"


def test_names_are_written_in_the_letters_of_their_language(found: loading.Loaded) -> None:
    for one in found.local:
        assert not TWINS_IN_CYRILLIC.search(one.name), one
        if one.language in {"uz", "tk"}:
            assert not CYRILLIC.search(one.name), one


def test_files_are_sorted_by_id(found: loading.Loaded) -> None:
    assert not found.faults
    assert {one.language for one in found.local} == set(local_names.LANGUAGES)


HOSTILE = {
    "kandas\testablished\n": "not an id, a status and a name",
    "kandas\tofficial\tҚандас\n": "not an id, a status and a name",
    "nothing-so\testablished\tҚандас\n": "'nothing-so' is no thing",
    "kandas\testablished\tҚандас\nkandas\ttranslation\tКандас\n": "kandas has two titles",
    "kandas\tsearch\tҚандас\nkandas\tsearch\tҚАНДАС\n": "stands there already",
    "return\testablished\tОралу\nkandas\testablished\tҚандас\n": "out of order",
    "kandas\tsearch\tҚандастар\nkandas\testablished\tҚандас\n": "out of order",
    "kandas\testablished\tҚан\x1bдас\n": "U+001B",
    "kandas\testablished\t Қандас\n": "loose white space",
    "kandas\testablished\t" + "қ" * 300 + "\n": "more than",
}


@pytest.mark.parametrize("text", HOSTILE, ids=HOSTILE.values())
def test_a_wrong_line_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "names").mkdir()
    (tmp_path / "names/kk.tsv").write_text(text, encoding="utf-8")
    _, faults = local_names.load(tmp_path, {"kandas", "return"})
    assert any(HOSTILE[text] in fault.problem and fault.file.endswith("kk.tsv") for fault in faults)


def test_a_file_of_another_language_is_named(tmp_path: Path) -> None:
    (tmp_path / "names").mkdir()
    (tmp_path / "names/xx.tsv").write_text("kandas\testablished\tX\n", encoding="utf-8")
    _, faults = local_names.load(tmp_path, {"kandas"})
    assert "no language of the region" in faults[0].problem


def test_established_names_are_labels_and_translations_are_not(
    graph: Store, titles: dict[str, dict[str, LocalName]]
) -> None:
    rows = graph.select(
        """SELECT ?id ?name (LANG(?name) AS ?tag) ?local ?alt ?hidden WHERE {
          { ?id ca:localLabel ?name BIND(true AS ?local) } UNION { ?id ca:translatedLabel ?name BIND(false AS ?local) }
          OPTIONAL { ?id skos:altLabel ?name BIND(true AS ?alt) } OPTIONAL { ?id skos:hiddenLabel ?name BIND(true AS ?hidden) }
        }"""
    )  # fmt: skip
    for id_, name, tag, local, alt, hidden in rows.rows:
        one = titles[str(id_).removeprefix("id:")][str(tag).replace("cyrl", "Cyrl")]
        assert one.name == name
        assert (bool(local), bool(alt), bool(hidden)) == (
            (True, True, False) if one.status == "established" else (False, False, True)
        )
    told = sum(one.status == "established" or tag == "ru" for named in titles.values() for tag, one in named.items())
    assert len(rows.rows) == told


def test_no_translation_is_cited(titles: dict[str, dict[str, LocalName]]) -> None:
    translated = [
        one
        for named in titles.values()
        for one in named.values()
        if one.status == "translation" and one.language == "ru"
    ]
    for one in translated[::60]:
        for style in ("footnote", "oscola", "bibtex", "csl-json"):
            cited = CliRunner().invoke(cli.main, ["cite-as", one.id, "--style", style])
            assert cited.exit_code == 0, cited.output
            assert one.name not in cited.output


def test_a_card_shows_the_russian_title_and_marks_a_translation(titles: dict[str, dict[str, LocalName]]) -> None:
    for status, mark in (("established", ""), ("translation", "our translation")):
        id_ = next(id_ for id_, named in sorted(titles.items()) if "ru" in named and named["ru"].status == status)
        shown = CliRunner().invoke(cli.main, ["show", id_, "--format", "table"]).output
        line = next(line for line in shown.splitlines() if titles[id_]["ru"].name[:20] in line)
        assert mark in shown if mark else line
