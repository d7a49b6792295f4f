"""Measure builds, lookups and lists on synthetic worlds, against peers in the same run; write benchmarks/RESULTS.md.

Worlds and stores are made in a folder, which is kept if it is named, and used again.

Run: python -m benchmarks [SIZE ...] [--folder FOLDER]
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph

from benchmarks import asking, building
from benchmarks.world import World
from cagraph import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator

RESULTS = Path(__file__).with_name("RESULTS.md")
SIZES = (1_000, 10_000, 100_000)


def main() -> None:
    """Measure and write what was found."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure cagraph on synthetic worlds.")
    parser.add_argument("sizes", nargs="*", type=int, metavar="SIZE", help="things of a world", default=SIZES)
    parser.add_argument("--folder", type=Path, help="where worlds and stores are kept")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as spare:
        folder = given.folder or Path(spare)
        lines: list[str] = []
        try:
            for line in report(sorted(given.sizes or SIZES), folder):
                print(line, flush=True)  # a run takes its time
                lines.append(line)
        finally:
            RESULTS.write_text("\n".join(lines) + "\n", encoding="utf-8")


def report(sizes: list[int], folder: Path) -> Iterator[str]:
    """Yield the lines of the report."""
    yield from ("# Benchmarks", "", "<!-- Written by `python -m benchmarks`; do not edit. -->", "")
    yield f"{machine()}. All times are of the processor, user and system, over all processes of a command."
    yield from (
        "",
        "`benchmarks/world.py` makes the worlds; each thing says about as much as one of the real data.",
        "",
    )
    worlds = {size: written(size, folder) for size in sizes}
    yield from building.report(worlds, folder)
    yield from asking.report(worlds, folder)


def written(size: int, folder: Path) -> Path:
    """Return the folder of a world, written if it is not there."""
    data = folder / f"world-{size}"
    if not data.exists():
        World(size).write(folder / f"unfinished-{size}").rename(data)
    return data


def machine() -> str:
    """Return what the machine is, what runs on it, and how busy it was with other things."""
    cpu = next((line.partition(": ")[2] for line in _lines("/proc/cpuinfo") if line.startswith("model name")), "")
    memory = next((int(line.split()[1]) // 1024**2 for line in _lines("/proc/meminfo") if "MemTotal" in line), 0)
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return (
        f"{time.strftime('%Y-%m-%d')}, {platform.system()} {platform.machine()}, {cpu or platform.processor()}, "
        f"{os.cpu_count()} cores, {memory} GiB{load}; Python {sys.version.split()[0]}, cagraph {__version__}, "
        f"pyoxigraph {pyoxigraph.__version__}"
    )


def _lines(path: str) -> list[str]:
    try:
        return Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return []


if __name__ == "__main__":
    main()
