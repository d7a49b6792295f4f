"""The synthetic world: the same at every run, and data that the real reader, and its checks, find sound."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

import pytest

from benchmarks.world import World
from cagraph.curated import countries, loading, vocabulary
from cagraph.kinds import BY_NAME
from cagraph.store import home

SIZE = 450


def bytes_of(folder: Path) -> str:
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*.t*")):
        found.update(path.relative_to(folder).as_posix().encode() + path.read_bytes())
    return found.hexdigest()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return World(SIZE).write(tmp_path_factory.mktemp("world"))


def test_a_world_is_the_same_at_every_run(written: Path, tmp_path: Path) -> None:
    assert bytes_of(World(SIZE).write(tmp_path / "again")) == bytes_of(written)
    assert bytes_of(World(SIZE, seed=2).write(tmp_path / "other")) != bytes_of(written)


def test_the_real_reader_finds_no_fault_in_it_and_reads_the_same_records(written: Path) -> None:
    names = countries.load(written)
    assert names == World(SIZE).country_names()
    read = loading.load(written, vocabulary.load(Path(home.ontology())), dict.fromkeys(name.id for name in names))
    assert read == sorted(World(SIZE).things(), key=lambda thing: thing.id)


def test_it_has_things_of_every_kind_and_what_they_may_have() -> None:
    things = list(World(SIZE).things())
    assert len({thing.id for thing in things}) == SIZE
    assert {thing.kind for thing in things} == set(BY_NAME)
    blocks = [block for thing in things for block in thing.evidence]
    assert all(
        any(getattr(one, name) for one in things)
        for name in ("isReplacedBy", "preferences", "conflicts", "outline", "shortName")
    )
    assert all(any(getattr(one, name) for one in blocks) for name in ("accordingTo", "inference", "actions", "figures"))
    cited = Counter((block.passage.source, block.passage.fingerprint) for block in blocks)
    assert max(cited.values()) > 1


@pytest.mark.parametrize("size", [4, 5, 151, 299])
def test_it_can_be_of_any_size(size: int) -> None:
    assert len({table["id"] for table in World(size).tables()}) == size


def test_a_thing_keeps_its_rows_as_the_world_grows() -> None:
    small, large = World(1_000), World(100_000)
    assert (len(small.codes), len(large.codes)) == (7, 667)
    inner = "Agency", 2, 3
    ids = [world.table(member)["id"] for world in (small, large) for member in world.members() if member == inner]
    assert ids == ["tj-agency-3"] * 2
    assert [small.number(kind, 1) for kind in BY_NAME] == [large.number(kind, 1) for kind in BY_NAME]


def test_countries_get_more_things_where_there_are_no_more_countries() -> None:
    assert World(1_000_000).per_country == 1480
    assert World(1_000, per_country=500).codes == ["kz", "kg"]
