"""What `show` shows: profiles of countries, bibliographies of sources, cards in the order of the text."""

from __future__ import annotations

from collections import Counter

import pytest

from cagraph import edtf
from cagraph.answers import showing, status
from cagraph.answers.listing import Filters, entries
from cagraph.answers.listings import AGREEMENTS, LISTINGS
from cagraph.kinds import KINDS, families
from cagraph.lawtime.lives import main_date
from cagraph.lawtime.steps import Step
from cagraph.queries import ask, load
from cagraph.store import Store, compiler
from cagraph.store.embedded import Embedded


def act(type_: str, date: str = "") -> Step:
    first, last = edtf.parse(date) if date else (None, None)
    days = (first.isoformat() if first else "", last.isoformat() if last else "")
    return Step(type_, type_, date, *days, (), ("e",), is_inferred=False)


SIX = ("kz", "kg", "tj", "tm", "uz", "ru")


@pytest.mark.parametrize("day", ["", "1995", "2010-06-01"])
@pytest.mark.parametrize("country", SIX)
def test_a_profile_counts_what_the_lists_list_on_its_day(graph: Store, country: str, day: str) -> None:
    about = showing.shown(graph, country, day)
    counts = {str(row.field): int(row.value) for row in about if row.part == "count"}
    for name, listing in LISTINGS.items():
        listed = entries(graph, listing, country, Filters(as_of=day))
        if name != AGREEMENTS.name:
            assert counts.get(name, 0) == len(listed), name
            continue
        roles = Counter(entry.role for entry in listed)
        assert counts[name] == roles["party"]
        assert counts.get("agreement groups", 0) == roles["hub"] + roles["partner"]
        talks = sum(roles[role] for role in ("negotiating", "proposer", "addressee"))
        assert counts.get("agreements proposed or negotiated", 0) == talks
        assert counts.get("agreements not joined", 0) == roles["not-joined"]


@pytest.mark.parametrize("country", SIX)
def test_a_profile_has_every_part_and_stays_readable(graph: Store, country: str) -> None:
    about = showing.shown(graph, country)
    parts = {row.part for row in about}
    assert {"count", "partner", "latest", "body", "scheme", "absent"} <= parts
    assert "mention" not in parts
    assert str(about).count("\n") < 250
    assert status.statuses(graph, country) == about


def test_no_count_without_a_kind_is_told_as_searched(graph: Store) -> None:
    absent = [row for row in showing.shown(graph, "tm") if row.part == "absent"]
    assert ("no decrees", "5 sources were searched, which is not proof that there is none") in [
        (row.field, row.value) for row in absent
    ]


def test_a_source_shows_its_bibliography(graph: Store) -> None:
    fields = {row.field for row in showing.shown(graph, "yearbook-2023") if row.part == "bibliography"}
    assert {"title", "creator", "issued", "checksum"} <= fields
    text = str(showing.shown(graph, "timesca-2026"))
    assert "The Times of Central Asia" in text
    assert not text.rstrip().endswith("Sources")


def test_sentences_keep_the_order_of_the_text(graph: Store) -> None:
    """Of every passage that says several: the second may lean on the first."""
    several = [
        (thing.id, texts)
        for thing in compiler.records()[0]
        for block in thing.evidence
        for field, texts in block.claims
        if field in {"provision", "aim", "task"} and len(texts) > 1
    ]
    assert any(list(texts) != sorted(map(str, texts)) for _, texts in several)
    for id_ in {id_ for id_, _ in several}:
        shown = [str(row.value) for row in showing.shown(graph, id_) if row.part == "claim"]
        for texts in [texts for thing, texts in several if thing == id_]:
            places = [shown.index(str(text)) for text in texts]
            assert places == sorted(places), (id_, texts)


def test_a_date_is_as_precise_as_any_passage_tells(graph: Store) -> None:
    [law] = [entry for entry in entries(graph, LISTINGS["laws"], "kz") if entry.id == "kz-law-477-iv-2011"]
    assert law.date == "2011-07-22"
    assert main_date([act("signed", "2011"), act("signed", "2011-07-22"), act("signed", "2011-07")]) == "2011-07-22"
    assert main_date([act("signed", "2011"), act("signed", "2012-01-01")]) == "2011"
    assert main_date([act("amended", "2001"), act("adopted", "2000/2002")]) == "2000/2002"
    assert main_date([act("proposed")]) == ""


def test_every_column_of_a_list_is_asked_for() -> None:
    sparql = load("listed-values", "lookups").sparql
    own = {"id", "label", "kind", "role", "parties", "topics", "date", "status", "status_reason", "evidence", "url", "binding",
           "certainty", "basis", "known_until"}  # fmt: skip
    for listing in LISTINGS.values():
        for column in set(listing.columns) - own:
            assert f":{column}," in sparql or f":{column}\n" in sparql, column


def test_the_kinds_are_the_classes_that_records_have(graph: Store, tiny: Embedded) -> None:
    used = {str(kind).removeprefix("ca:") for kind in ask(graph, "of-kind", columns=("kind",))["kind"]}
    general = {"Instrument", "Agreement", "Actor", "Body", "Redirect"}
    assert used - general == {kind.name for kind in KINDS}
    assert len({name for family in families() for name in family}) == len(KINDS) - 3


def test_a_card_is_an_answer_like_any_other(graph: Store) -> None:
    about = showing.shown(graph, "tj-be-labour-memorandum-2025")
    assert about["field"] == [row.field for row in about]
    assert about.evidence
    assert (about.label, about.kind) == (
        "Memorandum of cooperation on organised employment between Tajikistan and Belgium",
        "BilateralAgreement",
    )
    assert about._repr_html_().startswith("<h3>Memorandum")


def test_headings_in_words_keep_their_capitals(graph: Store) -> None:
    assert "Schemes of Tajikistan" in str(showing.shown(graph, "tj"))
