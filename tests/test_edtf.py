from __future__ import annotations

from contextlib import suppress
from itertools import product

import pytest

from cagraph import edtf
from cagraph.errors import UsageFault


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2021", "2021-01-01", "2021-12-31"),
        ("2021-02", "2021-02-01", "2021-02-28"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2021-05-21", "2021-05-21", "2021-05-21"),
        ("2021?", "2021-01-01", "2021-12-31"),
        ("2021-05~", "2021-05-01", "2021-05-31"),
        ("2021/2023", "2021-01-01", "2023-12-31"),
        ("2024/..", "2024-01-01", "None"),
        ("../2024", "None", "2024-12-31"),
    ],
)
def test_a_date_means_an_interval_of_days(text: str, earliest: str, latest: str) -> None:
    span = edtf.parse(text)
    assert (str(span.earliest), str(span.latest)) == (earliest, latest)


@pytest.mark.parametrize(
    "text", ["", "21", "2021-13", "2021-02-30", "2023/2021", "May 2021", "2021-5-1", "2021/", "２０２１"]
)
def test_what_is_no_date_is_refused_with_a_cure(text: str) -> None:
    with pytest.raises(UsageFault) as caught:
        edtf.parse(text)
    assert caught.value.hint


@pytest.mark.parametrize(
    ("part", "dates"),
    [
        ("one of its ends", ["2021-05/", "/2021", "2021/", "/", "2021-05-01/", "/2021?", "../"]),
        ("seasons", ["2021-21", "2021-24?", "2021-21/2022", "2021/2022-33", "2021-41"]),
        ("left open by X", ["201X", "20XX", "2021-XX", "2021-05-XX", "2021-XX-XX", "XXXX", "201X~", "2021-XX/2022"]),
        ("doubt of a part", ["?2021", "2021?-05", "2021-~05", "2021-05?-21", "~2021-05/2022", "2021-%05-21"]),
        ("sets", ["[2021,2022]", "{2021,2022}", "[..2021]", "{2021..2023}"]),
        ("times of day", ["2021-05-21T10:00:00", "2021-05-21T10:00:00Z", "2021-05-21T23:20:30+04:00"]),
        ("years before 1", ["-0001", "0000", "Y17000", "Y-17E7", "12021", "-2021-05", "1950S2", "0000-01-01"]),
    ],
)
def test_the_part_of_edtf_that_is_not_read_is_named_and_that_which_is(part: str, dates: list[str]) -> None:
    for text in dates:
        with pytest.raises(UsageFault) as caught:
            edtf.parse(text)
        assert repr(text) in caught.value.message
        assert part in caught.value.message, text
        assert "YYYY-MM-DD" in caught.value.hint
        assert "A/.." in caught.value.hint


@pytest.mark.parametrize("text", ["2021-13", "2021-00", "2021-12-32", "2021-02-30", "2021-05-00"])
def test_a_day_that_never_was_is_told_as_such(text: str) -> None:
    for whole in (text, f"{text}/..", f"../{text}"):
        with pytest.raises(UsageFault, match=f"{text}.* never was"):
            edtf.parse(whole)


def test_no_short_text_is_an_accident() -> None:
    """Every text of up to four signs out of those of dates is read or refused, and no error is another."""
    for length in range(5):
        for signs in product("02X-/.?~Y[", repeat=length):
            with suppress(UsageFault):
                assert edtf.parse("".join(signs))
