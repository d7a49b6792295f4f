"""Law time: how steps add up to what holds for a thing and for each party on a day."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, pairwise
from pathlib import Path

import pytest

from cagraph import edtf
from cagraph.answers import listing
from cagraph.answers.listing import Filters
from cagraph.answers.listings import AGREEMENTS, LISTINGS
from cagraph.answers.standing import State, no_trace, states
from cagraph.curated import vocabulary
from cagraph.curated.records import Evidence, Passage, Preference, Thing
from cagraph.lawtime import lives
from cagraph.lawtime.intervals import Interval
from cagraph.lawtime.rules import Rules, rules
from cagraph.queries import ask
from cagraph.store import Store, compiler, home

READINGS = Path(__file__).parent / "readings"
SIX = ("kz", "kg", "tj", "tm", "uz", "ru")
DAYS = {"on_2020": "2020-06-01", "on_2026": "2026-01-01"}


@pytest.fixture(scope="module")
def own_rules() -> Rules:
    return rules(vocabulary.ontology(Path(home.ontology())))


KINDS = {
    "Agreement": {"Instrument", "Agreement"}, "BilateralAgreement": {"Instrument", "Agreement", "BilateralAgreement"},
    "MultilateralAgreement": {"Instrument", "Agreement", "MultilateralAgreement"}, "AgreementGroup": {"AgreementGroup"},
    "Law": {"Instrument", "Law"}, "Programme": {"Programme"}, "Event": {"Event"}, "Source": {"Source"},
}  # fmt: skip
SOURCE = Thing("book", "Source", "A book", (), "", (), (), "", (), (), (), (("issued", ("2025-08-14",)),))


def act(type_: str, when: str = "", *by: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    fields = (("actionType", (type_,)), ("date", (when,) if when else ()), ("actionBy", by))
    return tuple((name, values) for name, values in fields if values)


def thing(kind: str, *actions: object, **claims: str) -> Thing:
    """Return a record in which one passage tells everything."""
    said = tuple((name, tuple(values.split())) for name, values in claims.items())
    passage = Passage("book", 0, 1, "0" * 64, 1)
    block = Evidence("book-0", passage, "", "", "", "", said, actions, ())  # type: ignore[arg-type]
    return Thing("x", kind, "x", (), "", (), (), "", (), (), (block,), ())


def life(one: Thing, own_rules: Rules, day: str) -> Mapping[str, Interval]:
    """Return what holds for each side of a thing on a day."""
    kinds = {name: frozenset({name, *of}) for name, of in KINDS.items()}
    found = next(iter(lives.lives([one, SOURCE], kinds, own_rules)))
    return {piece.party: piece for piece in found.intervals if piece.start <= day < piece.end}


TREATY = {"party": "kz uz", "form": "treaty"}
COMPACT = {"party": "kz tj", "form": "compact"}


@pytest.mark.parametrize(
    ("actions", "day", "expected"),
    [
        ([act("signed", "2021-05-21")], "2021-05-20", ""),
        ([act("signed", "2021-05-21")], "2021-05-21", "signed certain"),
        ([act("signed", "2019")], "2019-06-01", "signed possible"),
        ([act("signed", "2019")], "2019-12-31", "signed certain"),
        ([act("signed", "2018"), act("entered-into-force", "2019")], "2019-06-01", "in-force possible"),
        ([act("signed", "2018"), act("entered-into-force", "2019")], "2020-01-01", "in-force certain"),
        ([act("negotiated", "2024/..")], "2024-12-31", "under-negotiation certain"),
        ([act("negotiated", "2024/..")], "2023-12-31", ""),
        ([act("entered-into-force", "2000"), act("suspended", "2020-03"), act("resumed", "2021-04")], "2020-06-01", "suspended certain"),
        ([act("entered-into-force", "2000"), act("suspended", "2020-03"), act("resumed", "2021-04")], "2022-06-01", "in-force certain"),
        ([act("entered-into-force", "2000"), act("terminated", "2015")], "2022-06-01", "ended certain"),
        ([act("signed", "2001"), act("negotiated", "2020")], "2022-06-01", "signed certain"),
        ([act("amended", "2001")], "2022-06-01", "unknown last-known"),
        ([], "2022-06-01", ""),
        ([], "2025-08-14", "unknown last-known"),
        ([act("signed")], "2026-01-01", "signed last-known"),
        ([act("signed")], "2020-01-01", ""),
        ([act("negotiations-concluded", "2019")], "2024-01-01", "negotiated certain"),
        ([act("authorised", "2019")], "2024-01-01", "authorised-to-sign certain"),
        ([act("in-practice-reported", "2019")], "2024-01-01", "in-practice-reported certain"),
        ([act("terminated", "2015")], "2030-01-01", "ended certain"),
        ([act("terminated", "2015"), act("proposed", "2020")], "2024-01-01", "ended certain"),
    ],
)  # fmt: skip
def test_status_of_the_whole_on_a_day(own_rules: Rules, actions: list[object], day: str, expected: str) -> None:
    found = life(thing("BilateralAgreement", *actions, **TREATY), own_rules, day).get("")
    assert (f"{found.status} {found.certainty}" if found else "") == expected


def statuses(one: Thing, own_rules: Rules, day: str = "2025-01-01") -> dict[str, str]:
    return {party: piece.status for party, piece in life(one, own_rules, day).items()}


def test_a_step_binds_only_those_who_took_it(own_rules: Rules) -> None:
    one = thing("BilateralAgreement", act("signed", "2018"), act("ratified", "2019", "kz"), **TREATY)
    assert statuses(one, own_rules) == {"": "signed", "kz": "consented", "uz": "signed"}
    assert life(one, own_rules, "2025-01-01")[""].reason == "signed 2018; consented: KZ (1 of 2)"


def test_consent_of_a_side_unsaid_is_no_partys(own_rules: Rules) -> None:
    one = thing("BilateralAgreement", act("signed", "2018"), act("ratified", "2021"), **TREATY)
    assert statuses(one, own_rules) == {"": "signed", "kz": "signed", "uz": "signed"}
    assert "consent of one side, unsaid which" in life(one, own_rules, "2025-01-01")[""].reason


def test_one_states_step_says_nothing_of_a_multilateral_whole(own_rules: Rules) -> None:
    steps = (act("adopted", "1951"), act("in-force-reported", "2019", "kz"), act("not-joined", "", "uz"))
    one = thing("MultilateralAgreement", *steps, party="kg kz", form="convention")
    assert statuses(one, own_rules) == {"": "adopted", "kg": "unknown", "kz": "in-force-reported", "uz": "not-party"}


def test_one_states_withdrawal_ends_it_for_that_state_alone(own_rules: Rules) -> None:
    steps = (act("signed", "1950"), act("in-force-reported", "2015", "ru"), act("terminated", "2022-03-16", "ru"))
    one = thing("MultilateralAgreement", *steps, party="kz ru", form="convention")
    assert statuses(one, own_rules) == {"": "signed", "kz": "unknown", "ru": "ended"}


def test_withdrawal_from_a_bilateral_agreement_ends_it(own_rules: Rules) -> None:
    one = thing("BilateralAgreement", act("entered-into-force", "2000"), act("denounced", "2020", "uz"), **TREATY)
    assert set(statuses(one, own_rules).values()) == {"ended"}


def test_what_does_not_bind_is_endorsed_and_never_consented_to(own_rules: Rules) -> None:
    one = thing("MultilateralAgreement", act("approved", "2018", "tj"), act("acceded", "2019", "kz"), **COMPACT)
    assert statuses(one, own_rules)["tj"] == statuses(one, own_rules)["kz"] == "endorsed"
    claimed = thing("MultilateralAgreement", act("approved", "2018", "tj"), **COMPACT, binding="binding")
    assert statuses(claimed, own_rules)["tj"] == "consented", "a claim goes before the form"


def test_a_form_that_does_not_settle_it_gives_the_weaker_reading(own_rules: Rules) -> None:
    one = thing(
        "BilateralAgreement",
        act("signed", "2018"),
        act("approved", "2019", "kz", "uz"),
        party="kz uz",
        form="memorandum",
    )
    assert statuses(one, own_rules)[""] == "endorsed"


def test_national_papers_are_adopted(own_rules: Rules) -> None:
    assert statuses(thing("Law", act("approved", "2018")), own_rules)[""] == "adopted"
    assert statuses(thing("Law", act("signed", "2018")), own_rules)[""] == "adopted"
    amended = life(thing("Law", act("amended", "2018")), own_rules, "2025-01-01")[""]
    assert (amended.status, amended.basis) == ("in-force-reported", "inferred")


def test_a_proposal_is_the_proposers(own_rules: Rules) -> None:
    found = life(
        thing("BilateralAgreement", act("proposed", "2024", "uz"), party="se uz", form="agreement"),
        own_rules,
        "2025-01-01",
    )
    assert {party: (piece.status, piece.role) for party, piece in found.items()} == {
        "": ("proposed", ""), "uz": ("proposed", "proposer"), "se": ("", "addressee"),
    }  # fmt: skip


def test_roles_follow_how_far_the_parties_have_come(own_rules: Rules) -> None:
    one = thing("BilateralAgreement", act("negotiated", "2020"), act("signed", "2022"), **TREATY)
    assert life(one, own_rules, "2021-01-01")["kz"].role == "negotiating"
    assert life(one, own_rules, "2023-01-01")["kz"].role == "party"


def test_a_group_has_roles_and_no_status(own_rules: Rules) -> None:
    found = life(thing("AgreementGroup", act("signed", "2024"), hub="tj", partner="qa ge"), own_rules, "2025-01-01")
    assert {party: (piece.status, piece.role) for party, piece in found.items()} == {
        "": ("", ""), "tj": ("", "hub"), "qa": ("", "partner"), "ge": ("", "partner"),
    }  # fmt: skip


def test_a_preferred_reading_is_followed_and_the_other_never_used(own_rules: Rules) -> None:
    steps = (act("signed", "2018"), act("ratified", "2020-04-17", "kz"), act("ratified", "2021", "kz"))
    plain = thing("BilateralAgreement", *steps, **TREATY)
    one = replace(plain, preferences=(Preference("ratified", "2021", "because", "kz"),))
    assert statuses(one, own_rules, "2020-12-31")["kz"] == "signed"
    assert statuses(one, own_rules, "2022-01-01")["kz"] == "consented"
    other = replace(plain, preferences=(Preference("ratified", "2021", "because", "uz"),))
    assert statuses(other, own_rules, "2020-12-31")["kz"] == "consented"


def test_what_was_for_a_time_is_over_after_it(own_rules: Rules) -> None:
    one = thing("Programme", period="2017/2020")
    assert statuses(one, own_rules, "2018-01-01")[""] == "in-force-reported"
    assert statuses(one, own_rules, "2021-01-01")[""] == "ended"
    assert statuses(thing("Programme", period="2023/.."), own_rules, "2025-01-01")[""] == "in-force-reported"


def test_an_undated_step_lies_between_the_first_trace_and_the_source(own_rules: Rules) -> None:
    one = thing("MultilateralAgreement", act("adopted", "1967"), act("ratified", "", "kg"), party="kg", form="protocol")
    assert [life(one, own_rules, day)["kg"].certainty for day in ("2000-01-01", "2025-08-14")] == [
        "possible",
        "certain",
    ]
    later = thing(
        "BilateralAgreement", act("negotiated", "2010"), act("signed"), act("ratified", "2019-05-01", "kz"), **TREATY
    )
    assert life(later, own_rules, "2019-05-01")["uz"].certainty == "certain", "it was signed before it was ratified"


def test_the_order_in_which_steps_are_recorded_does_not_matter(own_rules: Rules) -> None:
    steps = [act("signed", "2018"), act("ratified", "2019", "kz"), act("entered-into-force", "2020")]
    assert life(thing("BilateralAgreement", *steps, **TREATY), own_rules, "2024-01-01") == life(
        thing("BilateralAgreement", *steps[::-1], **TREATY), own_rules, "2024-01-01"
    )


def test_what_an_organ_signs_its_state_has_signed(graph: Store) -> None:
    """The cabinet signed with the company; the president proposed: the step is the state's."""
    assert on(graph, "kg-gb-agri-hr-fruitful-agreement-2022", "2023-01-01")["kg"].status == "signed"
    proposed = on(graph, "uz-se-labour-migration-agreement-proposed", "2026-02-01")
    assert (proposed["uz"].role, proposed["se"].role, "uz-president" in proposed) == ("proposer", "addressee", False)


