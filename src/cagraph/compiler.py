"""Data and ontology -> a compiled store on disk."""

from __future__ import annotations

import gc
import shutil
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from pyoxigraph import Quad, Store, parse

from cagraph import canonical, countries, curated, ontology, places, rdf
from cagraph.errors import StoreFault
from cagraph.vocabulary import iri

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cagraph.countries import CountryName
    from cagraph.ontology import Vocabulary
    from cagraph.records import Thing


def compiled(*, renew: bool = False) -> str:
    """Return the folder of our own store, built if it is missing or old, or if `renew`.

    Raises:
        StoreFault: if it cannot be written.
        DataFault: if the data breaks a promise.
    """
    state, home = places.state(), Path(places.cache())
    try:
        home.mkdir(parents=True, exist_ok=True)
        with _alone(home):
            return (None if renew else places.compiled(state)) or _renew(home, state)
    except OSError as error:
        raise StoreFault(f"the store cannot be written in {home}: {error.strerror or error}",
                         "free some space, or set CAGRAPH_CACHE to a folder that can be written") from None  # fmt: skip


def _renew(home: Path, state: str) -> str:
    """Build beside the old store, then point to the new one; a killed build changes nothing."""
    new = Path(mkdtemp(prefix="store-", dir=home))
    try:
        compile_to(new)
        pointer = home / f"{new.name}.current"
        pointer.write_text(f"{new.name}\n{state}", encoding="utf-8")
        pointer.replace(home / "current")
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    for old in home.glob("store-*"):
        if old != new:
            shutil.rmtree(old, ignore_errors=True)
    return str(new)


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """Hold the build lock, so that commands started together build once."""
    with (home / "lock").open("w") as lock:
        try:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX)
        except ImportError:  # pragma: no cover - Windows: the last build wins
            pass
        yield


def compile_new(folder: Path) -> Path:
    """Compile data and ontology into a new folder, whole or not at all; return it.

    Raises:
        DataFault: if the data breaks a promise.
        StoreFault: if the folder holds something already or cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreFault(f"{folder} is not an empty folder", "name a new one")
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        new = Path(mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            compile_to(new)
            new.chmod(0o777 & ~canonical.umask())
            new.replace(folder)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
    except OSError as error:
        raise StoreFault(f"the store cannot be written in {folder}: {error.strerror or error}",
                         "name a folder that can be written, or free some space") from None  # fmt: skip
    return folder


def compile_to(folder: Path) -> None:
    """Compile data and ontology into a store in an empty folder.

    Raises:
        DataFault: if the data breaks a promise.
        OSError: if the folder cannot be written.
    """
    found = dataset()
    store = Store(str(folder))
    store.bulk_extend(found)
    store.optimize()
    store.flush()


def dataset() -> set[Quad]:
    """Return every quad of data and ontology.

    Raises:
        DataFault: if the data breaks a promise.
    """
    gc.disable()  # it would look in vain through everything built so far, again and again
    try:
        things, names, terms = records()
        found = set(rdf.quads(things, names, terms))
        found.update(_ontology())
        return found
    finally:
        gc.enable()


def records() -> tuple[list[Thing], list[CountryName], Vocabulary]:
    """Return the curated records, the names of countries, and the vocabulary they are written in.

    Raises:
        DataFault: if the data breaks a promise.
        StoreFault: if a file cannot be read.
    """
    try:
        terms = ontology.load(Path(places.ontology()))
        names = countries.load(Path(places.data()))
        return curated.load(Path(places.data()), terms, dict.fromkeys(name.id for name in names)), names, terms
    except OSError as error:
        raise StoreFault(f"the data cannot be read: {error}", "set CAGRAPH_DATA to the folder of data") from None


def _ontology() -> Iterator[Quad]:
    for name in ("cagraph.ttl", "concepts.ttl"):
        yield from parse(path=str(Path(places.ontology()) / name))
    concepts = list(parse(path=str(Path(places.ontology()) / "concepts.ttl")))
    labels = {iri("skos:prefLabel"), iri("skos:altLabel")}
    yield from rdf.folded_labels(quad for quad in concepts if quad.predicate.value in labels)
