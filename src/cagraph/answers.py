"""Answers to any SPARQL: kept within limits, triples written in the standard syntaxes."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, TypeVar

from cagraph.errors import StoreFault, UsageFault
from cagraph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pyoxigraph import Triple

Answer = TypeVar("Answer")

TRIPLES = {"turtle": "ttl", "ntriples": "nt", "trig": "trig", "jsonld": "jsonld"}
"""Format name -> file extension."""


def within(seconds: float, ask: Callable[[], Answer]) -> Answer:
    """Return what `ask` returns.

    The engine cannot be stopped once it runs, so it runs in a thread that dies with the process,
    and Ctrl-C and the limit end the wait.

    Raises:
        UsageFault: if there is no such span of time.
        StoreFault: if it takes longer than that.
    """
    if not 0 < seconds <= threading.TIMEOUT_MAX:
        raise UsageFault(f"{seconds:g} seconds is no time limit", "give a number of seconds above 0")
    found: list[Answer] = []
    failed: list[BaseException] = []

    def work() -> None:
        try:
            found.append(ask())
        except BaseException as error:  # noqa: BLE001 - handed over to the waiting thread
            failed.append(error)

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    worker.join(seconds)
    if failed:
        raise failed[0]
    if not found:
        raise StoreFault(f"no answer within {seconds:g} seconds", "narrow the question, or raise --timeout")
    return found[0]


def triples(found: Iterable[Triple], format_: str) -> str:
    """Return triples as text in one of the formats of `TRIPLES`, sorted.

    Raises:
        UsageFault: if it is none of them.
    """
    from pyoxigraph import RdfFormat, serialize

    if format_ not in TRIPLES:
        raise UsageFault(f"triples cannot be written as {format_}", f"choose one of {', '.join(TRIPLES)}")

    chosen = RdfFormat.from_extension(TRIPLES[format_])
    ordered = sorted(set(found), key=str)
    return bytes(serialize(ordered, format=chosen, prefixes=PREFIXES) or b"").decode()