# ---- the graph itself ----


def on(graph: Store, id_: str, day: str) -> dict[str, State]:
    return states(graph, [id_], day)[id_]


@pytest.mark.parametrize(
    ("id_", "day", "expected"),
    [
        ("eaeu-academic-degrees-agreement-2022", "2026-01-01",
         {"": "authorised-to-sign", **dict.fromkeys(("am", "by", "kg", "kz", "ru"), "unknown")}),
        ("eaeu-treaty-2014", "2020-06-01",
         {"": "in-force-reported", **dict.fromkeys(("am", "by", "kg", "kz", "ru"), "in-force-reported"), "tj": "not-party", "uz": "not-party"}),
        ("european-convention-on-human-rights-1950", "2026-01-01", {"": "signed", "ru": "ended"}),
        ("global-compact-for-migration-2018", "2020-06-01",
         {"": "unknown", "kz": "signed", "tj": "endorsed", "tm": "endorsed", "uz": "not-party"}),
        ("kz-tj-migration-cooperation-agreement-2018", "2026-01-01", {"": "signed", "kz": "signed", "tj": "signed"}),
        ("kg-kz-migration-cooperation-agreement-2019", "2026-01-01", {"": "signed", "kg": "signed", "kz": "signed"}),
        ("kz-uz-illegal-migration-agreement-2019", "2026-01-01", {"": "signed", "kz": "signed", "uz": "signed"}),
        ("kg-eu-enhanced-partnership-and-cooperation-agreement", "2026-01-01", {"": "negotiated", "eu": "negotiated", "kg": "negotiated"}),
        ("refugee-convention-1951", "2026-01-01", {"": "in-force-reported", "kg": "consented", "kz": "in-force-reported", "uz": "not-party"}),
        ("kz-uz-labour-agreement-2019", "2020-06-01", {"": "signed", "kz": "consented", "uz": "signed"}),
        ("kz-uz-labour-agreement-2019", "2022-01-01", {"": "consented", "kz": "consented", "uz": "consented"}),
        ("tj-labour-migration-framework-agreements-12", "2026-01-01",
         dict.fromkeys(("", "be", "gb", "ge", "jp", "kr", "kw", "pl", "qa", "rs", "ru", "ru-tatarstan", "sa", "tj"), "")),
    ],
)  # fmt: skip
def test_the_cases_of_the_design(graph: Store, id_: str, day: str, expected: dict[str, str]) -> None:
    assert {party: state.status for party, state in on(graph, id_, day).items()} == expected


