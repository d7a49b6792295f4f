"""A stream of bytes in parts inside another stream, which goes on after it: a store sent to a worker."""

from __future__ import annotations

import struct
from typing import IO

_LENGTH = struct.Struct("<Q")


class Parts:
    """The stream inside, to be written or read."""

    def __init__(self, stream: IO[bytes]) -> None:
        """Begin at the place where the outer stream is.

        Args:
            stream: the outer one.
        """
        self._stream = stream
        self._left = 0
        self._ended = False

    def write(self, part: bytes) -> int:
        """Write a part, and return its length."""
        if part:
            self._stream.write(_LENGTH.pack(len(part)))
            self._stream.write(part)
        return len(part)

    def end(self) -> None:
        """Write the end."""
        self._stream.write(_LENGTH.pack(0))

    def flush(self) -> None:
        """Send on what has been written."""
        self._stream.flush()

    def read(self, most: int = -1) -> bytes:
        """Return at most so many of the next bytes, of one part; none at the end.

        Raises:
            EOFError: if the outer stream ends before.
        """
        if not self._left and not self._ended:
            (self._left,) = _LENGTH.unpack(self._whole(_LENGTH.size))
            self._ended = not self._left
        part = self._whole(self._left if most < 0 else min(most, self._left))
        self._left -= len(part)
        return part

    def _whole(self, length: int) -> bytes:
        found = self._stream.read(length)
        if len(found) < length:
            raise EOFError
        return found
