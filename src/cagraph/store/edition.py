"""Which edition of cagraph this is: its version, and the state of the data at hand."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from cagraph import __version__, edtf
from cagraph.curated import loading
from cagraph.errors import StoreFault, UsageFault
from cagraph.store import home

SHOWN_DIGITS = 12
"""Digits of the digest that people are shown: enough to tell any two states apart."""


def text() -> str:
    """Return the version, the digest of the data, and the last day of its newest source.

    Raises:
        StoreFault: if the data cannot be read.
    """
    data, ontology = Path(home.data()), Path(home.ontology())
    try:
        digest = loading.digest(data, ontology)
        issued = [str(date) for date in loading.source_dates(data)]
    except OSError as error:
        raise StoreFault(f"the data cannot be read: {error}", "set CAGRAPH_DATA to the folder of data") from None
    last = max(filter(None, map(_last_day, issued)), default="no source")
    return f"cagraph {__version__}\ndata {digest[:SHOWN_DIGITS]}, sources up to {last}"


def _last_day(date: str) -> str:
    """Return the last day of a date; empty if it is open, or none."""
    with suppress(UsageFault):
        latest = edtf.parse(date).latest
        return latest.isoformat() if latest else ""
    return ""
