"""Lists of agreements: who, what, when, in which state, and where it says so."""

from __future__ import annotations

import pytest

from cagraph.answers import listing
from cagraph.answers.listing import Filters
from cagraph.answers.listings import AGREEMENTS
from cagraph.errors import UsageFault
from cagraph.store import Store
from cagraph.store.embedded import Embedded

AS_OF = "2024-01-01"


def ids(graph: Store, country: str = "", filters: Filters | None = None) -> set[str]:
    return {entry.id for entry in listing.entries(graph, AGREEMENTS, country, filters)}


def test_every_agreement_of_a_country_is_listed_once(tiny: Embedded) -> None:
    found = [entry.id for entry in listing.entries(tiny, AGREEMENTS, "kz", Filters(as_of=AS_OF))]
    assert sorted(found) == ["compact-2018", "kr-kz-labour-agreement", "kz-uz-labour-agreement-2019"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(with_=("uz",)), {"kz-uz-labour-agreement-2019"}),
        (Filters(topic="labour-migration"), {"kz-uz-labour-agreement-2019", "kr-kz-labour-agreement"}),
        (Filters(form="agreement"), {"kz-uz-labour-agreement-2019"}),
        (Filters(status="in-force"), {"kz-uz-labour-agreement-2019"}),
        (Filters(status="under-negotiation"), {"kr-kz-labour-agreement"}),
        (Filters(since="2020"), {"kr-kz-labour-agreement"}),
        (Filters(until="2018"), {"compact-2018"}),
        (Filters(as_of="2018-12-31"), {"compact-2018"}),
    ],
)
def test_a_filter_narrows(tiny: Embedded, filters: Filters, expected: set[str]) -> None:
    assert ids(tiny, "kz", filters) == expected


def test_status_is_for_the_day_and_the_country(tiny: Embedded) -> None:
    def state(country: str, day: str, id_: str) -> tuple[str, str]:
        entries = listing.entries(tiny, AGREEMENTS, country, Filters(as_of=day))
        return next((e.status, e.state.certainty) for e in entries if e.id == id_)

    def status(country: str, day: str, id_: str) -> str:
        return state(country, day, id_)[0]

    assert status("kz", "2020-01-01", "kz-uz-labour-agreement-2019") == "signed"
    assert status("kz", "2020-06-01", "kz-uz-labour-agreement-2019") == "consented"
    assert status("uz", "2020-06-01", "kz-uz-labour-agreement-2019") == "signed"
    assert state("uz", "2019-06-01", "kz-uz-labour-agreement-2019") == ("signed", "possible")
    assert status("uz", "2026-01-01", "compact-2018") == "not-party"


def test_an_entry_carries_what_the_json_promises(tiny: Embedded) -> None:
    row = listing.listed(tiny, AGREEMENTS, "kz", Filters(as_of="2022", with_=("uz",)))[0]
    assert row["parties"] == ("KZ", "UZ")
    assert row["date"] == "2019"
    assert row["status"] == "in-force"
    assert row["status_reason"] == "entered into force 2021-03-02"
    assert row["topics"] == ("labour-migration",)
    assert set(row["evidence"]) == {"book-010101010101", "book-020202020202", "paper-030303030303"}  # type: ignore[arg-type]


def test_a_group_is_listed_as_a_group(tiny: Embedded) -> None:
    kinds = {entry.id: entry.kind for entry in listing.entries(tiny, AGREEMENTS, "uz")}
    assert kinds["uz-agreements-21-countries"] == "AgreementGroup"


@pytest.mark.parametrize(
    "filters",
    [
        Filters(topic="cooking"),
        Filters(form="x"),
        Filters(status="fine"),
        Filters(as_of="soon"),
        Filters(since="2021-13"),
        Filters(since="2025", until="2020"),
    ],
)
def test_a_filter_that_does_not_exist_is_refused(tiny: Embedded, filters: Filters) -> None:
    with pytest.raises(UsageFault) as caught:
        listing.entries(tiny, AGREEMENTS, "kz", filters)
    assert caught.value.hint


def test_a_regions_agreements_are_its_countrys_too(graph: Store) -> None:
    by_region = ids(graph, "ru-tatarstan")
    assert by_region
    assert by_region <= ids(graph, "ru")


def test_tajikistan_and_belgium(graph: Store) -> None:
    found = {e.id: e for e in listing.entries(graph, AGREEMENTS, "tj", Filters(with_=("be",), as_of="2026-03-01"))}
    memorandum = found["tj-be-labour-memorandum-2025"]
    assert (memorandum.date, memorandum.status, memorandum.parties) == ("2025-11", "awaiting-approval", ("BE", "TJ"))
    assert memorandum.evidence


def test_well_over_a_hundred_agreements_are_known(graph: Store) -> None:
    assert len(ids(graph)) >= 105


def test_a_unions_agreements_are_those_made_in_it(graph: Store) -> None:
    found = {entry.id: entry for entry in listing.entries(graph, AGREEMENTS, "eaeu", Filters(as_of="2024-01-01"))}
    assert {"eaeu-treaty-2014", "eaeu-pension-agreement", "kg-eaeu-accession-protocol-2015"} <= set(found)
    assert found["eaeu-treaty-2014"].status != "unknown"
