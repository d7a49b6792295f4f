"""The build: the same quads in one process, in several, and as a Spark job, and no more held than a few batches."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import weakref
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph
import pytest
from click.testing import CliRunner

from benchmarks.world import World
from cagraph import cli
from cagraph.curated import countries, loading, vocabulary
from cagraph.errors import DataFault, StoreFault, WriteFault
from cagraph.lawtime.rules import rules
from cagraph.store import building, compiler, home, making, pool, seal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).parents[1]
TINY = ROOT / "tests/tiny"
ONTOLOGY = Path(home.ontology())


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return World(450).write(tmp_path_factory.mktemp("world"))


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that a small graph has many."""
    monkeypatch.setattr(building, "BATCH", 7)


def lines(quads: Iterable[pyoxigraph.Quad]) -> set[str]:
    return text_lines([building.serialized(quads)])


def text_lines(texts: Iterable[bytes]) -> set[str]:
    return {line for text in texts for line in text.decode().split("\n") if line}


def at_once(data: Path) -> set[str]:
    """The quads of all records together, as one batch."""
    terms, names = vocabulary.load(ONTOLOGY), countries.load(data)
    found = loading.loaded(data, terms, dict.fromkeys(name.id for name in names))
    ontology = vocabulary.ontology(ONTOLOGY)
    digest = loading.digest(data, ONTOLOGY)
    return lines(making.quads_of(found.things, names, found.local, terms, rules(ontology), ontology, digest))


# The same quads, however they are made.