def test_the_details_of_the_cases(graph: Store) -> None:
    def reason(id_: str, party: str, day: str = "2026-01-01") -> str:
        return on(graph, id_, day)[party].reason

    assert on(graph, "eaeu-treaty-2014", "2014-12-31")[""].status == "signed"
    assert on(graph, "eaeu-treaty-2014", "2015-02-01")[""].status == "in-force-reported"
    assert on(graph, "european-convention-on-human-rights-1950", "2022-03-15")["ru"].status == "in-force-reported"
    assert "2022-03-16" in reason("european-convention-on-human-rights-1950", "ru")
    assert reason("global-compact-for-migration-2018", "kz") == "signed by KZ 2018-12-12"
    assert "2020-04-17" in reason("kz-uz-labour-agreement-2019", "kz")
    assert "consent of one side, unsaid which (ratified 2021)" in reason("kz-uz-illegal-migration-agreement-2019", "")
    roles = {
        party: state.role
        for party, state in on(graph, "tj-labour-migration-framework-agreements-12", "2026-01-01").items()
    }
    assert (roles["tj"], roles["qa"], roles["ge"]) == ("hub", "partner", "partner")


def table(name: str) -> Iterator[dict[str, str]]:
    with (READINGS / f"{name}.tsv").open(encoding="utf-8") as file:
        yield from csv.DictReader(file, delimiter="\t")


