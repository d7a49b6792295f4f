"""Names in every language and spelling lead to the thing; an unknown one gets the nearest."""

from __future__ import annotations

import pytest

from cagraph.answers import lookup, search
from cagraph.errors import UnknownName, UsageFault
from cagraph.store import Store


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("TJ", "tj"), ("tj", "tj"), ("TJK", "tj"), ("Tajikistan", "tj"), ("tadjikistan", "tj"), ("Таджикистан", "tj"),
        ("Тоҷикистон", "tj"), ("Republic of Tajikistan", "tj"), ("Turkey", "tr"), ("Türkiye", "tr"), ("Turkiye", "tr"),
        ("UK", "gb"), ("Korea", "kr"), ("대한민국", "kr"), ("the Kyrgyz Republic", "kg"), ("Россия", "ru"), ("EAEU", "eaeu"),
        ("O‘zbekiston", "uz"), ("Ўзбекистон", "uz"), ("Қазақстан", "kz"), ("UAE", "ae"), ("United States", "us"),
        ("Türkmenistan", "tm"), ("IOM", "iom"), ("Tatarstan", "ru-tatarstan"),
    ],
)  # fmt: skip
def test_a_name_leads_to_the_thing(graph: Store, name: str, id_: str) -> None:
    assert lookup.find(graph, name, lookup.PLACES).id == id_


@pytest.mark.parametrize(("name", "offered"), [("Tajikstan", "(tj)"), ("Uzbekistn", "(uz)"), ("Kirgistan", "(kg)")])
def test_a_misspelling_gets_the_nearest(graph: Store, name: str, offered: str) -> None:
    with pytest.raises(UnknownName) as caught:
        lookup.find(graph, name, lookup.PLACES)
    assert offered in caught.value.hint
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("name", ["", " ", "'; DROP", "\x00", "🐫", "x" * 2000, "<script>"])
def test_nonsense_is_answered_politely(graph: Store, name: str) -> None:
    with pytest.raises(UnknownName):
        lookup.find(graph, name)


@pytest.mark.parametrize(
    ("words", "id_"),
    [
        ("belgum memorandum", "tj-be-labour-memorandum-2025"),
        ("Xorijda Ish", "uz-xorijda-ish"),
        ("UP-59", "uz-presidential-decree-up-59-2024"),
        ("477-IV", "kz-law-477-iv-2011"),
        ("P1800000112", "kz-government-resolution-112-2018"),
        ("employment permit sistem", "kr-employment-permit-system"),
    ],
)
def test_a_search_finds_the_thing_among_the_first_three(graph: Store, words: str, id_: str) -> None:
    assert id_ in [hit.id for hit in search.hits(graph, words, limit=3)]


def test_hits_come_best_first(graph: Store) -> None:
    scores = [hit.score for hit in search.hits(graph, "migration policy concept")]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize(
    ("name", "id_"), [("Agency for Migration", "uz-agency-for-migration"), ("agency for  migration", "uz-agency-for-migration")]
)  # fmt: skip
def test_a_name_that_only_a_passage_gives_leads_to_the_thing(graph: Store, name: str, id_: str) -> None:
    assert lookup.find(graph, name).id == id_


def test_a_source_is_no_other_thing(graph: Store) -> None:
    assert lookup.source_id(graph, "yearbook-2023") == "yearbook-2023"
    with pytest.raises(UsageFault, match="is no source"):
        lookup.source_id(graph, "tj")
