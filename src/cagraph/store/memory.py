"""How much memory this process takes, by what each system offers for it."""

from __future__ import annotations

import os
import sys

TOO_LARGE = 86
"""The exit code of a worker that took more memory than it may."""
_GIGABYTE = 10**9


def gigabytes(size: float) -> int:
    """Return gigabytes in bytes."""
    return int(size * _GIGABYTE)


def resident() -> int:
    """Return the bytes of memory that this process holds; 0 where the system does not tell."""
    if sys.platform.startswith("linux"):
        return _pages()[1]
    if sys.platform == "win32":
        return _working_set()
    import resource

    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most if sys.platform == "darwin" else most * 1024


def bound(more: int) -> None:
    """Let the system refuse this process more than so many further bytes of addresses, where it can."""
    if not sys.platform.startswith("linux"):
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = _pages()[0] + more
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _pages() -> list[int]:
    """Return the bytes of addresses and of memory that this process has."""
    with open("/proc/self/statm", "rb") as file:
        size = os.sysconf("SC_PAGE_SIZE")
        return [int(number) * size for number in file.read().split()[:2]]


def _working_set() -> int:
    import ctypes

    if sys.platform != "win32":
        return 0

    class Counters(ctypes.Structure):
        _fields_ = (
            ("size", ctypes.c_uint32), ("faults", ctypes.c_uint32), ("peak", ctypes.c_size_t), ("now", ctypes.c_size_t),
            *((f"other_{number}", ctypes.c_size_t) for number in range(6)),
        )  # fmt: skip

    found = Counters()
    found.size = ctypes.sizeof(found)
    process = ctypes.c_void_p(-1)  # this one
    told = ctypes.windll.kernel32.K32GetProcessMemoryInfo(process, ctypes.byref(found), found.size)
    return int(found.now) if told else 0
