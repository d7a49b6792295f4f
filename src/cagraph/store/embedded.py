"""A compiled store in a folder, asked through pyoxigraph.

A question is put to the default graph, where every statement stands once; `GRAPH` reaches the named
graphs, each of which is a piece of evidence. The engine's union of graphs is not used: it is a bag,
and counted a statement as often as passages carry it.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, TypeVar, cast

from cagraph import formats
from cagraph.errors import QueryFault, StoreFault
from cagraph.iris import PREFIXES
from cagraph.rows import Rows
from cagraph.store import Store, datasets, guard, locks, seal, watch
from cagraph.store.cells import cell, in_step
from cagraph.store.stack import on_wide_stack

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import IO

    import pyoxigraph
    from pyoxigraph import NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples, Triple

    from cagraph.search.index import Index
    from cagraph.store.parts import Parts
    from cagraph.store.workers import Workers

Answer = TypeVar("Answer")
_CURE = f"run `cagraph build`, or name another with --store; if you changed it yourself, remove its {seal.NAME}"


class Embedded(Store):
    """A compiled store in a folder, opened read-only; `folder` is empty if it is in memory."""

    def __init__(self, engine: pyoxigraph.Store, folder: str = "", lock: object = None) -> None:
        self._engine = engine
        self.folder = folder
        self._workers: Workers | None = None
        self._lock = lock  # kept open for as long as the store is, so that no build removes its files

    def query(self, sparql: str) -> Rows | bool | list[Triple]:
        """Return rows of a SELECT, the truth of an ASK, triples of a CONSTRUCT or DESCRIBE.

        Raises:
            QueryFault: if it is no query, asks another server, or names a graph that the store lacks.
            StoreFault: if the store cannot be read.
        """
        return self._read(sparql, _plain)

    def results(self, sparql: str, format_: str) -> str:
        """Return the answer to a SELECT or ASK in a format of the W3C, as the engine writes it.

        Raises:
            QueryFault: if it is no query, asks another server, or names a graph that the store lacks.
            UsageFault: if it is another form of query, or there is no such format.
            StoreFault: if the store cannot be read.
        """
        return self._read(sparql, lambda answer: formats.results(answer, format_))

    def _read(self, sparql: str, read: Callable[[QuerySolutions | QueryBoolean | QueryTriples], Answer]) -> Answer:
        """Return what `read` makes of the answer to a question, which it reads to the end."""
        watch.begin()
        try:
            return on_wide_stack(len(sparql), lambda: self._read_here(sparql, read))
        finally:
            watch.end()

    def _read_here(self, sparql: str, read: Callable[[QuerySolutions | QueryBoolean | QueryTriples], Answer]) -> Answer:
        try:
            guard.refuse(sparql)
            answer = self._asked(sparql)
            try:
                return read(answer)
            except Exception as error:  # noqa: BLE001 - handed on without the frames that hold the answer
                raise error.with_traceback(None)  # noqa: B904
            finally:
                # An answer must die in its own thread, and the parser that looks for FROM keeps frames alive.
                del answer
        except SyntaxError:
            from cagraph.store import wrong

            raise wrong.fault(sparql) or QueryFault("this is not SPARQL", "") from None
        except UnicodeEncodeError:
            raise QueryFault("the question is not UTF-8", "save or type it in UTF-8") from None
        except (OSError, RuntimeError) as error:
            from cagraph.store import wrong

            if lacking := wrong.lacking_function(error):
                raise lacking from None
            if self.folder:
                seal.doubt(self.folder)
            raise StoreFault(f"the store cannot be read: {error}", "run `cagraph build`") from None

    def _asked(self, sparql: str) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Put a question to the whole store, or to the graphs that it names by FROM and FROM NAMED."""
        from pyoxigraph import DefaultGraph, NamedNode
        from pyoxigraph import Store as Engine

        if not guard.mentions("from", sparql):
            return self._engine.query(sparql, prefixes=PREFIXES)
        Engine().query(sparql, prefixes=PREFIXES)  # what is wrong with it is told before what it asks
        dataset = datasets.named_in(sparql)
        if dataset is None:
            return self._engine.query(sparql, prefixes=PREFIXES)
        default, named = (list(map(NamedNode, dict.fromkeys(graphs))) for graphs in dataset)
        for graph in default + named:
            if not self._engine.contains_named_graph(graph):
                raise datasets.refusal(graph.value)
        if len(default) <= 1:
            return self._engine.query(sparql, prefixes=PREFIXES, default_graph=[*default], named_graphs=[*named])
        merged = self._merged(default, named)
        return merged.query(sparql, prefixes=PREFIXES, default_graph=DefaultGraph(), named_graphs=[*named])

    def _merged(self, default: list[NamedNode], named: list[NamedNode]) -> pyoxigraph.Store:
        """Return a store whose default graph is the merge of some graphs.

        The engine asked for several gives what two of them hold twice.
        """
        from pyoxigraph import Quad
        from pyoxigraph import Store as Engine

        merged = Engine()
        for graph in named:
            merged.extend(self._engine.quads_for_pattern(None, None, None, graph))
        for graph in default:
            merged.extend(Quad(*quad.triple) for quad in self._engine.quads_for_pattern(None, None, None, graph))
        return merged

    def words(self) -> Index:
        """Return the index of the words of its things: that of its folder, or one made now.

        Raises:
            StoreFault: if it cannot be read.
        """
        from cagraph.search.index import NAME, Index

        path = os.path.join(self.folder, NAME)
        if not self.folder or not os.path.exists(path):  # in memory, or made by another tool
            return super().words()
        try:
            return Index(_mapped(path))
        except (OSError, ValueError) as error:
            raise StoreFault(f"the index of words cannot be read: {error}", "run `cagraph build`") from None

    def apart(self) -> Workers:
        """Return the worker processes that answer in its place, from its folder or from copies in their memory."""
        if self._workers is None:
            from cagraph.store.workers import Workers

            engine = self._engine
            self._workers = Workers(self.folder, None if self.folder else lambda parts: _write(engine, parts))
        return self._workers

    def size(self) -> int:
        """Return the number of quads."""
        return len(self._engine)

    def statements(self) -> Iterator[Quad]:
        """Yield every statement once: the quads of the default graph."""
        from pyoxigraph import DefaultGraph

        return self._engine.quads_for_pattern(None, None, None, DefaultGraph())

    def quads(self) -> Iterator[Quad]:
        """Yield every quad of the store."""
        return iter(self._engine)


