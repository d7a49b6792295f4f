"""Citations: of a thing, a source, one fact or several, in four styles, with place, version and date."""

from __future__ import annotations

import json
import re

import pytest

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
    text = citation.cite(graph, name, style=style)
    state = citation.dataset(graph)
    assert state.digest[:12] in text
    assert state.version in text
    assert f"https://w3id.org/cagraph/id/{name}" in text
    assert text == text.strip()


@pytest.mark.parametrize("style", ["footnote", "oscola", "bibtex", "csl-json"])
def test_a_fact_names_section_and_line(graph: Store, style: str) -> None:
    text = citation.cite(graph, FACT, style=style)
    assert "Tajikistan Seeks to Expand the Geography of Labor Migration" in text
    assert re.search(r'line 55|"locator": "55"', text)


def test_whom_the_source_names_is_named(graph: Store) -> None:
    assert "according to Ministry of Labour, Migration and Employment of Tajikistan" in citation.cite(graph, MEMORANDUM)


def test_csl_json_is_what_csl_asks_for(graph: Store) -> None:
    thing, *passages = json.loads(citation.cite(graph, MEMORANDUM, style="csl-json"))
    assert (thing["type"], thing["issued"]) == ("treaty", {"date-parts": [[2025, 11]]})
    assert passages
    assert passages[0]["issued"] == {"date-parts": [[2024], [2026, 2, 27]]}
    [source] = json.loads(citation.cite(graph, "matnazarova-2025", style="csl-json"))
    assert source["author"] == [{"literal": "Madina Matnazarova"}]
    assert "locator" not in source


def test_bibtex_has_one_entry_a_source_and_its_signs_are_escaped(graph: Store) -> None:
    text = citation.cite(graph, "yearbook-2023", style="bibtex")
    assert text.startswith("@misc{yearbook-2023,\n")
    assert "author = {{Leila Delovarova} and {Tatyana Zlobina} and {Dmitry Poletaev}" in text  # as printed
    assert text.count("{") == text.count("}")
    two = citation.cite(graph, FACT, "yearbook-2023-ca633a4a029e", style="bibtex")
    assert two.count("@misc{") == 2


def test_several_facts_are_cited_together(graph: Store) -> None:
    text = citation.cite(graph, FACT, "yearbook-2023-ca633a4a029e")
    assert text.count("line ") == 2
    assert text.count("In cagraph") == 1


def test_a_law_carries_its_number(graph: Store) -> None:
    assert "No. 477-IV, 22 July 2011" in citation.cite(graph, "kz-law-477-iv-2011")


@pytest.mark.parametrize(
    ("date", "expected"),
    [("2021", "2021"), ("2021?", "probably 2021"), ("2021-05%", "probably about May 2021"), ("2023/..", "since 2023"), ("", "")],
)  # fmt: skip
def test_a_date_in_words_says_no_more_than_the_date(date: str, expected: str) -> None:
    assert written(date) == expected


def test_what_cannot_be_cited_is_refused(graph: Store) -> None:
    with pytest.raises(UsageFault, match="no style"):
        citation.cite(graph, FACT, style="apa")
    with pytest.raises(UsageFault, match="no piece of evidence"):
        citation.cite(graph, FACT, MEMORANDUM)
    with pytest.raises(UnknownName):
        citation.cite(graph, "no such thing")


def test_a_store_that_does_not_say_what_it_is_is_cited_without(tiny: Embedded, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(citation, "dataset", lambda _: Dataset("", "", ""))
    assert "In cagraph, https://" in citation.cite(tiny, "kz-uz-labour-agreement-2019")
