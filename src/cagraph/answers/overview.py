"""What there is: the countries the sources speak of, and the sources themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cagraph.answers import lookup
from cagraph.queries import load
from cagraph.rows import Rows

if TYPE_CHECKING:
    from cagraph.store import Store


def countries(store: Store, source: str = "", limit: int = 0) -> Rows:
    """Return the countries that the sources speak of, with their codes and counts, most agreements first.

    Args:
        store: what is asked.
        source: only what this document tells of.
        limit: at most so many; 0 for all.
    """
    document = lookup.source_id(store, source)
    return store.select(load("countries").bind({"source": document})).first(limit)


def sources(store: Store, limit: int = 0) -> Rows:
    """Return the source documents, with how many passages are cited from each and things told of."""
    rows = store.select(load("sources").sparql)
    return Rows(rows.columns, rows.rows, shown=("id", "title", "issued", "passages", "things")).first(limit)
