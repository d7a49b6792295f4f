"""Promises about the data: each names the record and the cure."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from cagraph.answers import coverage
from cagraph.curated import canonical, ids
from cagraph.curated import loading as curated
from cagraph.curated import vocabulary as ontology
from cagraph.curated.records import Thing
from cagraph.store import Store, compiler

ROOT = Path(__file__).parents[1]
SOURCES = {"timesca-2026", "matnazarova-2025", "west-2025", "yearbook-2023", "thai-embassy-2025"}
FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def things() -> list[Thing]:
    return compiler.records()[0]


def test_every_file_is_in_canonical_form() -> None:
    """`cagraph format` writes it."""
    terms, outlines = ontology.load(ROOT / "ontology"), curated.outlines(ROOT / "data")
    stale = []
    for path in sorted((ROOT / "data").rglob("*.toml")):
        if canonical.differs(path, terms, outlines, write=False):
            stale.append(str(path))
    if stale and os.environ.get("CAGRAPH_FIX"):
        subprocess.run([sys.executable, "-m", "cagraph", "format", *stale], check=True)
    assert not stale, "run `cagraph format`"


def test_the_five_sources_are_there(things: list[Thing]) -> None:
    assert {thing.id for thing in things if thing.kind == "Source"} == SOURCES


def test_a_value_is_preferred_once(things: list[Thing]) -> None:
    """One reason for each; a second one belongs into the first."""
    chosen = Counter(
        (thing.id, ids.preference_id(thing.id, choice)) for thing in things for choice in thing.preferences
    )
    assert not [name for name, number in chosen.items() if number > 1], "merge the two [[preference]] tables"


def test_every_thing_rests_on_evidence(things: list[Thing]) -> None:
    bare = [
        thing.id
        for thing in things
        if thing.kind not in {"Source", "Country"} and not (thing.evidence or thing.isReplacedBy)
    ]
    assert not bare, "add an [[evidence]] block"


def test_every_thing_is_described(things: list[Thing]) -> None:
    bare = [thing.id for thing in things if thing.kind != "Country" and not (thing.description or thing.isReplacedBy)]
    assert not bare, 'add description = "..." in your own words'


def test_most_evidence_was_read_twice(things: list[Thing]) -> None:
    blocks = [block for thing in things for block in thing.evidence]
    assert sum(bool(block.reviewedBy) for block in blocks) / len(blocks) > 0.75


def test_kinds_and_countries_do_not_shrink(graph: Store) -> None:
    """tests/floors.toml holds the least counts; raise them when data is added."""
    counts = {(str(r["kind"]), str(r["country"])): int(str(r["things"])) for r in coverage.counts(graph).dicts()}
    short = {
        key: counts.get(key, 0)
        for kind, by in FLOORS.items()
        for key in [(kind, c) for c in by]
        if counts.get(key, 0) < by[key[1]]
    }
    assert not short


def test_links_to_other_data_sets_are_checked_ones(things: list[Thing]) -> None:
    """Only identifiers that documentation confirms; a guess is worse than none."""
    known = {"kz": "Q232", "kg": "Q813", "tj": "Q863", "tm": "Q874", "uz": "Q265", "ru": "Q159"}
    found = {thing.id: thing.sameAs for thing in things if thing.sameAs}
    assert found == {id_: (f"http://www.wikidata.org/entity/{item}",) for id_, item in known.items()}
