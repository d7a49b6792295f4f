"""Citations: of a thing, a source, one fact or several, in four styles, with place, version and date."""

from __future__ import annotations

import json
import re

import pytest

import cagraph
from cagraph.answers import citation
from cagraph.answers.citation_styles import STYLES, Dataset, written
from cagraph.errors import UnknownName, UsageFault
from cagraph.store import Store
from cagraph.store.embedded import Embedded

MEMORANDUM = "tj-be-labour-memorandum-2025"
FACT = "timesca-2026-37104431852f"


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", [MEMORANDUM, FACT, "yearbook-2023", "kz-law-477-iv-2011"])
def test_every_style_names_the_edition_and_the_address(graph: Store, name: str, style: str) -> None:
    text = citation.cite(graph, [name], style)
    state = citation.dataset(graph)
    assert state.digest[:12] in text
    assert state.version in text
    assert f"https://w3id.org/cagraph/id/{name}" in text
    assert text == text.strip()


@pytest.mark.parametrize("style", ["footnote", "oscola", "bibtex", "csl-json"])
def test_a_fact_names_section_and_line(graph: Store, style: str) -> None:
    text = citation.cite(graph, [FACT], style)
    assert "Tajikistan Seeks to Expand the Geography of Labor Migration" in text
    assert re.search("line 55", text)


def test_whom_the_source_names_is_named(graph: Store) -> None:
    assert "according to Ministry of Labour, Migration and Employment of Tajikistan" in citation.cite(
        graph, [MEMORANDUM]
    )


def test_csl_json_is_what_csl_asks_for(graph: Store) -> None:
    thing, *passages = json.loads(citation.cite(graph, [MEMORANDUM], "csl-json"))
    assert (thing["type"], thing["issued"]) == ("treaty", {"date-parts": [[2025, 11]]})
    assert {"date-parts": [[2024], [2026, 2, 27]]} in [passage["issued"] for passage in passages]
    [source] = json.loads(citation.cite(graph, ["matnazarova-2025"], "csl-json"))
    assert source["author"] == [{"literal": "Madina Matnazarova"}]
    assert "locator" not in source


def test_bibtex_has_one_entry_a_source_and_its_signs_are_escaped(graph: Store) -> None:
    text = citation.cite(graph, ["yearbook-2023"], "bibtex")
    assert text.startswith("@misc{yearbook-2023,\n")
    assert "author = {{Leila Delovarova} and {Tatyana Zlobina} and {Dmitry Poletaev}" in text  # as printed
    assert text.count("{") == text.count("}")
    two = citation.cite(graph, [FACT, "yearbook-2023-ca633a4a029e"], "bibtex")
    assert two.count("@misc{") == len(set(re.findall(r"@misc{(.*),", two))) == 2


def test_several_facts_are_cited_together(graph: Store) -> None:
    text = citation.cite(graph, [FACT, "yearbook-2023-ca633a4a029e"])
    assert text.count("line ") == 2
    assert text.count("In cagraph") == 1


def test_a_law_carries_its_number(graph: Store) -> None:
    text = citation.cite(graph, ["kz-law-477-iv-2011"])
    assert text.count("477-IV") == text.count("22 July 2011") == 1  # the title has both already
    assert "(No. 314-VI ZRK, 17 April 2020)" not in citation.cite(graph, ["kz-law-314-vi-2020"])


@pytest.mark.parametrize("style", STYLES)
def test_what_the_curator_infers_is_never_cited_as_said(graph: Store, style: str) -> None:
    inferred = "SELECT ?e ?why { ?e ca:inference ?why ; ca:accordingTo ?who } ORDER BY ?e LIMIT 5"
    for evidence, why in graph.select(inferred).rows:
        text = citation.cite(graph, [str(evidence)], style)
        assert "the curator infers" in text
        assert re.sub(r"\W", "", str(why))[:20] in re.sub(r"\W", "", text)


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", ["tj", "kr", "Iceland"])
def test_what_rests_on_no_passage_leaves_no_hole(graph: Store, name: str, style: str) -> None:
    text = citation.cite(graph, [name], style)
    assert not re.search(r"Rests on: *[.;]|cited in *,|, ,|: \.", text)


def test_items_of_csl_have_ids_of_their_own_and_no_field_beyond_the_schema(graph: Store) -> None:
    allowed = {
        "id", "type", "title", "author", "publisher", "issued", "number", "section", "locator", "note", "archive",
        "archive_location", "version", "URL",
    }  # fmt: skip
    for name in (MEMORANDUM, "kz-law-477-iv-2011", "global-compact-for-migration-2018"):
        items = json.loads(citation.cite(graph, [name], "csl-json"))
        assert len({item["id"] for item in items}) == len(items)
        assert all(set(item) <= allowed for item in items)
        assert all(" " not in item["URL"] for item in items)


def test_oscola_names_a_source_once_with_single_marks(graph: Store) -> None:
    text = citation.cite(graph, ["kz-law-477-iv-2011"], "oscola")
    assert text.count("Leila Delovarova") == 1
    assert "“" not in text


def test_an_answer_and_a_row_are_cited_by_their_evidence() -> None:
    api = cagraph.load()
    answer = api.agreements("TJ", with_="BE", form="memorandum")
    assert api.cite(answer[0]) == api.cite(answer) == api.cite(answer[0].evidence) == api.cite(list(answer.evidence))
    assert api.cite(FACT, "bibtex").startswith("@misc{" + FACT)


@pytest.mark.parametrize(
    ("date", "expected"),
    [("2021", "2021"), ("2021?", "probably 2021"), ("2021-05%", "probably about May 2021"), ("2023/..", "since 2023"), ("", "")],
)  # fmt: skip
def test_a_date_in_words_says_no_more_than_the_date(date: str, expected: str) -> None:
    assert written(date) == expected


def test_what_cannot_be_cited_is_refused(graph: Store) -> None:
    with pytest.raises(UsageFault, match="no style"):
        citation.cite(graph, [FACT], "apa")
    with pytest.raises(UsageFault, match="no piece of evidence"):
        citation.cite(graph, [FACT, MEMORANDUM])
    with pytest.raises(UnknownName):
        citation.cite(graph, ["no such thing"])


def test_a_store_that_does_not_say_what_it_is_is_cited_without(tiny: Embedded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(citation, "dataset", lambda _: Dataset("", "", ""))
    assert "In cagraph, https://" in citation.cite(tiny, ["kz-uz-labour-agreement-2019"])
