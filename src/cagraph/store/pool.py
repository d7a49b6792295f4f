"""Work on batches, here or in several processes; and a shelf for what is read once and used again."""

from __future__ import annotations

import os
import pickle
import signal
from collections import deque
from contextlib import ExitStack, contextmanager, suppress
from itertools import islice
from multiprocessing import parent_process
from tempfile import TemporaryFile
from threading import Thread, current_thread, main_thread
from typing import IO, TYPE_CHECKING, Any, TypeVar

from cagraph.errors import StoreFault, WriteFault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from concurrent.futures import Future, ProcessPoolExecutor

Item = TypeVar("Item")
Result = TypeVar("Result")
_AHEAD = 2
"""Batches that wait for each process: enough to keep it busy, and few enough to hold."""


def in_order(
    function: Callable[[Any, Item], Result], common: object, batches: Iterable[Item], jobs: int
) -> Iterator[Result]:
    """Yield what a function of what is common to all, and a batch, returns for each batch, in their order.

    Args:
        function: a function of a module, so that another process finds it.
        common: its first argument, handed to each process once.
        batches: its second ones; no more than a few are taken ahead of what has been yielded.
        jobs: how many processes; 1 is this one.

    Raises:
        StoreFault: if a process was ended from outside.
    """
    if jobs == 1:
        yield from (function(common, batch) for batch in batches)
        return
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    # A fork would copy the threads of a store that is being written as they stand.
    try:
        with ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (function, common)) as pool:
            rest = iter(batches)
            waiting = deque(_submitted(pool, islice(rest, jobs * _AHEAD)))
            while waiting:
                result = waiting.popleft().result()
                waiting.extend(_submitted(pool, islice(rest, 1)))
                yield result
    except BrokenProcessPool:
        raise StoreFault("a process of the build was ended from outside, perhaps for want of memory",
                         "run `cagraph build --jobs 1`") from None  # fmt: skip


_here: list[tuple[Callable[[Any, Any], Any], object]] = []
"""In a process of the pool: the function, and what is common to all batches."""


def _begin(function: Callable[[Any, Any], Any], common: object) -> None:
    _here[:] = [(function, common)]
    Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    """End this process with the one that started it, however that ends: it would wait for work for ever."""
    parent = parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _submitted(pool: ProcessPoolExecutor, batches: Iterable[object]) -> Iterator[Future[Any]]:
    """Yield what batches will give."""
    for batch in batches:
        with _ctrl_c_held_back():
            result = pool.submit(_work, batch)
        yield result


@contextmanager
def _ctrl_c_held_back() -> Iterator[None]:
    """Let Ctrl-C wait meanwhile, and processes that are started never hear it: this one is to say what happens."""
    if not hasattr(signal, "pthread_sigmask"):  # pragma: no cover - Windows
        yield
        return
    heard: list[int] = []
    # Threads of the engine may hear it all the same.
    before = signal.getsignal(signal.SIGINT) if current_thread() is main_thread() else None
    if before is not None:
        signal.signal(signal.SIGINT, lambda number, _: heard.append(number))
    masked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, masked)
        if before is not None:
            signal.signal(signal.SIGINT, before)
        if heard:
            signal.raise_signal(signal.SIGINT)


def _work(batch: object) -> Any:  # noqa: ANN401 - whatever the function returns
    function, common = _here[0]
    return function(common, batch)


def pieces(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """Yield items in lists of a size; the last may be shorter.

    >>> list(pieces("abcde", 2))
    [['a', 'b'], ['c', 'd'], ['e']]
    """
    rest = iter(items)
    while piece := list(islice(rest, size)):
        yield piece


class Shelf:
    """Batches that are read again in the order in which they were put: the first in memory, the rest in a file.

    The file is made when it is needed, has no name, and is gone with the process.
    """

    def __init__(self, held: int, files: ExitStack) -> None:
        self._held, self._files = held, files
        self._first: list[Any] = []
        self._file: IO[bytes] | None = None

    def put(self, batch: object) -> None:
        """Put a batch behind the others.

        Raises:
            WriteFault: if the file cannot be written.
        """
        if len(self._first) < self._held:
            self._first.append(batch)
            return
        try:
            if self._file is None:
                self._file = TemporaryFile()  # noqa: SIM115 - the shelf closes it
                self._files.callback(_close, self._file)
            pickle.dump(batch, self._file, pickle.HIGHEST_PROTOCOL)
            self._file.flush()
        except OSError as error:
            message = f"records cannot be put aside while the store is built: {error.strerror or error}"
            cure = "free some space for temporary files, or set TMPDIR to a folder that has some"
            raise WriteFault(message, cure) from None

    def __iter__(self) -> Iterator[Any]:
        yield from self._first
        if self._file:
            end = self._file.tell()
            self._file.seek(0)
            while self._file.tell() < end:
                yield pickle.load(self._file)  # noqa: S301 - written by this process


def _close(file: IO[bytes]) -> None:
    with suppress(OSError):  # of a full disk, which has been told
        file.close()


@contextmanager
def shelf(held: int) -> Iterator[Shelf]:
    """Provide a shelf that keeps so many batches in memory."""
    with ExitStack() as files:
        yield Shelf(held, files)
