"""The watcher of a command: it ends its own process when a question takes too long, or too much memory.

The engine cannot be stopped once it runs, and answers in a thread of this process. A worker process
costs a lookup a third of its time; a thread that wakes up now and then costs nothing, and the engine
lets it run. Only a command may be ended so: in a program of others nobody is watched.
"""

from __future__ import annotations

import _thread
import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, SupportsFloat, TypeVar, cast

from cagraph.errors import StoreFault, UsageFault
from cagraph.store import memory
from cagraph.store.stack import in_thread

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Answer = TypeVar("Answer")
_LOOKS = 0.1
"""Seconds from one look to the next."""
_SIGINT = 2
_INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it."""
_SHOWN = 60
_LONGEST = 10**9
"""Seconds, some thirty years: more than that is no limit."""


class Limits(NamedTuple):
    """What a question may take."""

    seconds: float
    gigabytes: float

    def checked(self) -> Limits:
        """Return them, if there are such.

        Raises:
            UsageFault: if there is no such span of time, or no such memory.
        """
        if not _is_limit(self.seconds):
            raise _no_limit(self.seconds, "seconds", "time limit")
        if not _is_limit(self.gigabytes):
            raise _no_limit(self.gigabytes, "gigabytes", "limit of memory")
        return self

    def late(self) -> str:
        """Return what is said when the time is over."""
        return f"no answer within {self.seconds:g} seconds"

    def large(self) -> str:
        """Return what is said when the memory is used up."""
        return f"the question took more than {self.gigabytes:g} GB of memory"


def _is_limit(value: object) -> bool:
    # Programs give what they like.
    return isinstance(value, SupportsFloat) and not isinstance(value, bool) and 0 < cast("float", value) <= _LONGEST


def _no_limit(value: object, unit: str, what: str) -> UsageFault:
    try:
        told = repr(value) if isinstance(value, bool) else f"{value:g} {unit}"
    except OverflowError:
        told = "such a number"
    except (TypeError, ValueError):
        told = repr(value)[:_SHOWN]
    return UsageFault(f"{told} is no {what}", f"give a number of {unit} above 0, and not above {_LONGEST:,}")


USUAL = Limits(60, 4)


class _Watched(NamedTuple):
    limits: Limits
    until: float
    most: int


class _Watcher:
    """The limits of each question of this command, and the thread that looks after them."""

    def __init__(self) -> None:
        self.limits: Limits | None = None
        self.wrong: UsageFault | None = None
        self.now: _Watched | None = None
        self.started = False
        self.before = 0
        self.interrupts = -1

    def start(self) -> None:
        self.started = True
        self.before = memory.resident()
        if sys.platform != "win32":
            import signal

            # A handler of Python waits until the engine is done; a byte in this pipe comes at once.
            self.interrupts, end = os.pipe()
            os.set_blocking(self.interrupts, False)
            os.set_blocking(end, False)
            try:
                signal.set_wakeup_fd(end, warn_on_full_buffer=False)
            except ValueError:  # not in the main thread
                self.interrupts = -1
        _thread.start_new_thread(self.look, ())

    def look(self) -> None:
        while True:
            time.sleep(_LOOKS)
            if (now := self.now) is None:
                continue
            if time.monotonic() > now.until:
                _end(f"Error: {now.limits.late()}\nnarrow the question, or raise --timeout or CAGRAPH_TIMEOUT", 1)
            if memory.resident() > now.most:
                _end(f"Error: {now.limits.large()}\nnarrow the question, or raise --memory or CAGRAPH_MEMORY", 1)
            if self.is_interrupted():
                time.sleep(_LOOKS)
                if self.now is now:
                    _end("", _INTERRUPTED)

    def is_interrupted(self) -> bool:
        if self.interrupts < 0:
            return False
        try:
            return _SIGINT in os.read(self.interrupts, 64)
        except BlockingIOError:
            return False


_WATCHER = _Watcher()


def arm() -> None:
    """Watch every question from now on: for a process that may be ended."""
    seconds = _number("CAGRAPH_TIMEOUT", USUAL.seconds, "seconds")
    _WATCHER.limits = Limits(seconds, _number("CAGRAPH_MEMORY", USUAL.gigabytes, "gigabytes"))


def is_armed() -> bool:
    """Tell whether questions are watched."""
    return _WATCHER.limits is not None


def _number(variable: str, usual: float, unit: str) -> float:
    given = os.environ.get(variable) or usual
    try:
        number = float(given)
    except ValueError:
        number = 0
    if not _is_limit(number):  # it is said when a question begins: --help needs no limit
        what = "time limit" if unit == "seconds" else "limit of memory"
        _WATCHER.wrong = UsageFault(f"{variable} is {given!r}, which is no {what}", _no_limit(0, unit, what).hint)
    return number


@contextmanager
def limited(limits: Limits) -> Iterator[None]:
    """Hold the questions inside to other limits."""
    before = _WATCHER.limits
    _WATCHER.limits = limits
    try:
        yield
    finally:
        _WATCHER.limits = before


def within(seconds: float, ask: Callable[[], Answer], late: str = "", cure: str = "") -> Answer:
    """Return what `ask` returns, where nothing may be ended to stop it: only the wait ends.

    Args:
        seconds: how long is waited.
        ask: what runs in a thread that dies with the process.
        late: what is said when the time is over, and
        cure: what to do then.

    Raises:
        StoreFault: if it takes longer.
    """
    answers = in_thread(ask, seconds=seconds)
    if not answers:
        raise StoreFault(
            late or f"no answer within {seconds:g} seconds", cure or "narrow the question, or raise --timeout"
        )
    return answers[0]


def begin() -> None:
    """Begin a question: watched if this process may be ended."""
    if (limits := _WATCHER.limits) is None:
        return
    if _WATCHER.wrong:
        raise _WATCHER.wrong
    limits.checked()
    if not _WATCHER.started:
        _WATCHER.start()
    until, most = time.monotonic() + limits.seconds, _WATCHER.before + memory.gigabytes(limits.gigabytes)
    _WATCHER.now = _Watched(limits, until, most)


def end() -> None:
    """End a question."""
    _WATCHER.now = None


def _end(message: str, code: int) -> None:
    """End this process with a word on standard error."""
    try:
        os.write(2, f"{message}\n".encode())
    finally:
        os._exit(code)
