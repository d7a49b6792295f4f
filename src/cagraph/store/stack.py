"""Room for questions that are long: the engine's parser and planner go one call deeper with each part of a question."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = TypeVar("Answer")

_SHORT = 4_000 if sys.platform.startswith("linux") else 400
"""Characters that are safe on an ordinary stack, of 8 MB on Linux and of 1 MB elsewhere: measured, a
nested call takes up to 12 kB and a part of a chain up to 1.6 kB a character."""
_WIDE = 255 * 2**20
"""Bytes of a stack for long questions; Windows gives no more. Only what is used is taken."""


def on_wide_stack(length: int, ask: Callable[[], Answer]) -> Answer:
    """Return what `ask` returns, run on a stack that is wide enough for a question of so many characters."""
    return ask() if length <= _SHORT else in_thread(ask, stack=_WIDE)[0]


def in_thread(ask: Callable[[], Answer], *, stack: int = 0, seconds: float | None = None) -> list[Answer]:
    """Return what `ask` returns, run in a thread that dies with the process; nothing if that takes longer.

    Args:
        ask: what is run; what it raises is raised here.
        stack: the bytes of its stack; 0 for as many as usual.
        seconds: how long is waited.
    """
    import threading

    answers: list[Answer] = []
    errors: list[BaseException] = []

    def work() -> None:
        try:
            answers.append(ask())
        except BaseException as error:  # noqa: BLE001 - handed over to the waiting thread
            # Without its frames: they hold answers of the engine, which must die in their own thread.
            errors.append(error.with_traceback(None))

    before = threading.stack_size(stack)
    try:
        thread = threading.Thread(target=work, daemon=True)
        thread.start()
    finally:
        threading.stack_size(before)
    thread.join(None if seconds is None else min(seconds, threading.TIMEOUT_MAX))
    if errors:
        raise errors[0]
    return answers