def test_the_graph_agrees_with_two_readers_of_the_passages(graph: Store) -> None:
    """Two readers who did not see each other's lists; where they differed it was settled with the passage open."""
    standing = {column: states(graph, None, day) for column, day in DAYS.items()}
    sides = {(str(id_), str(party)) for id_, party in ask(graph, "sides", columns=("id", "party")).rows}
    wrong: dict[bool, list[str]] = {True: [], False: []}
    counted = {True: 0, False: 0}
    for row in table("settled"):
        for column in DAYS:
            if row["party"] and (row["id"], row["party"]) not in sides:
                continue  # an organ of a party, whose step is the party's
            state = standing[column].get(row["id"], {}).get(row["party"], no_trace())
            wanted = row[column].removeprefix("possible ")
            is_whole = not row["party"]
            counted[is_whole] += 1
            if state.status != wanted and not (wanted == "-" and state.status in {"", "no-trace"}):
                wrong[is_whole].append(f"{row['id']} {row['party']} {column}: {state.status}, read {row[column]}")
    assert counted[True] >= 226
    assert counted[False] >= 280
    for is_whole, rows in wrong.items():
        assert len(rows) / counted[is_whole] <= 0.05, rows


def test_the_two_readers_agree_as_far_as_the_page_says(graph: Store) -> None:
    first, second = ({(row["id"], row["party"]): row for row in table(name)} for name in ("first", "second"))
    groups = set(map(str, ask(graph, "of-kind", kind="AgreementGroup")["id"]))
    pairs = [
        (not key[1], first[key][column].removeprefix("possible ") == second[key][column].removeprefix("possible "))
        for key in first.keys() & second.keys()
        if key[0] not in groups
        for column in DAYS
    ]
    shares = [
        100 * sum(same for whole, same in pairs if whole is of) // sum(whole is of for whole, _ in pairs)
        for of in (True, False)
    ]
    page = (Path(__file__).parents[1] / "docs/lawtime.md").read_text(encoding="utf-8")
    assert f"{shares[0]} % of the wholes and {shares[1]} % of the rows of parties" in page


