"""Questions from outside, answered by worker processes that are ended when they take too much.

The engine cannot be stopped while it answers, and some questions overrun its stack: only the end of
a process is a limit that holds.
"""

from __future__ import annotations

import os
import pickle
import queue
import subprocess
import sys
import threading
import time
import weakref
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast

from cagraph.errors import CagraphError, StoreFault
from cagraph.store.memory import TOO_LARGE
from cagraph.store.parts import Parts

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import IO

    from cagraph.store.watch import Limits

    Quads = Callable[[Parts], object]

_START = "import sys; sys.path[:] = sys.argv[2:]; from cagraph.store.serving import main; main(sys.argv[1])"
_STARTING = 60
"""Seconds in which a worker must have opened its store."""
_LISTENS = 0.1
"""Seconds from one look for Ctrl-C to the next, on systems where it does not end a wait."""
_IDLE = 1
"""Workers that wait for the next question; more come and go with questions asked at once."""
_NARROW = "narrow the question"


class Worker:
    """A process that answers questions to one store, one after the other."""

    def __init__(self, folder: str, quads: Quads | None = None) -> None:
        """Start it.

        Args:
            folder: where the store is.
            quads: what writes its quads in N-Quads, if it is in memory instead: the worker has a copy.

        Raises:
            StoreFault: if no process can be started, or it cannot open the store.
        """
        command = [sys.executable, "-c", _START, "" if quads else os.path.abspath(folder), *sys.path]
        try:
            self._process = subprocess.Popen(  # noqa: S603 - this very Python
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )  # fmt: skip
        except OSError as error:
            raise StoreFault(f"no process can be started to answer the question: {error}") from None
        self._owner = os.getpid()
        self._replies: queue.SimpleQueue[tuple[Any, CagraphError | None] | None] = queue.SimpleQueue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        if quads:
            self._send(lambda stdin: _sent(quads, stdin))
        self._reply(_STARTING, "the store could not be opened in time", "memory ran out while the store was opened")

    def ask(self, limits: Limits, method: str, *arguments: object) -> object:
        """Return what a method of the store returns.

        Raises:
            CagraphError: what the method raises.
            StoreFault: if it takes more than the limits, or the engine breaks down; the worker is ended then.
        """
        request = pickle.dumps((limits, method, *arguments))
        self._send(lambda stdin: stdin.write(request))
        return self._reply(limits.seconds, limits.late(), limits.large())

    def _send(self, write: Callable[[IO[bytes]], object]) -> None:
        try:
            stdin = cast("IO[bytes]", self._process.stdin)
            write(stdin)
            stdin.flush()
        except OSError:
            pass  # it is gone: the reply tells why
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End the process; nothing is left of it."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for end in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # what had not been sent has nobody to read it
                cast("Any", end).close()

    def is_of_this_process(self) -> bool:
        """Tell whether this very process started it, and not one that this one was forked from."""
        return self._owner == os.getpid()

    def is_alive(self) -> bool:
        """Tell whether it can answer one more question."""
        return self._process.returncode is None and self._process.poll() is None

    def _read(self) -> None:
        try:
            while True:
                self._replies.put(pickle.load(cast("Any", self._process.stdout)))  # noqa: S301 - from our own worker
        except (EOFError, OSError, pickle.UnpicklingError, ValueError):
            self._replies.put(None)

    def _reply(self, seconds: float, late: str, large: str) -> object:
        until = time.monotonic() + seconds
        try:
            while True:
                left = until - time.monotonic()
                try:
                    reply = self._replies.get(timeout=min(max(left, 0), _LISTENS))
                    break
                except queue.Empty:
                    if left <= 0:
                        raise StoreFault(late, f"{_NARROW}, or raise the limit of time") from None
            if reply is None:
                raise _broken(self._process.wait(), large)  # noqa: TRY301 - the worker is closed below
        except BaseException:
            self.close()
            raise
        answer, fault = reply
        if fault:
            raise fault
        return answer


def _sent(quads: Quads, stdin: IO[bytes]) -> None:
    """Send the quads of a store, and word of their end."""
    parts = Parts(stdin)
    quads(parts)
    parts.end()


def _broken(code: int, large: str) -> StoreFault:
    """Return what is said of a worker that ended by itself."""
    import signal

    # An allocator that gets no memory aborts; the system's own guard of memory kills.
    by_memory = {TOO_LARGE, -signal.SIGABRT, -9}
    if code in by_memory:
        return StoreFault(large, f"{_NARROW}, or raise the limit of memory")
    return StoreFault(f"the engine broke down over this question (exit {code}): it is too deep, or too long",
                      "ask in several questions")  # fmt: skip


class Workers:
    """The workers of one store: as many as are asked at once, and one that waits for the next question."""

    def __init__(self, folder: str, quads: Quads | None = None) -> None:
        self._folder, self._quads = folder, quads
        self._idle: list[Worker] = []
        # At the end of the program, or when the store is no longer used.
        self.close = weakref.finalize(self, _closed, self._idle)

    def ask(self, limits: Limits, method: str, *arguments: object) -> object:
        """Return what a method of the store returns, asked in a worker.

        Raises:
            CagraphError: what the method raises.
            StoreFault: if it takes more than the limits, or the engine breaks down.
        """
        worker = self._waiting() or Worker(self._folder, self._quads)
        try:
            return worker.ask(limits, method, *arguments)
        finally:
            self._keep(worker)

    def _waiting(self) -> Worker | None:
        while self._idle:
            try:
                worker = self._idle.pop()
            except IndexError:  # another thread took it
                return None
            if worker.is_of_this_process():
                return worker
        return None

    def _keep(self, worker: Worker) -> None:
        if worker.is_alive() and len(self._idle) < _IDLE:
            self._idle.append(worker)
        else:
            worker.close()


def _closed(idle: list[Worker]) -> None:
    """End all workers that wait."""
    while idle:
        worker = idle.pop()
        if worker.is_of_this_process():
            worker.close()
