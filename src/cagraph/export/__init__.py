"""The graph in other people's formats: RDF, tables, network files. The same bytes every time.

Nothing that depends on the day of the export goes in: the one status that is written is that of the
last day of the newest source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cagraph import files
from cagraph.errors import StoreFault, UsageFault
from cagraph.export import networks, rdf, tables
from cagraph.store.embedded import Embedded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from cagraph.store import Store

FORMATS: dict[str, Callable[[Embedded], dict[str, str]]] = {
    "turtle": rdf.turtle, "trig": rdf.trig, "nquads": rdf.nquads, "jsonld": rdf.jsonld, "rdfxml": rdf.rdfxml,
    "csv": tables.csv, "graphml": networks.graphml, "gexf": networks.gexf, "nodelink": networks.nodelink,
}  # fmt: skip
"""Format -> what writes it: a store in, file names and their texts out."""
COMMITTED = ("turtle", "csv", "graphml")
"""The formats kept in `exports/`."""


def written(store: Store, formats: Iterable[str], folder: Path) -> list[Path]:
    """Write the graph in some formats into a folder, each file whole or not at all.

    Args:
        store: a store on this machine.
        formats: names out of `FORMATS`; those of `COMMITTED` if there are none.
        folder: made if missing.

    Returns:
        The files written.

    Raises:
        UsageFault: if there is no such format.
        StoreFault: if the store is an endpoint, which does not hand out its quads.
    """
    chosen = _writers(formats)
    local = _local(store)
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for write in chosen:
        for file, content in write(local).items():
            files.write(folder / file, content)
            written.append(folder / file)
    return written


def text(store: Store, formats: Iterable[str]) -> str:
    """Return the graph in a format that is one file.

    Raises:
        UsageFault: if there is no such format, or not one of one file.
        StoreFault: if the store is an endpoint, which does not hand out its quads.
    """
    chosen = _writers(formats)
    if len(chosen) != 1 or chosen[0] is tables.csv:
        single = ", ".join(name for name in FORMATS if name != "csv")
        raise UsageFault("standard output holds one file", f"name one format of {single}, or a folder with -o")
    return next(iter(chosen[0](_local(store)).values()))


def _writers(formats: Iterable[str]) -> list[Callable[[Embedded], dict[str, str]]]:
    chosen = list(dict.fromkeys(formats)) or list(COMMITTED)
    for name in chosen:
        if name not in FORMATS:
            raise UsageFault(f"{name!r} is not an export format", f"choose among {', '.join(FORMATS)}")
    return [FORMATS[name] for name in chosen]


def _local(store: Store) -> Embedded:
    if not isinstance(store, Embedded):
        raise StoreFault("an endpoint cannot be exported", "leave out --store, or use the endpoint's own dump")
    return store