def test_no_consent_entry_into_force_or_end_is_stated_without_a_passage(graph: Store) -> None:
    strong = {"consented", "in-force", "in-force-reported", "ended", "endorsed", "not-party"}
    for row in ask(graph, "intervals"):
        assert row.status not in strong or row.evidence, row


def test_intervals_of_one_side_neither_overlap_nor_leave_a_gap(graph: Store) -> None:
    pieces: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in {(r.id, r.party, r["from"], r.until) for r in ask(graph, "intervals")}:
        pieces.setdefault((str(row[0]), str(row[1])), []).append((str(row[2]), str(row[3])))
    for side, spans in pieces.items():
        spans.sort()
        assert all(end == start for (_, end), (start, _) in pairwise(spans)), side
        assert spans[-1][1] == "9999-12-31", side


def test_the_intervals_are_those_the_steps_give(graph: Store, own_rules: Rules) -> None:
    """Recomputed from the records, day by day, without cutting time into pieces."""
    things, _, terms = compiler.records()
    days = [date(year, month, 1) for year in range(1990, 2028, 2) for month in (1, 6)]
    found = {found.thing: found for found in lives.lives(things, terms.kinds, own_rules)}
    for day in [*map(str, days), "2024-12-31", "2025-01-01"]:
        stored = states(graph, None, day)
        for id_, one in found.items():
            now = {p.party: (p.status, p.certainty, p.basis, p.role) for p in one.intervals if p.start <= day < p.end}
            kept = {party: (s.status, s.certainty, s.basis, s.role) for party, s in stored.get(id_, {}).items()}
            assert now == kept, (id_, day)


