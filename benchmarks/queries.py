"""Named queries through the Python API against the same `.rq` on rdflib's memory store, in one run.

Prints the time of each, the ratio, the geometric mean of the ratios, and whether the rows agree.
"""

from __future__ import annotations

import math
import signal
import time
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

import rdflib

from cagraph import export, queries
from cagraph.answers import lookup
from cagraph.iris import PREFIXES
from cagraph.store.opening import connect

if TYPE_CHECKING:
    from collections.abc import Callable

    from cagraph.store import Store

Answer = TypeVar("Answer")
CAP = 8
"""Seconds that rdflib may take over one query."""


def main() -> None:
    """Measure every named query on its example."""
    signal.signal(signal.SIGALRM, ring)
    graph = connect()
    memory = rdflib_copy(graph)
    ratios = []
    for name in queries.names():
        question = queries.load(name)
        sparql = question.bind(lookup.parameters(graph, question, question.example))
        ours, rows = best(partial(graph.select, sparql), 5)
        theirs, answer = best(partial(limited, memory, sparql), 1)
        same = "not finished" if answer is None else "same rows" if len(rows) == len(answer) else "ROWS DIFFER"
        ratios.append(theirs / ours)
        print(f"{name:32} {ours * 1000:9.2f} ms {theirs * 1000:10.1f} ms  x {theirs / ours:8.1f}  {same}", flush=True)
    mean = math.exp(sum(map(math.log, ratios)) / len(ratios))
    print(f"geometric mean over {len(ratios)} queries: {mean:.0f} times faster")


def rdflib_copy(graph: Store) -> rdflib.Dataset:
    """Return the whole graph in rdflib's memory store, asked as a union."""
    memory = rdflib.Dataset(default_union=True)
    with TemporaryDirectory() as folder:
        [path] = export.written(graph, ["nquads"], Path(folder))
        memory.parse(path, format="nquads")
    return memory


def limited(memory: rdflib.Dataset, sparql: str) -> list[object] | None:
    """Return rdflib's rows, or None when it takes longer than the cap; the cap then counts as its time."""
    signal.alarm(CAP)
    try:
        return list(memory.query(sparql, initNs=PREFIXES))
    except TimeoutError:
        return None
    finally:
        signal.alarm(0)


def ring(*_: object) -> None:
    """Stop a query that is over the cap."""
    raise TimeoutError


def best(ask: Callable[[], Answer], times: int) -> tuple[float, Answer]:
    """Return the shortest time of several runs, in seconds, and the answer."""
    spent = []
    for _ in range(times):
        started = time.perf_counter()
        answer = ask()
        spent.append(time.perf_counter() - started)
    return min(spent), answer


if __name__ == "__main__":
    main()
