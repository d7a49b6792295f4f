"""`python -m cagraph` is the command `cagraph`."""

from __future__ import annotations

import _signal  # type: ignore[import-not-found]  # `signal` itself is a module of Python's, whose loading Ctrl-C could strike
import gc
import os
import sys

_OBJECTS = 1_000_000
"""Objects made before the garbage collector looks for cycles: a lookup makes fewer, and ends before there
is anything to collect; looking at the usual 700 took a fiftieth of its time."""


_INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it; the command line, which has it too, may not be loaded yet."""


def run() -> None:
    """Run the command line; Ctrl-C ends it without a word, also while modules load."""
    usual = _signal.default_int_handler
    heard = _signal.getsignal(_signal.SIGINT) is usual  # else whoever started us has it ignored
    if heard:  # while modules load there is nothing to undo, and libraries would wrap the interrupt in other errors
        _signal.signal(_signal.SIGINT, lambda *_: os._exit(_INTERRUPTED))
    gc.set_threshold(_OBJECTS)
    sys.unraisablehook = _unraisable
    try:
        if None in {sys.stdin, sys.stdout, sys.stderr}:
            _fill()
        from cagraph.cli import main
        from cagraph.store import watch

        watch.arm()
        if heard:
            _signal.signal(_signal.SIGINT, usual)
        main(prog_name="cagraph")
    except KeyboardInterrupt:
        raise SystemExit(_INTERRUPTED) from None


def _unraisable(told: sys.UnraisableHookArgs) -> None:
    """End at an interrupt that strikes where nothing can be raised, such as the locks of an import."""
    if told.exc_type is KeyboardInterrupt:
        os._exit(_INTERRUPTED)
    sys.__unraisablehook__(told)


def _fill() -> None:
    """Open standard streams that the caller closed: the next file to be opened would be taken for one."""
    number = 0
    while number in range(3):
        number = os.open(os.devnull, os.O_RDWR)
    os.close(number)


if __name__ == "__main__":
    run()
