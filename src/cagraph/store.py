"""The store: build it, open it, ask it. On disk through pyoxigraph, or any SPARQL 1.1 endpoint.

The one user of `pyoxigraph.Store`. Each question is asked of the union of all graphs; `GRAPH`
reaches the named ones, which are the evidence.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING, Protocol

from cagraph import __version__, places
from cagraph.errors import QueryFault, StoreFault
from cagraph.rows import Cell, Rows
from cagraph.vocabulary import ID, PREFIXES, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QuerySolutions, Store, Triple

    Term = NamedNode | BlankNode | Literal | Triple

_NUMBERS = {XSD + name for name in ("integer", "decimal", "double", "float", "int", "long")}
_STRINGS = re.compile(r'"""(?:\\.|[^\\])*?"""|\'\'\'(?:\\.|[^\\])*?\'\'\'|"(?:\\.|[^"\\\n])*"'
                      r"|'(?:\\.|[^'\\\n])*'|<[^<>\"{}|^`\\\s]*>|#[^\n]*", re.DOTALL)  # fmt: skip
_SERVICE = re.compile(r"\bservice\b", re.IGNORECASE)


class Graph(Protocol):
    """What every store can do, embedded or remote."""

    def select(self, sparql: str) -> Rows:
        """Return the rows of a SELECT query."""
        ...

    def query(self, sparql: str) -> Rows | bool | list[Triple]:
        """Return rows of a SELECT, the truth of an ASK, triples of a CONSTRUCT or DESCRIBE."""
        ...


def refuse_outside(sparql: str) -> None:
    """Refuse a query that reaches beyond the store: engines follow SERVICE to any address.

    Raises:
        QueryFault: if the query has a SERVICE clause.
    """
    if _SERVICE.search(_STRINGS.sub(" ", sparql)):
        raise QueryFault("SERVICE is refused: cagraph asks no other server", "query that endpoint by itself")


class Embedded:
    """A compiled store in a folder, opened read-only."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def select(self, sparql: str) -> Rows:
        answer = self.query(sparql)
        if not isinstance(answer, Rows):
            raise QueryFault("this is not a SELECT query", "")
        return answer

    def query(self, sparql: str) -> Rows | bool | list[Triple]:
        from pyoxigraph import QueryBoolean, QuerySolutions

        refuse_outside(sparql)
        try:
            answer = self._store.query(sparql, prefixes=PREFIXES, use_default_graph_as_union=True)
            if isinstance(answer, QuerySolutions):
                return _rows(answer)
            return bool(answer) if isinstance(answer, QueryBoolean) else list(answer)
        except SyntaxError as error:
            message = " ".join(str(error.msg or error).split())
            shown = message if len(message) < 160 else message[:157] + "..."  # noqa: PLR2004
            raise QueryFault(f"this is not SPARQL: {shown}", _pointer(sparql, message)) from None
        except OSError as error:
            raise StoreFault(f"the store cannot be read: {error}", "run `cagraph build`") from None

    def size(self) -> int:
        """Return the number of quads."""
        return len(self._store)

    def quads(self) -> Iterator[Quad]:
        """Yield every quad of the store."""
        return iter(self._store)


def _pointer(sparql: str, message: str) -> str:
    """Return the line a syntax error points to, with a mark under the place."""
    place = re.search(r"(\d+):(\d+)", message)
    lines = sparql.splitlines()
    if not place or not 1 <= int(place[1]) <= len(lines):
        return ""
    return f"{lines[int(place[1]) - 1]}\n{' ' * (int(place[2]) - 1)}^"


def _rows(solutions: QuerySolutions) -> Rows:
    columns = tuple(variable.value for variable in solutions.variables)
    return Rows(columns, [tuple(_cell(term) for term in solution) for solution in solutions])


def _cell(term: Term | None) -> Cell:
    from pyoxigraph import Literal, NamedNode

    if term is None:
        return None
    if isinstance(term, Literal):
        return literal(term.value, term.datatype.value)
    return shorten(term.value) if isinstance(term, NamedNode) else str(term)


def literal(text: str, datatype: str) -> Cell:
    """Return a literal as a plain Python value.

    >>> literal("800", "http://www.w3.org/2001/XMLSchema#decimal")
    800
    """
    if datatype in _NUMBERS:
        number = float(text)
        return int(number) if number.is_integer() else number
    return text == "true" if datatype == XSD + "boolean" else text


def shorten(iri: str) -> str:
    """Return the id of a resource of ours, a prefixed name of a known vocabulary, else the IRI.

    >>> shorten("https://w3id.org/cagraph/id/tj"), shorten("http://purl.org/dc/terms/title")
    ('tj', 'dcterms:title')
    """
    if iri.startswith(ID):
        return iri[len(ID) :]
    for prefix, base in PREFIXES.items():
        if iri.startswith(base) and prefix != "id":
            return f"{prefix}:{iri[len(base) :]}"
    return iri