def _write(engine: pyoxigraph.Store, parts: Parts) -> None:
    """Write the quads of a store for `received`."""
    from pyoxigraph import RdfFormat

    engine.dump(cast("IO[bytes]", parts), format=RdfFormat.N_QUADS)


def received(stream: IO[bytes]) -> Embedded:
    """Return a store in memory of the quads that another process sends.

    Args:
        stream: where they come from; what stands behind them is left there.

    Raises:
        EOFError: if it ends before.
    """
    from pyoxigraph import RdfFormat
    from pyoxigraph import Store as Engine

    from cagraph.store.parts import Parts

    engine = Engine()
    engine.bulk_load(cast("IO[bytes]", Parts(stream)), format=RdfFormat.N_QUADS)
    return Embedded(engine)


def opened(folder: str, *, whole: bool = False, marked: str = "") -> Embedded:
    """Return the compiled store of a folder.

    Args:
        folder: where it is.
        whole: read every file through, and count the quads, though nothing seems to have changed.
        marked: the mark that its seal has to bear, if that is known.

    Raises:
        StoreFault: if the folder holds none that can be read, or it is not as it was built.
    """
    from pyoxigraph import Store as Engine

    sealed = seal.is_sealed(folder)
    lock = locks.reading(os.path.join(folder, seal.NAME)) if sealed else None
    wrong = seal.damage(folder, whole=whole, marked=marked) if lock else "it is being removed" if sealed else ""
    try:
        store = Embedded(Engine.read_only(folder), folder, lock) if not wrong else None
    except (OSError, RuntimeError, ValueError) as error:
        raise StoreFault(f"{folder} is not a store that can be opened: {error}",
                         "run `cagraph build`, or name another with --store") from None  # fmt: skip
    if store and not sealed and not next(store.quads(), None) and seal.is_filled(folder):
        wrong = "it opens without any quad, but its files hold some"
    if store and whole and sealed and store.size() != seal.quads(folder):
        wrong = f"it holds {store.size():,} quads, not those it was built with"
    if not store or wrong:
        raise StoreFault(f"the store in {folder} is damaged: {wrong}", _CURE)
    return store


def _mapped(path: str) -> memoryview:
    """Return the bytes of a file, which are read as they are needed."""
    from mmap import ACCESS_READ, mmap

    with open(path, "rb") as file:
        return memoryview(mmap(file.fileno(), 0, access=ACCESS_READ))


def _plain(answer: QuerySolutions | QueryBoolean | QueryTriples) -> Rows | bool | list[Triple]:
    from pyoxigraph import QueryBoolean, QuerySolutions

    if isinstance(answer, QuerySolutions):
        return _rows(answer)
    return bool(answer) if isinstance(answer, QueryBoolean) else list(answer)


def _rows(solutions: QuerySolutions) -> Rows:
    columns = tuple(variable.value for variable in solutions.variables)
    return Rows(columns, in_step([tuple(cell(term) for term in solution) for solution in solutions]))
