"""What a process costs: its processor time and memory, those of the processes that it starts included."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_STEP = 0.3
"""Seconds between two looks at how much memory is in use; fewer at the beginning."""


class Spent(NamedTuple):
    """What a process has cost."""

    seconds: float
    """Of processor time, of user and system, over all of its processes."""
    peak: float
    """MiB in use at the same time over all of its processes, by looks at them; 0 where the system does not tell."""
    output: str
    error: str
    """What it wrote on stderr if it failed, or that it was given up; else empty."""


def spent(command: Sequence[str], environment: Mapping[str, str], limit: float = 3600) -> Spent:
    """Run a command to its end, and return what it cost.

    Args:
        command: its words.
        environment: variables to set besides those there are.
        limit: seconds after which it is given up.
    """
    known = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    peak, began = 0.0, time.monotonic()
    with tempfile.TemporaryFile() as told, tempfile.TemporaryFile() as wrong:
        process = subprocess.Popen(
            command, env=known | dict(environment), stdout=told, stderr=wrong, start_new_session=True
        )
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            elapsed = time.monotonic() - began
            if elapsed > limit:
                process.kill()
            peak = max(peak, _memory(process.pid))
            time.sleep(min(_STEP, max(0.005, elapsed / 20)))
        process.returncode = os.waitstatus_to_exitcode(status)
        # Where the system tells of others, that is taken: this begins with the size of the process that forked.
        own = usage.ru_maxrss / (1024**2 if sys.platform == "darwin" else 1024)
        told.seek(0)
        wrong.seek(0)
        error = wrong.read().decode(errors="replace") if process.returncode else ""
        if process.returncode == -9 and time.monotonic() > began + limit:
            error = f"over {limit:.0f} s"
        return Spent(usage.ru_utime + usage.ru_stime, peak or own, told.read().decode(errors="replace"), error)


def _memory(session: int) -> float:
    """Return how many MiB all processes of a session hold at this moment."""
    total = 0
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if int((folder / "stat").read_text().rpartition(")")[2].split()[3]) == session:
                total += int((folder / "statm").read_text().split()[1])
        except (OSError, ValueError):  # it has ended meanwhile
            continue
    return total * os.sysconf("SC_PAGE_SIZE") / 1024**2
