"""Locks between processes, which end with the process that holds them, however it ends.

One process builds at a time, and no store is removed while another reads it: the engine opens the
files of a large one only as it needs them.
"""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Reading:
    """A lock shared with other readers, held until it is forgotten."""

    def __init__(self, handle: int) -> None:
        self._handle = handle

    def __del__(self) -> None:
        os.close(self._handle)


@contextmanager
def building(path: str) -> Iterator[None]:
    """Hold the lock of builds, a file at this path, waiting for whoever holds it.

    Raises:
        OSError: if the file cannot be made.
    """
    while True:
        handle = _opened(path, os.O_RDWR | os.O_CREAT)
        try:
            _take(handle, shared=False, wait=True)
            if _is(handle, path):
                yield
                return
        finally:
            os.close(handle)


@contextmanager
def alone(path: str) -> Iterator[bool]:
    """Hold the lock of a file that is there, unless another process does; tell whether it is held."""
    try:
        handle = _opened(path, os.O_RDWR)
    except OSError:
        yield False
        return
    try:
        yield _take(handle, shared=False, wait=False)
    finally:
        os.close(handle)


def reading(path: str) -> Reading | None:
    """Return the lock of a file, shared with other readers; none if it is not there or about to be removed."""
    try:
        lock = Reading(handle := _opened(path, os.O_RDONLY))
    except OSError:
        return None
    return lock if _take(handle, shared=True, wait=False) and _is(handle, path) else None


def _opened(path: str, flags: int) -> int:
    """Open the file of a lock; what is a pipe is not waited for."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0), 0o666)


def _is(handle: int, path: str) -> bool:
    """Tell whether an open file still stands at its path: a cache may be removed while one waits for its lock."""
    try:
        return os.path.samestat(os.fstat(handle), os.stat(path))
    except OSError:
        return False


if sys.platform == "win32":  # pragma: no cover

    def _take(handle: int, *, shared: bool, wait: bool) -> bool:
        """Take the lock; readers need none here, where an open file cannot be removed."""
        import msvcrt
        import time

        while not shared:
            try:
                os.lseek(handle, 0, os.SEEK_SET)
                msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
            except OSError:
                if not wait:
                    return False
                time.sleep(0.05)
            else:
                break
        return True

else:

    def _take(handle: int, *, shared: bool, wait: bool) -> bool:
        """Take the lock; a file system that has none lets everybody through, and the last build wins."""
        import fcntl

        try:
            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        except OSError:
            pass
        return True
