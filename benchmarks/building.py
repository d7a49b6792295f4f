"""The build of a world against a bulk load of the same quads by the engine's own tool."""

from __future__ import annotations

import os
import shutil
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Store

from benchmarks.processes import Spent, spent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_LOAD = (
    "import sys; from pyoxigraph import Store, RdfFormat; store = Store(sys.argv[1]);"
    "store.bulk_load(path=sys.argv[2], format=RdfFormat.N_QUADS); store.optimize(); store.flush()"
)
"""For where the command `oxigraph` is not installed."""


def environment(data: Path) -> dict[str, str]:
    """Return the variables that let cagraph use a world, and keep its store beside it."""
    return {"CAGRAPH_DATA": str(data), "CAGRAPH_CACHE": str(data.parent / "cache")}


def report(worlds: Mapping[int, Path], folder: Path) -> Iterator[str]:
    """Yield what builds cost; the stores of all worlds are built afterwards.

    Args:
        worlds: the folder of each world by its size.
        folder: for what is needed meanwhile.
    """
    tool = Path(sys.executable).with_name("oxigraph")
    peer = "`oxigraph load` and `oxigraph optimize`" if tool.exists() else "pyoxigraph's `bulk_load` and `optimize`"
    yield from (
        "## Build", "",
        f"The peer is {peer} of the same quads, as N-Quads in one file.",
        "Memory is the most in use at one moment, summed over all processes.", "",
        "| things | quads | processes | cagraph | peer | times | cagraph, MiB | peer, MiB |",
        "|---:|---:|---:|---:|---:|---:|---:|---:|",
    )  # fmt: skip
    for size, data in worlds.items():
        runs = {jobs: built(data, jobs) for jobs in sorted({1, os.cpu_count() or 1}, reverse=True)}
        store = newest(data)
        text = folder / "peer.nq"
        Store.read_only(str(store)).dump(str(text), format=RdfFormat.N_QUADS)
        quads = len(Store.read_only(str(store)))
        theirs = loaded(tool, text, folder / "peer")
        text.unlink()
        for jobs, ours in sorted(runs.items()):
            times = ours.seconds / theirs.seconds
            yield (
                f"| {size:,} | {quads:,} | {jobs} | {ours.seconds:.1f} s | {theirs.seconds:.1f} s | {times:.2f} "
                f"| {ours.peak:,.0f} | {theirs.peak:,.0f} |"
            )
    yield ""


def built(data: Path, jobs: int) -> Spent:
    """Build the store of a world; return what that cost."""
    return checked(spent([sys.executable, "-m", "cagraph", "build", "--jobs", str(jobs)], environment(data)))


@cache
def newest(data: Path) -> Path:
    """Return the folder of the store of a world."""
    probe = "from cagraph.store import home; print(home.compiled(home.state()))"
    return Path(checked(spent([sys.executable, "-c", probe], environment(data))).output.strip())


def loaded(tool: Path, text: Path, store: Path) -> Spent:
    """Load quads by the engine's own means into a new store, which is removed; return what that cost."""
    try:
        if not tool.exists():
            return checked(spent([sys.executable, "-c", _LOAD, str(store), str(text)], {}))
        first = checked(spent([str(tool), "load", "--location", str(store), "--file", str(text)], {}))
        then = checked(spent([str(tool), "optimize", "--location", str(store)], {}))
        return first._replace(seconds=first.seconds + then.seconds, peak=max(first.peak, then.peak))
    finally:
        shutil.rmtree(store, ignore_errors=True)


def checked(run: Spent) -> Spent:
    """Return what a run cost, if it has done its work.

    Raises:
        RuntimeError: if it failed.
    """
    if run.error:
        raise RuntimeError(run.error)
    return run
