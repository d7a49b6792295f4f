"""The build as a Spark job, for data that outgrows one machine: the same functions, mapped over the same batches.

Every machine must see the files at the same path and have cagraph installed. What is common to all
records is gathered by the driver and sent to each machine once.

Run: python -m cagraph.store.spark FOLDER
Or:  spark-submit --master URL .../cagraph/store/spark.py FOLDER
"""

from __future__ import annotations

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cagraph.curated import loading
from cagraph.errors import CagraphError, DataFault, StoreFault, UsageFault
from cagraph.lawtime.rules import rules
from cagraph.store import home
from cagraph.store.building import ending, grounds, made_packed, read_packed, serialized
from cagraph.store.gathering import Gathered, common
from cagraph.store.making import Told

if TYPE_CHECKING:
    from collections.abc import Callable

    from pyspark import RDD, Broadcast, SparkContext

_BATCHES = 4
"""Batches of a task: so that starting one costs little."""


def nquads(context: SparkContext, data: Path, ontology: Path) -> RDD[bytes]:
    """Return every quad of data and ontology as N-Quads, in parts; those that `building.nquads` makes.

    Args:
        context: of Spark.
        data: the folder of curated files, at the same path on every machine.
        ontology: that of the ontology; only the driver reads it.

    Raises:
        DataFault: with every fault of every file.
        OSError: if a file cannot be read by the driver.
    """
    from pyspark import StorageLevel

    ground = grounds(data, ontology)
    batches = list(ground.batches)
    known = context.broadcast((ground.survey, ground.terms))
    files = context.parallelize(batches, max(1, len(batches) // _BATCHES))
    read = files.map(partial(_mapped, read_packed, known)).persist(StorageLevel.MEMORY_AND_DISK)
    faults, rest = list(ground.faults), Gathered()
    for wrong, told in read.map(_gathered).toLocalIterator():
        faults += wrong
        rest.merge(told)
    if faults or rest.passages.split:
        raise DataFault(loading.faults(data, ground.terms, ground.survey.countries))
    one_for_all = common(rest, ground.survey.known, ground.names, ground.terms, rules(ground.statements))
    shared = context.broadcast(one_for_all)
    made = read.map(_things).map(partial(_mapped, made_packed, shared)).persist(StorageLevel.MEMORY_AND_DISK)
    left = Told([], {}, set())
    for part in made.map(_left).toLocalIterator():
        left.merge(part)
    end = serialized(ending(ground, one_for_all, rest, left))
    return made.map(_text).union(context.parallelize([end], 1))


def _mapped(function: Callable[[Any, Any], Any], shared: Broadcast[Any], batch: object) -> Any:  # noqa: ANN401 - as the function
    return function(shared.value, batch)


def _gathered(read: Any) -> Any:  # noqa: ANN401 - what crosses from one machine to another is pickled
    return read.faults, read.told


def _things(read: Any) -> Any:  # noqa: ANN401 - the same
    return read.things


def _left(made: tuple[bytes, Told]) -> Told:
    return made[1]


def _text(made: tuple[bytes, Told]) -> bytes:
    return made[0]


def written(folder: str) -> int:
    """Write every quad of data and ontology as N-Quads, in files of a new folder; return how many parts.

    Args:
        folder: a path or an address that Spark knows.

    Raises:
        DataFault: if the data breaks a promise.
        StoreFault: if pyspark is not installed, a file cannot be read, or the folder is there already.
    """
    try:
        from pyspark.sql import SparkSession
    except ImportError:
        raise StoreFault("pyspark is not installed", "pip install 'cagraph[spark]'") from None
    if "://" not in folder and Path(folder).exists():
        raise StoreFault(f"{folder} is there already", "name a new folder")
    session = SparkSession.builder.appName("cagraph").getOrCreate()
    try:
        texts = nquads(session.sparkContext, Path(home.data()).absolute(), Path(home.ontology()))
        texts.map(_lines).saveAsTextFile(folder)
        return int(texts.getNumPartitions())
    except OSError as error:
        raise StoreFault(f"the data cannot be read: {error}", "set CAGRAPH_DATA to the folder of data") from None
    finally:
        session.stop()


def _lines(text: bytes) -> str:
    return text.decode().rstrip("\n")


def main() -> None:
    """Write the quads into the folder that the command line names."""
    try:
        if len(sys.argv) != 2:  # noqa: PLR2004
            raise UsageFault("name one new folder for the N-Quads")
        print(f"{written(sys.argv[1])} files of N-Quads in {sys.argv[1]}")  # noqa: T201
    except CagraphError as error:
        print(f"Error: {error}", file=sys.stderr)  # noqa: T201
        raise SystemExit(error.exit_code) from None


if __name__ == "__main__":
    main()
