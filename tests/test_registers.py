from __future__ import annotations

import pytest

from cagraph.answers import register_ids as registers


@pytest.mark.parametrize(
    ("id_", "kind", "year", "number"),
    [
        ("Z1100000477", "law", "2011", "477"),
        ("P1800000112", "government resolution", "2018", "112"),
        ("U2300000318", "presidential decree", "2023", "318"),
        ("V2300033140", "act registered by the Ministry of Justice", "2023", "33140"),
        ("K1500000414", "code", "2015", "414"),
        ("Z950002337_", "law", "1995", "2337"),
    ],
)
def test_an_adilet_id_says_kind_year_and_number(id_: str, kind: str, year: str, number: str) -> None:
    found = registers.decode(id_)
    assert found is not None
    assert (found.kind, found.year, found.number) == (kind, year, number)


def test_a_russian_id_says_the_day_of_publication() -> None:
    found = registers.decode("0001202303300027")
    assert found is not None
    assert found.date == "2023-03-30"


@pytest.mark.parametrize(
    ("id_", "numbers", "dates", "verdict"),
    [
        ("Z1100000477", ["477-IV"], ["2011-07-22"], "consistent"),
        ("Z1100000477", ["478"], ["2011"], "inconsistent"),
        ("P1800000112", ["112"], ["2019-03-07"], "inconsistent"),
        ("V2300033140", ["321"], ["2023"], "consistent"),
        ("0001202311220013", ["219"], ["2023-03-30"], "inconsistent"),
        ("0001202303300023", ["219"], ["2023-03-30"], "consistent"),
        ("something", ["1"], [], "cannot tell"),
        ("Z1100000477", [], [], "cannot tell"),
    ],
)
def test_an_id_is_held_against_the_claims(id_: str, numbers: list[str], dates: list[str], verdict: str) -> None:
    assert registers.compare(id_, numbers, dates).partition(":")[0] == verdict


def test_an_id_with_an_impossible_day_is_of_no_known_form() -> None:
    assert registers.decode("0001202313450001") is None
    assert registers.compare("0001202313450001", [], ["2023"]) == "cannot tell"
