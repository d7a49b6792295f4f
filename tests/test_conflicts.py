"""Contradictions are found from the claims, and every value stays."""

from __future__ import annotations

from cagraph.answers import conflicts, showing
from cagraph.store import Store
from cagraph.store.embedded import Embedded


def pairs(graph: Store, id_: str) -> set[tuple[str, str, frozenset[str]]]:
    rows = conflicts.contradictions(graph, id_).dicts()
    return {(str(r["class"]), str(r["field"]), frozenset({str(r["value"]), str(r["other_value"])})) for r in rows}


def test_two_dates_of_one_step_conflict(tiny: Embedded) -> None:
    assert ("date", "ratified", frozenset({"2020-04-17", "2021"})) in pairs(tiny, "kz-uz-labour-agreement-2019")


def test_two_numbers_conflict(tiny: Embedded) -> None:
    assert ("number", "number", frozenset({"1", "2"})) in pairs(tiny, "kz-law-1-2020")


def test_two_counts_for_one_period_conflict(tiny: Embedded) -> None:
    assert ("count", "agreements, UZ, 2024", frozenset({"21", "22"})) in pairs(tiny, "uz-agreements-21-countries")


def test_a_preference_is_shown_with_its_reason_and_hides_nothing(tiny: Embedded) -> None:
    row = conflicts.contradictions(tiny, "kz-migration-concept-2023-2027").dicts()[0]
    assert (row["class"], row["preferred"], row["reason"]) == ("period", "2023/2027", "The title has it.")
    assert {row["value"], row["other_value"]} == {"2023/2027", "2022/2027"}


def test_an_imprecise_date_does_not_conflict_with_a_day_inside_it(tiny: Embedded) -> None:
    assert not pairs(tiny, "uz-ru-memorandum-2022")


def test_a_card_shows_both_values_with_both_passages(tiny: Embedded) -> None:
    rows = showing.shown(tiny, "kz-law-1-2020", "2024-01-01").dicts()
    shown = {(row["value"], row["source"]) for row in rows if row["part"] == "conflict"}
    assert shown == {("1", "book"), ("2", "paper"), ("Z2000000001", "book")}  # the id in the register says 1


def test_known_contradictions_of_the_sources_are_found(graph: Store) -> None:
    """The years of the Kyrgyz concept, the day Kazakhstan ratified its agreement with Uzbekistan."""
    assert any(kind == "period" for kind, _, _ in pairs(graph, "kg-migration-policy-concept-2021-2030"))
    assert any(field == "ratified" for _, field, _ in pairs(graph, "kz-uz-labour-agreement-2019"))