def test_nothing_is_known_after_the_last_source(graph: Store) -> None:
    for name, of in LISTINGS.items():
        for row in listing.listed(graph, of, "", Filters(as_of="2030-01-01")):
            assert row.known_until, row.id
            assert row.certainty != "certain" or row.status == "ended", (name, row.id)


@pytest.mark.parametrize("name", LISTINGS)
def test_no_list_has_a_thing_on_a_day_before_every_trace_of_it(graph: Store, name: str) -> None:
    first: dict[str, str] = {}
    for row in ask(graph, "intervals"):
        first[str(row.id)] = min(first.get(str(row.id), "9"), str(row["from"]))
    for country in ("", *SIX):
        listed = {row.id for row in listing.listed(graph, LISTINGS[name], country, Filters(as_of="9999-12-30"))}
        for day in ("1995-01-01", "2010-06-01", "2020-06-01", "2024-01-01"):
            begun = {row.id for row in listing.listed(graph, LISTINGS[name], country, Filters(as_of=day))}
            assert not [id_ for id_ in begun if first[id_] > day], (country, day)
            assert begun <= listed


def test_undated_things_are_brought_back(graph: Store) -> None:
    by_then = listing.listed(graph, AGREEMENTS, "tm", Filters(as_of="2015-01-01"))["id"]
    all_told = listing.listed(graph, AGREEMENTS, "tm", Filters(as_of="2015-01-01", undated=True))["id"]
    assert "tm-by-diploma-recognition-agreement" not in by_then
    assert "tm-by-diploma-recognition-agreement" in all_told


def test_counts_of_agreements_count_no_groups_proposals_or_treaties_stayed_out_of(graph: Store) -> None:
    for country in SIX:
        rows = ask(graph, "partners", "named", country=country)
        for row in rows:
            both = listing.listed(graph, AGREEMENTS, country, Filters(with_=(row.partner,)))
            own = [r for r in both if r.role == "party" and r.kind != "AgreementGroup"]
            assert int(row.agreements) <= len(own), (country, row.partner)


def test_with_is_symmetric_for_all_pairs(graph: Store) -> None:
    """Asked of the list, which is what `--with` is: X with Y and Y with X are one set."""
    sides = sorted({str(party) for party in ask(graph, "sides", columns=("party",))["party"]} - {""})
    members = {one: set(agreements_with(graph, one)) for one in sides}
    for one, other in combinations(sides, 2):
        if members[one] & members[other] or one in SIX or other in SIX:
            there, back = (
                set(ask(graph, "agreements-between", "named", ("id",), country=a, other=b)["id"])
                for a, b in ((one, other), (other, one))
            )
            assert there == back, (one, other)


def agreements_with(graph: Store, party: str) -> list[object]:
    return list(ask(graph, "agreements-of-country", "named", ("id",), country=party)["id"])


def test_partners_of_a_group_have_nothing_with_each_other(graph: Store) -> None:
    found = ask(graph, "agreements-between", "named", ("id",), country="qa", other="ge")["id"]
    assert not [id_ for id_ in found if str(id_).startswith("tj-")]
    assert (
        "tj-labour-migration-framework-agreements-12"
        in ask(graph, "agreements-between", "named", ("id",), country="ge", other="tj")["id"]
    )


def test_in_force_on_a_day_is_two_lines_of_sparql(graph: Store) -> None:
    day = '"2020-06-01"^^xsd:date'
    rows = graph.select(
        "SELECT ?id { ?i ca:statusOf ?id ; ca:status id:status-in-force-reported ; ca:from ?from ; ca:until ?until .\n"
        f"FILTER(?from <= {day} && {day} < ?until) FILTER NOT EXISTS {{ ?i ca:statusFor ?party }} ?id a ca:Agreement }}"
    )
    ours = listing.listed(graph, AGREEMENTS, "", Filters(as_of="2020-06-01", status="in-force"))
    assert set(rows["id"]) == set(ours["id"])