def connect(where: str | None = None, *, say: bool = True) -> Graph:
    """Open the store that `where` or `CAGRAPH_STORE` names: an endpoint's URL, a folder, or ours.

    Our own is built first when it is missing or older than the data.

    Raises:
        StoreFault: if the store cannot be opened or built.
        DataFault: if it had to be built and the data is wrong.
    """
    where = where or os.environ.get("CAGRAPH_STORE")
    if where and re.match(r"https?://", where):
        from cagraph.remote import Remote

        return Remote(where)
    return _open(Path(where) if where else compiled(say=say))


def _open(folder: Path) -> Embedded:
    from pyoxigraph import Store

    try:
        return Embedded(Store.read_only(str(folder)))
    except (OSError, ValueError) as error:
        raise StoreFault(f"{folder} is not a store that can be opened: {error}",
                         "run `cagraph build`, or name another with --store") from None  # fmt: skip


def compiled(*, say: bool = True, renew: bool = False) -> Path:
    """Return the folder of our own store, built anew if the data has changed since, or on demand."""
    signature = _signature()
    home = places.cache() / hashlib.sha256(f"{places.data().resolve()} {__version__}".encode()).hexdigest()[:16]
    current = None if renew else _current(home, signature)
    if current:
        return current
    if say:
        print("cagraph: building the store, once for this data", file=sys.stderr)  # noqa: T201
    try:
        home.mkdir(parents=True, exist_ok=True)
        with _alone(home):
            return (None if renew else _current(home, signature)) or _renew(home, signature)
    except OSError as error:
        raise StoreFault(f"the store cannot be written in {home}: {error}",
                         "free some space, or set CAGRAPH_CACHE to a folder that can be written") from None  # fmt: skip


def _current(home: Path, signature: str) -> Path | None:
    try:
        name, _, built_from = (home / "current").read_text(encoding="utf-8").partition("\n")
    except (OSError, UnicodeDecodeError):
        return None
    folder = home / name
    return folder if built_from == signature and (folder / "CURRENT").is_file() else None


def _renew(home: Path, signature: str) -> Path:
    """Build beside the old store, then point to the new one; a killed build changes nothing."""
    new = Path(mkdtemp(prefix="store-", dir=home))
    try:
        compile_to(new)
        pointer = home / f"{new.name}.current"
        pointer.write_text(f"{new.name}\n{signature}", encoding="utf-8")
        pointer.replace(home / "current")
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise
    for old in home.glob("store-*"):
        if old != new:
            shutil.rmtree(old, ignore_errors=True)
    return new


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


def _signature() -> str:
    """Return what tells one state of data and ontology from another, without reading them.

    An installed package changes only as a whole, so its folders' times are enough.
    """
    roots = [places.data(), places.ontology()]
    if all(root.is_relative_to(places.PACKAGE) for root in roots):
        return "\n".join(f"{root} {root.stat().st_mtime_ns}" for root in roots)
    entries = sorted(entry for root in roots for entry in _entries(str(root)))
    return hashlib.sha256("\n".join(entries).encode()).hexdigest()


def _entries(folder: str) -> Iterator[str]:
    with os.scandir(folder) as found:
        for entry in found:
            if entry.is_dir():
                yield from _entries(entry.path)
            elif entry.name.endswith((".toml", ".tsv", ".ttl")) and not entry.name.startswith("."):
                about = entry.stat()
                yield f"{entry.path} {about.st_size} {about.st_mtime_ns}"


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
            new.replace(folder)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise
    except OSError as error:
        raise StoreFault(f"the store cannot be written in {folder}: {error}", "free some space") from None
    return folder


def compile_to(folder: Path) -> None:
    """Compile data and ontology into a store in an empty folder.

    Raises:
        DataFault: if the data breaks a promise.
        OSError: if the folder cannot be written.
    """
    from pyoxigraph import Store

    found = dataset()
    store = Store(str(folder))
    store.bulk_extend(found)
    store.optimize()
    store.flush()


def size(folder: Path) -> int:
    """Return the number of quads of a compiled store."""
    return _open(folder).size()


def dataset() -> set[Quad]:
    """Return every quad of data and ontology.

    Raises:
        DataFault: if the data breaks a promise.
    """
    import gc

    from cagraph import countries, curated, rdf, vocabulary

    gc.disable()
    try:
        terms = vocabulary.load(places.ontology())
        names = countries.load(places.data())
        things = curated.load(places.data(), terms, dict.fromkeys(name.id for name in names))
        found = set(rdf.quads(things, names, terms))
        found.update(_ontology())
        return found
    finally:
        gc.enable()


def _ontology() -> Iterable[Quad]:
    from pyoxigraph import parse

    from cagraph.rdf import folded_labels
    from cagraph.vocabulary import iri

    for name in ("cagraph.ttl", "concepts.ttl"):
        yield from parse(path=str(places.ontology() / name))
    concepts = list(parse(path=str(places.ontology() / "concepts.ttl")))
    labels = {iri("skos:prefLabel"), iri("skos:altLabel")}
    yield from folded_labels(quad for quad in concepts if quad.predicate.value in labels)
