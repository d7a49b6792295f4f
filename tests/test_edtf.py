from __future__ import annotations

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
