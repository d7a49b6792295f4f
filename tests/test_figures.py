"""Figures: none is lost, each is asked for by country and indicator, and those that contradict each other are found."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

from cagraph.answers import conflicts
from cagraph.answers.evidence import cited, passage
from cagraph.answers.figure_conflicts import fit
from cagraph.answers.figures import Figure, Narrowing, figures, indicators, read
from cagraph.curated.ids import source_of
from cagraph.errors import UnknownName, UsageFault
from cagraph.queries import ask
from cagraph.store import Store

BEFORE = Path(__file__).parent / "readings" / "figures.tsv"
"""Every number that a passage gave before figures had indicators: source, word at which the passage ends, value."""


def numbers(figure: Figure) -> list[float]:
    return [abs(float(number)) for number in (figure.value, figure.lower, figure.upper) if number]


def test_no_number_was_lost_when_figures_became_observations(graph: Store) -> None:
    ends = {
        id_: (passage(row).source, passage(row).position + passage(row).length) for id_, row in cited(graph).items()
    }
    now = {(*ends[one.evidence], number) for one in read(graph) for number in numbers(one)}
    with BEFORE.open(encoding="utf-8") as file:
        before = {(row["source"], int(row["end"]), float(row["value"])) for row in csv.DictReader(file, delimiter="\t")}
    assert Counter(source for source, *_ in before) == Counter(source for source, *_ in before & now)


def test_indicators_are_a_closed_scheme_of_a_hundred_at_most(graph: Store) -> None:
    rows = ask(graph, "indicators", "named")
    assert 80 <= len(rows) <= 100
    assert all(row["definition"] and row["unit"] and row["measure_type"] and row["direction"] for row in rows)
    assert not [row["indicator"] for row in rows if row["figures"] == "0"]
    assert not re.search(
        r"\b(Tajik|Kyrgyz|Kazakh|Uzbek|Turkmen|Russia|Türkiye|Korea)", " ".join(map(str, rows["label"]))
    )


def test_every_figure_is_of_some_place(graph: Store) -> None:
    """But for the pages of a report."""
    assert {one.id for one in read(graph) if one.where in {"", ">"}} == {
        "human-rights-watch-report-xenophobia-in-russia-2025"
    }


def test_a_country_has_its_own_figures_those_of_its_parts_and_what_comes_and_goes(graph: Store) -> None:
    found = figures(graph, "Kazakhstan")
    assert {"kz"} <= {area for row in found for area in row.area}
    assert any("kz-almaty" in row.area for row in found)
    assert any("kz" in row.from_area for row in found)
    assert any("kz" in row.to_area for row in found)
    places = {place for row in found for place in (*row.area, *row.from_area, *row.to_area)}
    assert all(
        any(place == "kz" or place.startswith("kz-") for place in (*row.area, *row.from_area, *row.to_area))
        for row in found
    ), places


def test_filters_narrow_and_name_what_does_not_exist(graph: Store) -> None:
    every = figures(graph, "uz", Narrowing(indicator="remittances received"))
    since = figures(graph, "uz", Narrowing(indicator="remittances-received", since="2024"))
    assert 0 < len(since) < len(every)
    assert {row.indicator for row in every} == {"remittances-received"}
    assert all(row.period[:4] >= "2023" for row in since)
    assert {row.to_area for row in figures(graph, narrowing=Narrowing(from_="uz", to="South Korea"))} == {("kr",)}
    assert all("women" in row.groups for row in figures(graph, "kg", Narrowing(group="women")))
    assert {source_of(row.evidence) for row in figures(graph, "tj", Narrowing(source="west-2025"))} == {"west-2025"}
    assert len(figures(graph, "tj", Narrowing(limit=3))) == 3
    with pytest.raises(UsageFault, match="is no indicator"):
        figures(graph, "tj", Narrowing(indicator="happiness"))
    with pytest.raises(UsageFault):
        figures(graph, "tj", Narrowing(since="soon"))
    with pytest.raises(UnknownName):
        figures(graph, "Atlantis")


def test_an_indicator_is_named_by_its_words_or_its_field(graph: Store) -> None:
    known = ask(graph, "indicators", "named")
    assert indicators(known, "Remittances received") == ["remittances-received"]
    assert len(indicators(known, "remittances")) > 6
    assert {*indicators(known, "permits issued")} == {"work-permits-issued", "residence-permits-issued"}
    assert {row.indicator for row in figures(graph, "kz", Narrowing(indicator="protection"))} >= {"refugees"}


def test_an_answer_names_related_indicators_that_have_figures(graph: Store) -> None:
    notes = figures(graph, "tj", Narrowing(indicator="labour-migrants-abroad")).notes
    assert any("citizens-abroad" in note for note in notes)
    assert not figures(graph, "tj").notes


def test_open_periods_and_parts_of_a_country_are_not_lost(graph: Store) -> None:
    army = figures(graph, "uz", Narrowing(indicator="people-in-the-army", until="2025-12-31"))
    assert any(row.period.startswith("..") for row in army)
    limits = figures(graph, "tm", Narrowing(indicator="money-limit", since="2024"))
    assert any(row.period.endswith("..") for row in limits)
    asked = figures(graph, narrowing=Narrowing(from_="kg", to="ru", indicator="survey-respondents"))
    assert asked
    parts = figures(graph, narrowing=Narrowing(from_="kg", indicator="migrants-to-population"))
    assert any("kg-batken" in row.from_area for row in parts)


def test_what_a_curator_computed_stands_apart(graph: Store) -> None:
    found = figures(graph, "tj", Narrowing(indicator="remittances-received"))
    assert [row.basis for row in found] == sorted((row.basis for row in found), key=lambda basis: basis != "stated")
    assert {"stated", "inferred"} == {row.basis for row in found}


def test_a_preferred_number_is_followed_and_the_other_marked(graph: Store) -> None:
    found = figures(graph, "kg", Narrowing(indicator="remittances-received", since="2022", until="2022"))
    aside = {row.value: row.set_aside for row in found if row.to_area == ("kg",) and not row.from_area}
    assert aside["386500000"]
    assert not aside["3086500000"]


def test_a_named_query_gives_the_same_figures_as_the_list(graph: Store) -> None:
    for country in ("kz", "kg", "tj", "tm", "uz", "ru"):
        named = {(str(row["figure"]), str(row["evidence"])) for row in ask(graph, "figures", "named", country=country)}
        assert {(row.figure, row.evidence) for row in figures(graph, country)} == named


def test_a_series_is_told_in_the_order_of_its_periods(graph: Store) -> None:
    rows = ask(graph, "figure-series", "named", indicator="citizenship-granted", country="tm")
    series = [str(row["first_day"]) for row in rows if row["series"] == rows[0]["series"]]
    assert len(series) > 3
    assert series == sorted(series)


KNOWN = [
    ("labour-migrants-abroad, KZ >, 2024", "126000", "137000"),
    ("people-placed, TJ > JP, 2025", "4", "10"),
    ("planned-outputs, KG, schools", "9", "3"),
    ("partner-countries, KG, 2024/2025", "33", "29"),
    ("partner-countries, KG, 2024/2025", "29", "21"),
]


@pytest.mark.parametrize(("field", "one", "other"), KNOWN)
def test_figures_of_one_thing_that_contradict_each_other_are_found(
    graph: Store, field: str, one: str, other: str
) -> None:
    found = {(row.field, frozenset({row.value, row.other_value})) for row in conflicts.about(graph)}
    assert (field, frozenset({one, other})) in found


def figure(value: str = "", lower: str = "", upper: str = "", approximate: str = "") -> Figure:
    empty: dict[str, object] = dict.fromkeys(Figure._fields, "")
    return Figure(**empty | {"value": value, "lower": lower, "upper": upper, "approximate": approximate})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "other", "may_be_one"),
    [
        (figure("126000"), figure("137000"), False),
        (figure("2700000000"), figure("2706100000"), True),  # rounded
        (figure("8300"), figure("8344"), True),
        (figure("700000"), figure("650000"), False),  # one digit does not tell what was rounded
        (figure("80000", approximate="true"), figure("78200"), True),
        (figure(lower="500000"), figure(lower="500000", upper="700000"), True),
        (figure(lower="60"), figure("72.1"), True),
        (figure(upper="54"), figure("56"), False),
        (figure("9"), figure("3"), False),
    ],
)  # fmt: skip
def test_numbers_fit_where_one_may_be_the_other_rounded_or_lie_in_its_bounds(
    one: Figure, other: Figure, may_be_one: bool
) -> None:
    assert fit(one, other) is fit(other, one) is may_be_one
