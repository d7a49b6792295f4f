"""Data and ontology -> a compiled store on disk."""

from __future__ import annotations

import gc
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click
from pyoxigraph import BlankNode, Quad, Store

from cagraph import __version__
from cagraph.curated import countries, loading, vocabulary
from cagraph.curated.short_names import short_names
from cagraph.errors import DataFault, StoreFault
from cagraph.iris import iri
from cagraph.lawtime import lives as law_time
from cagraph.lawtime.rules import rules
from cagraph.store import derived, failures, home, lives, notes, quads, seal, statements, upkeep
from cagraph.store.embedded import Embedded

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cagraph.curated.countries import CountryName
    from cagraph.curated.records import Thing
    from cagraph.curated.vocabulary import Vocabulary


def compiled(*, renew: bool = False, damaged: str = "", spare: bool = False, say: bool = False) -> str:
    """Return the folder of our own store, built if it is missing or old.

    Args:
        renew: build it in any case.
        damaged: a store that is built anew, unless another process has done so.
        spare: build in the spare folder, because the cache cannot be written.
        say: tell on stderr that it is built.

    Raises:
        CacheFault: if there is no folder to keep it in.
        StoreFault: if it cannot be written, or the data cannot be read.
        DataFault: if the data breaks a promise.
    """
    state, cache = home.state(fresh=True), Path(home.spare() if spare else home.cache())
    try:
        with upkeep.prepared(cache):
            found = None if renew else home.compiled(state)
            return found if found and found != damaged else _renew(cache, state, say=say)
    except OSError as error:
        raise upkeep.refusal(cache, error) from None


def _renew(cache: Path, state: str, *, say: bool) -> str:
    """Build beside the old store, then point to the new one; a killed build changes nothing."""
    if say:
        click.echo("cagraph: building the store, once for this data", err=True)
    try:
        new = upkeep.new_store(cache)
        _compile_sealed(new)
        notes.write(str(cache / "current"), f"{new.name}\n{state}")
    except DataFault as fault:
        failures.remember(str(cache), state, fault)
        raise
    finally:
        upkeep.clean(cache)
    return str(new)


def compile_new(folder: Path) -> Path:
    """Compile data and ontology into a new folder, whole or not at all; return it.

    Raises:
        DataFault: if the data breaks a promise.
        StoreFault: if the folder holds something already or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreFault(f"{folder} is not an empty folder", "name a new one")
    try:
        with upkeep.placed(folder) as new:
            _compile_sealed(new)
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
    store.bulk_extend(dataset())
    return store


def _compile_sealed(folder: Path) -> None:
    """Compile into an empty folder, and seal what can be read back.

    Raises:
        OSError: if it cannot be written or read back.
    """
    compile_to(folder)
    seal.write(str(folder), len(Store.read_only(str(folder))))


def compile_to(folder: Path) -> None:
    """Compile data and ontology into a store in an empty folder.

    Raises:
        DataFault: if the data breaks a promise.
        OSError: if the folder cannot be written.
    """
    store = Store(str(folder))
    store.bulk_extend(dataset())
    store.optimize()
    store.flush()


def dataset() -> list[Quad]:
    """Return every quad of data and ontology, some more than once: the store keeps each once anyway.

    Raises:
        DataFault: if the data breaks a promise.
    """
    gc.disable()  # it would look in vain through everything built so far, again and again
    try:
        return dataset_of(*records())
    finally:
        gc.enable()


def dataset_of(things: list[Thing], names: list[CountryName], terms: Vocabulary) -> list[Quad]:
    """Return every quad of some records and the ontology."""
    told = list(quads.quads(things, names, terms))
    ontology = vocabulary.ontology(Path(home.ontology()))
    own = law_time.lives(things, terms.kinds, rules(ontology))
    countries_ = dict.fromkeys(name.id for name in names)
    kinds = Counter(one.kind for one in things if not (one.id in countries_ or one.isReplacedBy))
    about = derived.about_itself(__version__, digest(), kinds | {"Country": len(countries_)})
    written = {one.id: one.shortName for one in things if one.shortName and not one.isReplacedBy}
    return [
        *told, *derived.short_names(short_names(things, names)), *derived.search_names(told, written),
        *about, *lives.derived(own), *_with_folded_labels(ontology),
    ]  # fmt: skip


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
    engine.extend(dataset_of(found.sound, names, terms))
    return found, Embedded(engine)


def _with_folded_labels(ontology: list[Quad]) -> Iterator[Quad]:
    """Yield what the store holds of the ontology: all but the inside of shapes, whose nodes have no lasting names."""
    yield from (quad for quad in ontology if not isinstance(quad.subject, BlankNode)
                and not isinstance(quad.object, BlankNode))  # fmt: skip
    labels = {iri("skos:prefLabel"), iri("skos:altLabel")}
    yield from statements.folded_labels(quad for quad in ontology if quad.predicate.value in labels)
