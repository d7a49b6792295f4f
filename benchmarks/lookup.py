"""A cold lookup against `import click`: whole processes, in turn, medians of fifteen pairs.

Run it with the Python of a virtual environment that holds an installed wheel, not a checkout: an
editable install is compiled anew at every start where PYTHONDONTWRITEBYTECODE is set.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

PAIRS = 15


def main() -> None:
    """Measure `cagraph agreements Tajikistan` with a built store."""
    command = [str(Path(sys.executable).parent / "cagraph"), "agreements", "Tajikistan"]
    floor = [sys.executable, "-c", "import click"]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    for one in (command, floor):
        seconds(one, environment)
    pairs = [(seconds(command, environment), seconds(floor, environment)) for _ in range(PAIRS)]
    ours, theirs = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"lookup {ours * 1000:.0f} ms, import click {theirs * 1000:.0f} ms, median ratio {ratio:.2f}")


def seconds(command: list[str], environment: dict[str, str]) -> float:
    """Return how long a process takes from start to end."""
    started = time.perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
