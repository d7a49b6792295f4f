"""Cold lookups against `import click`: the processor time of whole processes, in turn, medians of pairs.

Run it with the Python of a virtual environment that holds an installed wheel, not a checkout: an
editable install is compiled anew at every start where PYTHONDONTWRITEBYTECODE is set.

Run: python benchmarks/lookup.py [PAIRS] [COMMAND ...], such as `25 agreements`
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

COMMANDS = (
    "agreements TJ", "laws KZ", "show tj-be-labour-memorandum-2025", "show TJ", "status kz-uz-labour-agreement-2019",
    "timeline kz-uz-labour-agreement-2019", "timeline TJ", "chain kz-law-477-iv-2011", "compare KZ UZ",
    "search belgium memorandum", "countries", "sources", "coverage", "coverage --by-country", "conflicts", "check",
    "duplicates", "cite-as yearbook-2023", "query partners -p country=TJ", "network TJ -o network.html",
    "network -o network.html", "export -o exports", "--help", "--version",
)  # fmt: skip


def main() -> None:
    """Measure every command, or those that begin with the words given."""
    pairs = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    wanted = tuple(sys.argv[2:]) or ("",)
    cagraph = str(Path(sys.executable).parent / "cagraph")
    with tempfile.TemporaryDirectory() as folder:
        for words in [command for command in COMMANDS if command.startswith(wanted)]:
            ratio = measured([cagraph, *words.split()], pairs, folder)
            print(f"{words:40} {ratio:6.2f}", flush=True)


def measured(command: list[str], pairs: int, folder: str) -> float:
    """Return the median of the ratios of a command to `import click`, after one run that does not count."""
    floor = [sys.executable, "-c", "import click"]
    for warm in (command, floor):
        seconds(warm, folder)
    return statistics.median(seconds(command, folder) / seconds(floor, folder) for _ in range(pairs))


def seconds(command: list[str], folder: str) -> float:
    """Return the processor time that a process takes from start to end, its children included."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


if __name__ == "__main__":
    main()
