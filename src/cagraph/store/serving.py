"""A worker process: it opens a store, or is sent one, and answers questions until its standard input is closed.

Started by `workers` with `python -c`, on every system alike; nothing is shared with the process that
asks. Whatever a question does to it, only the worker is lost.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

from cagraph.errors import CagraphError, StoreFault
from cagraph.store import memory
from cagraph.store.embedded import opened, received

if TYPE_CHECKING:
    from cagraph.store.embedded import Embedded
    from cagraph.store.watch import Limits

_LOOKS = 0.02
"""Seconds from one look at the memory to the next: the engine fills a gigabyte in two seconds."""
_BESIDE = 2**29
"""Bytes of addresses beside those of the answer: stacks, and what the allocator keeps for itself."""
_OBJECTS = 1_000_000


class _Serving:
    """An open store, and the question that it answers now."""

    def __init__(self, folder: str) -> None:
        self.answers = sys.stdout.buffer
        self.most = 0
        """Bytes of memory that may be held; 0 while nothing is asked."""
        self.store = self.opened(folder)

    def opened(self, folder: str) -> Embedded | None:
        try:
            store = opened(folder) if folder else received(sys.stdin.buffer)
        except CagraphError as fault:
            self.tell(None, fault)
            return None
        self.tell(None, None)
        return store

    def tell(self, answer: object, fault: CagraphError | None) -> None:
        pickle.dump((answer, fault), self.answers, pickle.HIGHEST_PROTOCOL)
        self.answers.flush()

    def answer(self, method: str, arguments: tuple[Any, ...]) -> None:
        try:
            answer, fault = getattr(self.store, method)(*arguments), None
        except CagraphError as found:
            answer, fault = None, found
        except MemoryError:
            os._exit(memory.TOO_LARGE)
        except Exception as error:  # noqa: BLE001 - the process that asks must hear of it
            answer, fault = None, StoreFault(f"the question could not be answered: {error!r}")
        try:
            self.tell(answer, fault)
        except MemoryError:
            os._exit(memory.TOO_LARGE)
        self.most = 0

    def watch(self) -> None:
        while True:
            time.sleep(_LOOKS)
            if 0 < self.most < memory.resident():
                os._exit(memory.TOO_LARGE)

    def listen(self) -> None:
        """Answer each question in a thread of its own, so that the end of the input is heard at once."""
        threading.Thread(target=self.watch, daemon=True).start()
        while True:
            limits: Limits
            limits, method, *arguments = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the process that started this one
            self.most = memory.resident() + memory.gigabytes(limits.gigabytes)
            memory.bound(memory.gigabytes(limits.gigabytes) + _BESIDE)
            threading.Thread(target=self.answer, args=(method, tuple(arguments)), daemon=True).start()


def main(folder: str) -> None:
    """Answer until the process that asks closes its end, or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is heard by the process that asks, which ends this one
    gc.set_threshold(_OBJECTS)
    try:
        _Serving(folder).listen()
    except (EOFError, OSError):
        os._exit(0)
