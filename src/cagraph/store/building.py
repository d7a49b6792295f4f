"""Data and ontology -> quads, in a stream: no more is held than a few batches, and what all records share.

Files are surveyed, then read in batches, then made into quads in batches; faults stop it before
anything is made. Batches may be worked on in several processes.
"""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, NamedTuple

from pyoxigraph import RdfFormat, serialize

from cagraph.curated import countries, loading, vocabulary
from cagraph.curated.survey import batch, survey
from cagraph.errors import DataFault, StoreFault
from cagraph.lawtime.rules import rules
from cagraph.store.gathering import Gathered, common, gathered
from cagraph.store.making import Told, closing, made
from cagraph.store.pool import in_order, pieces, shelf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from pyoxigraph import Quad

    from cagraph.curated.countries import CountryName
    from cagraph.curated.records import Thing
    from cagraph.curated.survey import Survey
    from cagraph.curated.vocabulary import Vocabulary
    from cagraph.errors import Fault
    from cagraph.store.gathering import Common
    from cagraph.store.pool import Shelf

BATCH = 200
"""Records of a batch: some twenty thousand quads."""
_HELD = 50
"""Batches of records that are held in memory: some hundred megabytes."""


class Grounds(NamedTuple):
    """What is read before any record."""

    data: Path
    ontology: Path
    statements: list[Quad]
    """Those of the ontology."""
    names: list[CountryName]
    terms: Vocabulary
    survey: Survey
    files: dict[str, str]
    """The file of each record, by id."""
    faults: list[Fault]

    @property
    def batches(self) -> Iterator[list[str]]:
        """The files in batches."""
        return pieces(self.files.values(), BATCH)


def grounds(data: Path, ontology: Path) -> Grounds:
    """Return what is read before any record.

    Raises:
        DataFault: if the names of countries are wrong.
        OSError: if a file cannot be read.
    """
    terms = vocabulary.load(ontology)
    names = countries.load(data)
    found = survey(data, dict.fromkeys(name.id for name in names))
    return Grounds(data, ontology, vocabulary.ontology(ontology), names, terms, *found)


class Read(NamedTuple):
    """What is read from a batch of files."""

    things: list[Thing] | bytes
    """The records, or what another process has pickled of them."""
    faults: list[Fault]
    told: Gathered


def read(knowing: tuple[Survey, Vocabulary], paths: Iterable[str]) -> Read:
    """Read and check the records of some files, and gather what the quads of others need."""
    found, terms = knowing
    things, faults = batch(found, terms, paths)
    if not faults:
        return Read(things, faults, gathered(things, found.countries))
    told = Gathered()
    told.passages.add(things)
    return Read([], faults, told)


def read_packed(knowing: tuple[Survey, Vocabulary], paths: Iterable[str]) -> Read:
    """Return the same with the records pickled, so that they cross from one process to another, or lie on a shelf."""
    found = read(knowing, paths)
    return found._replace(things=pickle.dumps(found.things, pickle.HIGHEST_PROTOCOL))


def made_packed(one_for_all: Common, things: bytes) -> tuple[bytes, Told]:
    """Return the quads of such records as N-Quads, and what is left to be settled with all others."""
    made_, left = made(one_for_all, pickle.loads(things))  # noqa: S301 - written by a process of ours
    return serialized(made_), left


def quads(data: Path, ontology: Path) -> Iterator[Quad]:
    """Yield every quad of data and ontology, some more than once: a store keeps each once anyway.

    Raises:
        DataFault: with every fault of every file.
        StoreFault: if a file cannot be read.
    """
    with shelf(_HELD) as things:
        ground, one_for_all, rest = _read(data, ontology, read, things, 1)
        told = Told([], {}, set())
        for batch_ in things:
            made_, left = made(one_for_all, batch_)
            told.merge(left)
            yield from made_
    yield from ending(ground, one_for_all, rest, told)


def nquads(data: Path, ontology: Path, jobs: int) -> Iterator[bytes]:
    """Yield the same as N-Quads, in parts of some megabytes, made by several processes; raise the same."""
    with shelf(0) as things:
        ground, one_for_all, rest = _read(data, ontology, read_packed, things, jobs)
        told = Told([], {}, set())
        for text, left in in_order(made_packed, one_for_all, things, jobs):
            told.merge(left)
            yield text
    yield serialized(ending(ground, one_for_all, rest, told))


def _read(
    data: Path,
    ontology: Path,
    reading: Callable[[tuple[Survey, Vocabulary], list[str]], Read],
    things: Shelf,
    jobs: int,
) -> tuple[Grounds, Common, Gathered]:
    """Put all records on a shelf; return what was read before, what the making of all takes, and what they tell."""
    try:
        ground = grounds(data, ontology)
        faults, rest = list(ground.faults), Gathered()
        for one in in_order(reading, (ground.survey, ground.terms), ground.batches, jobs):
            faults += one.faults
            rest.merge(one.told)
            if not faults:
                things.put(one.things)
        if faults or rest.passages.split:
            raise DataFault(loading.faults(data, ground.terms, ground.survey.countries))
    except OSError as error:
        raise StoreFault(f"the data cannot be read: {error}", "set CAGRAPH_DATA to the folder of data") from None
    return ground, common(rest, ground.survey.known, ground.names, ground.terms, rules(ground.statements)), rest


def ending(ground: Grounds, one_for_all: Common, rest: Gathered, told: Told) -> Iterator[Quad]:
    """Yield the quads that take a look at all records, those of the countries, and those of the ontology."""
    digest = loading.digest(ground.data, ground.ontology)
    return closing(one_for_all, rest, told, ground.names, ground.statements, digest)


def serialized(quads_: Iterable[Quad]) -> bytes:
    """Return quads as N-Quads, each line once."""
    return serialize(dict.fromkeys(quads_), format=RdfFormat.N_QUADS) or b""
