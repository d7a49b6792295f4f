"""Law time: what the actions add up to on a day."""

from __future__ import annotations

import pytest

from cagraph import edtf
from cagraph.answers.lawtime import Action, status

LEADS = {
    "proposed": "proposed", "negotiated": "under-negotiation", "signed": "signed", "ratified": "consented",
    "acceded": "consented", "entered-into-force": "in-force", "suspended": "suspended", "resumed": "in-force",
    "terminated": "ended", "denounced": "ended", "not-joined": "not-party", "amended": "",
}  # fmt: skip


def act(type_: str, date: str = "", *by: str) -> Action:
    span = edtf.parse(date) if date else edtf.Span(None, edtf.parse("2025-08-14").latest)
    earliest, latest = (day.isoformat() if day else "" for day in span)
    return Action(type_, type_, LEADS[type_], date, earliest, latest, tuple(by), f"evidence-{type_}")


@pytest.mark.parametrize(
    ("actions", "day", "expected"),
    [
        ([act("signed", "2021-05-21")], "2021-05-20", "not-yet"),
        ([act("signed", "2021-05-21")], "2021-05-21", "signed"),
        ([act("signed", "2019")], "2019-06-01", "possibly signed"),
        ([act("signed", "2019")], "2019-12-31", "signed"),
        ([act("signed", "2018"), act("entered-into-force", "2019")], "2019-06-01", "possibly in-force"),
        ([act("signed", "2018"), act("entered-into-force", "2019")], "2020-01-01", "in-force"),
        ([act("negotiated", "2024/..")], "2024-12-31", "under-negotiation"),
        ([act("negotiated", "2024/..")], "2023-12-31", "not-yet"),
        ([act("entered-into-force", "2000"), act("suspended", "2020-03"), act("resumed", "2021-04")], "2020-06-01", "suspended"),
        ([act("entered-into-force", "2000"), act("suspended", "2020-03"), act("resumed", "2021-04")], "2022-06-01", "in-force"),
        ([act("entered-into-force", "2000"), act("terminated", "2015")], "2022-06-01", "ended"),
        ([act("signed", "2001"), act("negotiated", "2020")], "2022-06-01", "signed"),
        ([act("amended", "2001")], "2022-06-01", "unknown"),
        ([], "2022-06-01", "unknown"),
        ([act("signed")], "2026-01-01", "signed"),
        ([act("signed")], "2020-01-01", "possibly signed"),
    ],
)  # fmt: skip
def test_status_for_a_day(actions: list[Action], day: str, expected: str) -> None:
    assert status(actions, day).status == expected


def test_the_order_in_which_actions_are_recorded_does_not_matter() -> None:
    steps = [act("signed", "2018"), act("ratified", "2019", "kz"), act("entered-into-force", "2020")]
    assert status(steps, "2024-01-01") == status(steps[::-1], "2024-01-01")


def test_status_is_per_party() -> None:
    steps = [act("signed", "2018"), act("ratified", "2019", "kz"), act("not-joined", "", "uz")]
    assert status(steps, "2026-01-01", "kz").status == "consented"
    assert status(steps, "2026-01-01", "uz").status == "not-party"
    assert status(steps, "2026-01-01", "tj").status == "signed"


def test_one_partys_denunciation_does_not_end_the_agreement_for_others() -> None:
    steps = [act("entered-into-force", "2000"), act("denounced", "2020", "tm")]
    assert status(steps, "2024-01-01", "tm").status == "ended"
    assert status(steps, "2024-01-01").status == "in-force"


def test_the_reason_names_the_action_and_its_evidence() -> None:
    found = status([act("signed", "2021-05"), act("ratified", "2022", "kz", "uz")], "2024-01-01")
    assert found.reason == "ratified by KZ, UZ 2022"
    assert found.evidence == ("evidence-ratified",)


def test_signed_by_each_on_its_own_day() -> None:
    steps = [act("signed", "2021-05-21", "ru"), act("signed", "2021-06-17", "uz")]
    assert status(steps, "2021-06-01", "ru").status == "signed"
    assert status(steps, "2021-06-01", "uz").status == "not-yet"
    assert status(steps, "2021-06-17", "uz").status == "signed"


def test_what_a_body_signs_binds_its_country() -> None:
    assert status([act("signed", "2021-05-21", "kg-cabinet")], "2021-06-01", "kg").status == "signed"
