"""Data and ontology -> a compiled store on disk."""

from __future__ import annotations

import gc
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

import click
from pyoxigraph import RdfFormat, Store

from cagraph.curated import countries, loading, vocabulary
from cagraph.errors import DataFault, StoreFault
from cagraph.lawtime.rules import rules
from cagraph.search import index
from cagraph.search.gathering import index_of
from cagraph.store import building, failures, home, seal, upkeep
from cagraph.store.embedded import Embedded
from cagraph.store.making import quads_of
from cagraph.store.pool import pieces

if TYPE_CHECKING:
    from cagraph.curated.countries import CountryName
    from cagraph.curated.records import Thing
    from cagraph.curated.vocabulary import Vocabulary

PIECE = 500_000
"""Quads that the engine is given at once: it holds them until they are sorted. Fewer cost time, more cost memory."""
_QUADS = 100
"""Quads of a record."""


def compiled(
    *, renew: bool = False, damaged: str = "", spare: bool = False, say: bool = False, jobs: int = 1
) -> str:  # fmt: skip
    """Return the folder of our own store, built if it is missing or old.

    Args:
        renew: build it in any case.
        damaged: a store that is built anew, unless another process has done so.
        spare: build in the spare folder, because the cache cannot be written.
        say: tell on stderr that it is built.
        jobs: in how many processes to build it.

    Raises:
        CacheFault: if there is no folder to keep it in.
        StoreFault: if it cannot be written, or the data cannot be read.
        DataFault: if the data breaks a promise.
    """
    state, cache = home.state(fresh=True), Path(home.spare() if spare else home.cache())
    try:
        with upkeep.prepared(cache):
            found = None if renew else home.compiled(state)
            sound = found and found != damaged and seal.mark(found) == home.mark(found)
            return found if found and sound else _renew(cache, state, jobs, say=say)
    except OSError as error:
        raise upkeep.refusal(cache, error) from None


def _renew(cache: Path, state: str, jobs: int, *, say: bool) -> str:
    """Build beside the old store, then point to the new one; a killed build changes nothing."""
    if say:
        click.echo("cagraph: building the store, once for this data", err=True)
    try:
        new = upkeep.new_store(cache)
        _compile_sealed(new, jobs)
        home.point(str(new), state)
    except DataFault as fault:
        failures.remember(str(cache), state, fault)
        raise
    finally:
        upkeep.clean(cache)
    return str(new)


def compile_new(folder: Path, jobs: int = 1) -> Path:
    """Compile data and ontology into a new folder, whole or not at all; return it.

    Args:
        folder: the folder.
        jobs: in how many processes.

    Raises:
        DataFault: if the data breaks a promise.
        StoreFault: if the folder holds something already or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreFault(f"{folder} is not an empty folder", "name a new one")
    try:
        with upkeep.placed(folder) as new:
            _compile_sealed(new, jobs)
    except OSError as error:
        raise StoreFault(f"the store cannot be written in {folder}: {error.strerror or error}",
                         "name a folder that can be written, or free some space") from None  # fmt: skip
    return folder


def compiled_in_memory() -> Store:
    """Return a store of data and ontology that no folder keeps.

    Raises:
        DataFault: if the data breaks a promise.
        StoreFault: if the data cannot be read.
    """
    store = Store()
    _fill(store, 1)
    return store


def _compile_sealed(folder: Path, jobs: int) -> None:
    """Compile into an empty folder, and seal what can be read back.

    Raises:
        OSError: if it cannot be written or read back.
    """
    compile_to(folder, jobs)
    store = Store.read_only(str(folder))
    (folder / index.NAME).write_bytes(index_of(Embedded(store)))
    seal.write(str(folder), len(store))


def compile_to(folder: Path, jobs: int = 1) -> None:
    """Compile data and ontology into a store in an empty folder.

    Args:
        folder: the folder.
        jobs: in how many processes.

    Raises:
        DataFault: if the data breaks a promise.
        StoreFault: if the data cannot be read.
        OSError: if the folder cannot be written.
    """
    store = Store(str(folder))
    _fill(store, jobs)
    store.optimize()
    store.flush()


def _fill(store: Store, jobs: int) -> None:
    """Put every quad of data and ontology into a store, piece by piece; raise as `compile_to`."""
    data, ontology = Path(home.data()), Path(home.ontology())
    gc.disable()  # it would look in vain through everything built so far, again and again
    try:
        if jobs == 1:
            quads = building.quads(data, ontology)
            while first := next(quads, None):
                store.bulk_extend(chain([first], islice(quads, PIECE - 1)))
        else:
            for texts in pieces(building.nquads(data, ontology, jobs), PIECE // (building.BATCH * _QUADS)):
                store.bulk_load(b"".join(texts), format=RdfFormat.N_QUADS)
    finally:
        gc.enable()


def digest() -> str:
    """Return the SHA-256 of the curated files and the ontology, hexadecimal."""
    return loading.digest(Path(home.data()), Path(home.ontology()))


def records() -> tuple[list[Thing], list[CountryName], Vocabulary]:
    """Return the curated records, the names of countries, and the vocabulary they are written in.

    Raises:
        DataFault: if the data breaks a promise.
        StoreFault: if a file cannot be read.
    """
    try:
        terms = vocabulary.load(Path(home.ontology()))
        names = countries.load(Path(home.data()))
        return loading.load(Path(home.data()), terms, dict.fromkeys(name.id for name in names)), names, terms
    except OSError as error:
        raise StoreFault(f"the data cannot be read: {error}", "set CAGRAPH_DATA to the folder of data") from None


def trial(data: Path) -> tuple[loading.Loaded, Embedded]:
    """Return what a folder of data holds, sound or not, and the graph of what is sound in it, in memory.

    Raises:
        DataFault: if the names of countries cannot be read.
        StoreFault: if the data cannot be read.
    """
    try:
        terms = vocabulary.load(Path(home.ontology()))
        names = countries.load(data)
        found = loading.loaded(data, terms, dict.fromkeys(name.id for name in names))
    except OSError as error:
        raise StoreFault(f"the data cannot be read: {error}", "set CAGRAPH_DATA to the folder of data") from None
    engine = Store()
    ontology = vocabulary.ontology(Path(home.ontology()))
    sound = found.sound
    known = {*(thing.id for thing in sound), *(name.id for name in names)}
    local = [name for name in found.local if name.id in known]
    engine.extend(quads_of(sound, names, local, terms, rules(ontology), ontology, digest()))
    return found, Embedded(engine)