def test_the_words_and_their_order_are_the_closed_list(own_rules: Rules) -> None:
    assert sorted(own_rules.statuses) == sorted(
        [
            "no-trace",
            "proposed",
            "under-negotiation",
            "negotiated",
            "authorised-to-sign",
            "initialled",
            "signed",
            "awaiting-approval",
            "endorsed",
            "adopted",
            "consented",
            "in-force",
            "in-force-reported",
            "in-practice-reported",
            "suspended",
            "ended",
            "rejected",
            "not-party",
            "unknown",
        ]
    )


def test_known_until_is_the_last_day_of_the_last_source(graph: Store) -> None:
    latest = edtf.parse("2023/2024").latest
    assert str(latest) == on(graph, "tj-ru-readmission-agreement-2021", "2024-06-01")[""].known_until
    assert latest is not None
    after = str(latest + timedelta(days=1))
    assert on(graph, "tj-ru-readmission-agreement-2021", after)[""].certainty == "last-known"


# ---- found by readers who tried to prove it wrong ----


def test_what_occurred_or_closed_is_not_over(graph: Store, own_rules: Rules) -> None:
    for type_ in ("occurred", "closed", "opened"):
        assert statuses(thing("Event", act(type_, "2022/..")), own_rules)[""] == "unknown", type_
    assert statuses(thing("Event", act("completed", "2022")), own_rules)[""] == "ended"
    for id_ in ("russia-ukraine-war-2022", "tm-permanent-neutrality-1995", "tj-closure-of-afghan-border-2021"):
        assert on(graph, id_, "2025-01-01")[""].status != "ended", id_


def test_the_period_of_a_report_is_its_subject(own_rules: Rules) -> None:
    assert statuses(thing("Event", period="2024-01/2024-06", form="report"), own_rules)[""] == "unknown"
    assert statuses(thing("Event", period="2022-01/2022-03", form="amnesty-event"), own_rules)[""] == "ended"


@pytest.mark.parametrize("later", ["in-force-reported", "ratified", "approved", "entered-into-force"])
def test_nothing_is_in_force_or_consented_to_before_the_step_it_presupposes(own_rules: Rules, later: str) -> None:
    one = thing("BilateralAgreement", act("signed", "2017-04-05"), act(later, "2017", "kz", "uz"), **TREATY)
    assert life(one, own_rules, "2017-02-01") == {}
    assert life(one, own_rules, "2017-04-05")[""].status != "signed"
    law = thing("Law", act("adopted", "2018-10-31"), act("amended"))
    assert life(law, own_rules, "2018-05-01") == {}


def test_no_step_is_older_than_the_state_that_took_it(graph: Store) -> None:
    for row in ask(graph, "intervals"):
        if row.party in {"kg", "kz", "tj", "tm", "uz"} and row.status not in {"", "unknown"}:
            assert str(row["from"]) >= "1991-01-01", row


def test_an_act_before_the_signature_authorises_it_and_is_no_consent(own_rules: Rules) -> None:
    before = thing("BilateralAgreement", act("approved", "2018-03-07", "kz"), act("signed", "2018-09"), **TREATY)
    assert statuses(before, own_rules, "2018-05-01") == {"": "authorised-to-sign", "kz": "authorised-to-sign", "uz": ""}
    assert statuses(before, own_rules)["kz"] == "signed"
    after = thing("BilateralAgreement", act("signed", "2018-03"), act("approved", "2018-09", "kz"), **TREATY)
    assert statuses(after, own_rules)["kz"] == "consented"


def test_what_both_share_rests_on_the_passages_of_both(graph: Store) -> None:
    whole, *sides = (on(graph, "kz-uz-labour-agreement-2019", "2023-01-01")[side] for side in ("", "kz", "uz"))
    assert set(whole.evidence) == {id_ for side in sides for id_ in side.evidence}
    assert all(side.reason in whole.reason for side in sides)


def test_an_addressee_has_no_status_in_lists_either(graph: Store) -> None:
    rows = [
        row for row in listing.listed(graph, AGREEMENTS, "se", Filters(as_of="2026-02-01")) if row.role == "addressee"
    ]
    assert rows
    assert {row.status for row in rows} == {""}