@pytest.mark.parametrize("data", [TINY, ROOT / "data"], ids=["tiny", "real"])
def test_batches_give_the_quads_of_all_records_together(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = at_once(data)
    for size in (7, 100_000):
        monkeypatch.setattr(building, "BATCH", size)
        assert lines(building.quads(data, ONTOLOGY)) == expected


@pytest.mark.parametrize("jobs", [1, 2, 3])
def test_any_number_of_processes_gives_the_same_quads(world: Path, jobs: int) -> None:
    assert text_lines(building.nquads(world, ONTOLOGY, jobs)) == at_once(world)


def test_records_that_lie_in_a_file_meanwhile_give_the_same_quads(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(building, "_HELD", 2)
    assert lines(building.quads(world, ONTOLOGY)) == at_once(world)


def test_the_command_builds_the_same_store_in_two_processes_and_in_small_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAGRAPH_DATA", str(TINY))
    monkeypatch.setattr(compiler, "PIECE", 1000)
    for name, words in {"one": [], "two": ["--jobs", "2"]}.items():
        found = CliRunner().invoke(cli.main, ["build", "-o", str(tmp_path / name), *words])
        assert found.exit_code == 0, found.output
        store = pyoxigraph.Store.read_only(str(tmp_path / name))
        assert lines(store) == at_once(TINY)
        assert seal.quads(str(tmp_path / name)) == len(store)


@pytest.mark.parametrize("jobs", ["0", "-1", "two", "1000"])
def test_a_wrong_number_of_processes_is_refused(jobs: str) -> None:
    assert CliRunner().invoke(cli.main, ["build", "--jobs", jobs]).exit_code == 2


# No more is held than a few batches.


def test_no_more_is_held_than_a_few_batches(world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Batch(list[object]):
        pass

    alive: weakref.WeakSet[Batch] = weakref.WeakSet()
    most = made_ = 0
    make = making.made

    def made(*arguments: object) -> tuple[Batch, making.Told]:
        nonlocal most, made_
        quads, told = make(*arguments)  # type: ignore[arg-type]
        batch = Batch(quads)
        alive.add(batch)
        most, made_ = max(most, len(alive)), made_ + 1
        return batch, told

    monkeypatch.setattr(Batch, "__hash__", object.__hash__)
    monkeypatch.setattr(building, "made", made)
    assert sum(1 for _ in building.quads(world, ONTOLOGY)) > 40_000
    assert made_ > 60
    assert most <= 2


def test_batches_are_not_taken_far_ahead_of_what_is_used() -> None:
    taken = []

    def batches() -> Iterator[int]:
        for number in range(40):
            taken.append(number)
            yield number

    results = pool.in_order(pow, 2, batches(), 2)
    assert [next(results) for _ in range(3)] == [1, 2, 4]
    assert len(taken) < 10
    assert list(results) == [2**number for number in range(3, 40)]


@pytest.mark.slow
def test_a_hundred_thousand_things_are_built_within_two_gibibytes(tmp_path: Path) -> None:
    data = World(100_000).write(tmp_path / "world")
    script = (
        "import resource, sys; from pathlib import Path; from cagraph.store import compiler;"
        "compiler.compile_new(Path(sys.argv[1])); print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    environment = {**os.environ, "CAGRAPH_DATA": str(data)}
    run = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "store")],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert int(run.stdout) < 2 * 1024**2
    assert (seal.quads(str(tmp_path / "store")) or 0) > 10_000_000


# What is wrong is told as if all records were read together.


def test_faults_are_those_of_all_records_read_together(world: Path, tmp_path: Path) -> None:
    data = shutil.copytree(world, tmp_path / "data")
    laws = sorted(data.rglob("tj-law-*.toml"))
    laws[0].write_text(laws[0].read_text(encoding="utf-8") + "broken = [", encoding="utf-8")
    laws[1].write_text(
        laws[1].read_text(encoding="utf-8").replace("topic = [", 'topic = ["no-topic", ', 1), encoding="utf-8"
    )
    sources = sorted(data.rglob("source-tj-*.toml"))
    sources[0].write_text('id = "x"', encoding="utf-8")
    terms, names = vocabulary.load(ONTOLOGY), countries.load(data)
    expected = loading.loaded(data, terms, dict.fromkeys(name.id for name in names)).faults
    assert {Path(fault.file).stem for fault in expected} > {laws[0].stem, laws[1].stem, sources[0].stem}
    for quads in (building.quads(data, ONTOLOGY), building.nquads(data, ONTOLOGY, 2)):
        with pytest.raises(DataFault) as told:
            next(quads)
        assert told.value.faults == sorted(set(expected))


def test_what_refers_to_a_broken_file_is_told_too(world: Path, tmp_path: Path) -> None:
    """Its head is sound, so a look at that alone would let it pass."""
    data = shutil.copytree(world, tmp_path / "data")
    agencies = [path for path in data.rglob("tj-agency-*.toml") if len(list_of_those_naming(data, path.stem)) > 1]
    agencies[0].write_text(agencies[0].read_text(encoding="utf-8") + "broken = [", encoding="utf-8")
    with pytest.raises(DataFault) as told:
        next(building.quads(data, ONTOLOGY))
    assert {fault.file for fault in told.value.faults} == {
        str(agencies[0]),
        *list_of_those_naming(data, agencies[0].stem),
    }


def list_of_those_naming(data: Path, id_: str) -> list[str]:
    naming = [path for path in data.rglob("*.toml") if f'["{id_}"]' in path.read_text(encoding="utf-8")]
    return [str(path) for path in naming if path.stem != id_]


def test_one_passage_cited_in_two_ways_is_found_across_batches(world: Path, tmp_path: Path) -> None:
    data = shutil.copytree(world, tmp_path / "data")
    citing: dict[str, list[Path]] = {}
    for path in sorted(data.rglob("*.toml")):
        for line in path.read_text(encoding="utf-8").split("\n"):
            if line.startswith("passage = "):
                citing.setdefault(line, []).append(path)
    passage, [first, *_, last] = next(item for item in citing.items() if len(item[1]) > 1)
    assert first.parent != last.parent
    start, _, length = passage.split(" ")[3].partition("+")
    moved = passage.replace(f" {start}+{length} ", f" {int(start) + 1}+{length} ")
    last.write_text(last.read_text(encoding="utf-8").replace(passage, moved), encoding="utf-8")
    for quads in (building.quads(data, ONTOLOGY), building.nquads(data, ONTOLOGY, 2)):
        with pytest.raises(DataFault, match="cites a passage otherwise than"):
            next(quads)


def test_a_process_that_is_ended_from_outside_is_told() -> None:
    with pytest.raises(StoreFault, match="ended from outside"):
        list(pool.in_order(ended, None, range(3), 2))


def ended(_common: object, _batch: object) -> None:
    os._exit(9)


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="this system does not tell of other processes")
@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_no_process_of_a_build_outlives_it_and_none_shows_a_traceback(world: Path, tmp_path: Path, end: int) -> None:
    environment = {**os.environ, "CAGRAPH_DATA": str(world)}
    command = [sys.executable, "-m", "cagraph", "build", "-o", str(tmp_path / "store"), "--jobs", "2"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True, start_new_session=True) as build:
        until = time.monotonic() + 60
        while len(others_of(build.pid)) < 2 and time.monotonic() < until:
            time.sleep(0.01)
        assert len(others_of(build.pid)) >= 2
        os.killpg(build.pid, end) if end == signal.SIGINT else build.kill()
        _, error = build.communicate(timeout=60)
        while others_of(build.pid) and time.monotonic() < until:
            time.sleep(0.05)
        assert not others_of(build.pid)
    assert "Traceback" not in error or end == signal.SIGKILL  # those that had just begun cannot but show one
    # On a busy machine the signal may come when all is done: then the store is whole.
    assert (tmp_path / "store").exists() == (build.returncode == 0)


def others_of(session: int) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            state, *_ = fields = path.read_text().rpartition(")")[2].split()
            if int(fields[3]) == session and state != "Z" and int(path.parent.name) != session:
                found.append(int(path.parent.name))
    return found


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full on this system")
def test_no_room_to_put_records_aside_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "TemporaryFile", lambda: Path("/dev/full").open("wb"))  # noqa: SIM115 - the shelf closes it
    with pytest.raises(WriteFault, match="TMPDIR"), pool.shelf(0) as things:
        things.put("x" * 100_000)


# Spark.


@pytest.mark.slow
@pytest.mark.skipif(
    not (find_spec("pyspark") and shutil.which("java")), reason="Spark, or Java for it, is not installed"
)
def test_a_spark_job_gives_the_same_quads(world: Path, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "CAGRAPH_DATA": str(world),
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_LOCAL_IP": "127.0.0.1",
    }
    command = [sys.executable, "-m", "cagraph.store.spark", str(tmp_path / "parts")]
    run = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
    parts = list((tmp_path / "parts").glob("part-*"))
    assert len(parts) > 1
    assert text_lines(path.read_bytes() for path in parts) == at_once(world)
    again = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert (again.returncode, again.stderr.count("\n")) == (1, 2)
    assert "is there already" in again.stderr


@pytest.mark.skipif(find_spec("pyspark") is not None, reason="pyspark is installed")
def test_without_spark_the_cure_is_named(tmp_path: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "cagraph.store.spark", str(tmp_path / "parts")], capture_output=True, text=True
    )
    assert run.returncode == 1
    assert "pip install 'cagraph[spark]'" in run.stderr
