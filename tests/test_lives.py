"""Timeline, status, chain, comparison, duplicates: the lives of things and how they hang together."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from click.testing import CliRunner

from cagraph import cli
from cagraph.answers import chain, comparison, duplicates, listing, timeline
from cagraph.answers.listings import LISTINGS
from cagraph.explore import lifeline
from cagraph.rows import Rows
from cagraph.store import Store
from cagraph.store.embedded import Embedded

TINY = Path(__file__).parent / "tiny"


def test_the_life_of_a_thing_comes_in_order(tiny: Embedded) -> None:
    rows = timeline.steps_of(tiny, "kz-uz-labour-agreement-2019").dicts()
    assert [(row["date"], row["step"]) for row in rows] == [
        ("2019", "signed"), ("2020-04-17", "ratified"), ("2021", "ratified"), ("2021-03-02", "entered-into-force"),
    ]  # fmt: skip
    assert rows[1]["by"] == ("kz",)
    assert rows[1]["instrument"] == ("kz-law-1-2020",)


def test_the_timeline_of_a_country_holds_what_belongs_to_it(tiny: Embedded) -> None:
    rows = timeline.steps_of(tiny, "kz", "2020-01-01", "2020-12-31").dicts()
    assert {row["id"] for row in rows} == {"kz-uz-labour-agreement-2019", "kz-law-1-2020", "kz-closure-2020"}


def test_the_picture_is_sound_and_cannot_be_broken_into() -> None:
    nasty = "</text><script>alert(1)</script>"
    rows = Rows(timeline.COLUMNS, [("2021", nasty, "x", nasty, (nasty,), (), "", (), nasty)])
    root = ET.fromstring(lifeline.svg(rows, nasty))  # noqa: S314 - our own
    assert not [element for element in root.iter() if element.tag.endswith("script")]
    assert nasty in "".join(root.itertext())


def test_status_is_told_for_each_party() -> None:
    found = CliRunner().invoke(
        cli.main, ["status", "global-compact-for-migration-2018", "--as-of", "2026-01-01", "--format", "json"]
    )
    rows = {row["party"]: row for row in json.loads(found.stdout)}
    assert rows["uz"]["status"] == "not-party"
    assert rows["kg"]["status"] == "endorsed", "the compact does not bind, so nobody has consented"
    assert rows["kg"]["evidence"]


def test_a_chain_is_followed_in_both_directions(tiny: Embedded) -> None:
    rows = chain.links(tiny, "kz-law-on-migration").dicts()
    found = {(row["subject"], row["link"], row["object"]) for row in rows}
    assert ("kz-law-1-2020", "amends", "kz-law-on-migration") in found
    assert ("kz-government-resolution-5-2021", "based_on", "kz-law-on-migration") in found
    assert ("kz-law-1-2020", "ratifies", "kz-uz-labour-agreement-2019") in found
    assert min(int(str(row["step"])) for row in rows if row["link"] == "ratifies") == 2


def test_missing_links_are_named(tiny: Embedded) -> None:
    rows = chain.missing(tiny, {"kz-uz-labour-agreement-2019"}).dicts()
    assert [row["missing"] for row in rows] == ["the instrument that ratified it for Kazakhstan (2021)"]


def test_two_countries_are_put_side_by_side(tiny: Embedded) -> None:
    rows = {(row["kind"], row["topic"]): row for row in comparison.compare(tiny, "kz", "uz").dicts()}
    assert (rows["laws", "all"]["kz"], rows["laws", "all"]["uz"]) == (2, 0)
    assert "kz-uz-labour-agreement-2019" in rows["agreements", "labour-migration"]["both"]  # type: ignore[operator]


def test_two_records_of_one_thing_are_offered_until_decided(
    compile_folder: Callable[[Path], Embedded], tmp_path: Path
) -> None:
    data = tmp_path / "data"
    shutil.copytree(TINY, data)
    twin = (data / "kz/laws/kz-law-on-migration.toml").read_text(encoding="utf-8")
    path = data / "kz/laws/kz-law-migration-again.toml"
    path.write_text(
        twin.replace('id = "kz-law-on-migration"', 'id = "kz-law-migration-again"').replace(
            "of Kazakhstan on", "of Kazakhstan, on"
        ),
        encoding="utf-8",
    )
    pair = ("kz-law-migration-again", "kz-law-on-migration")
    assert pair in [row[:2] for row in duplicates.pairs(compile_folder(data)).rows]
    decided = path.read_text(encoding="utf-8").replace(
        'kind = "Law"', 'kind = "Law"\ndistinctFrom = ["kz-law-on-migration"]'
    )
    path.write_text(decided, encoding="utf-8")
    assert pair not in [row[:2] for row in duplicates.pairs(compile_folder(data)).rows]


def test_every_pair_of_like_names_has_been_decided(graph: Store) -> None:
    """Merge the two records, or write distinctFrom = ["other-id"] into one of them."""
    assert not duplicates.pairs(graph, 95).rows


@pytest.mark.parametrize("name", LISTINGS)
def test_every_listing_answers_for_every_country_of_the_region(graph: Store, name: str) -> None:
    for country in ("kz", "kg", "tj", "tm", "uz", "ru"):
        if (name, country) == ("decrees", "tm"):
            continue  # the sources name no decree of Turkmenistan
        found = listing.listed(graph, LISTINGS[name], country)
        assert len(found) > 0, country
        assert all(row["evidence"] for row in found.dicts())
