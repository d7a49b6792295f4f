"""Cold lookups and lists on worlds of several sizes: whole processes, from the start to the last line."""

from __future__ import annotations

import statistics
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.building import environment, newest
from benchmarks.processes import spent
from cagraph import queries
from cagraph.answers import lookup
from cagraph.iris import PREFIXES
from cagraph.store.embedded import opened

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LOOKUPS = (
    "show tj-law-1", "show tj-agency-3", "show TJ", "status tj-law-1", "timeline tj-law-1", "chain tj-law-1",
    "evidence tj-agency-3", "cite-as source-tj-0", "agreements TJ", "laws TJ", "agencies TJ", "figures TJ",
    "compare TJ KZ", "search Ministry Tienmestan", "network tj-law-1 -o {folder}/network.html",
)  # fmt: skip
"""About one thing or country of the first block of a world: their rows are the same in worlds of all sizes."""
NAMED = {
    "agreements-between": {"country": "TJ", "other": "KZ"}, "partners": {"country": "TJ"},
    "things-of-country": {"country": "TJ", "kind": "Scheme"},
    "instruments-by-topic": {"country": "TJ", "topic": "visas"},
    "gaps-between-neighbours": {"country": "TJ", "other": "KZ"}, "agreements-under-negotiation": {"country": "TJ"},
    "signed-without-ratification": {"country": "TJ"}, "in-force-on": {"day": "2010-01-01", "country": "TJ"},
    "agreements-signed-between": {"since": "2010-01-01", "until": "2010-12-31", "country": "TJ"},
}  # fmt: skip
"""Named queries about one country, which the tool of the engine can be asked too."""
LISTS = ("countries", "sources", "coverage", "conflicts", "duplicates", "check", "query in-force-on -p day=2010-01-01",
         "query preferred-readings", "query one-source-only")  # fmt: skip
"""Of the whole graph: their rows grow with it."""
_PAIRS = 3
_LIMIT = 60
"""Seconds after which a command is given up."""
_LONG = 5
"""Seconds from which on one run is enough."""


class Asked(NamedTuple):
    """What a command cost on a world."""

    seconds: float
    rows: int
    error: str


def report(worlds: Mapping[int, Path], folder: Path) -> Iterator[str]:
    """Yield what lookups and lists cost.

    Args:
        worlds: the folder of each world by its size, each with a store that is built.
        folder: for what commands write.
    """
    floor = median([[sys.executable, "-c", "import click"]], {})[0].seconds
    sizes = "".join(f" {size:,} |" for size in worlds)
    rule = "---:|" * len(worlds)
    yield from (
        "## Lookups", "",
        f"Cold commands in units of `python -c 'import click'` ({floor * 1000:.0f} ms), medians of {_PAIRS}. What they",
        "answer is the same in all worlds. Growth is from the first size to the last.", "",
        f"| command |{sizes} growth |", f"|---|{rule}---:|",
    )  # fmt: skip
    for words in LOOKUPS:
        command = words.format(folder=folder)
        yield row(words.partition(" -o")[0], [asked(command, data) for data in worlds.values()], floor)
    yield from ("", "In a checkout, where each file may have changed:", "")
    yield from (f"| command |{sizes} growth |", f"|---|{rule}---:|")
    for words in ("show tj-law-1", "agreements TJ"):
        yield row(words, [asked(words, data, checkout=True) for data in worlds.values()], floor)
    yield from (
        "",
        "Named queries about one country, and the same SPARQL put to the same store by `oxigraph query`:",
        "",
    )
    yield from (f"| query |{sizes} growth | oxigraph: |{sizes}", f"|---|{rule}---:|---|{rule}")
    for name, given in NAMED.items():
        yield against(name, given, worlds, floor)
    linear = max(worlds) // min(worlds)
    yield from (
        "",
        "## Lists",
        "",
        f"Of the whole graph, in seconds, with their lines. Linear is a growth of {linear}.",
        "",
    )
    yield from (f"| command |{sizes} lines | growth |", f"|---|{rule}---:|---:|")
    for words in LISTS:
        yield listed(words, [asked(words, data, times=1) for data in worlds.values()])


def against(name: str, given: dict[str, str], worlds: Mapping[int, Path], floor: float) -> str:
    """Return a row of a named query, asked by cagraph and by the engine's own tool."""
    words = " ".join(["query", name, *(f"-p {key}={value}" for key, value in given.items())])
    ours = row(name, [asked(words, data) for data in worlds.values()], floor)
    tool = Path(sys.executable).with_name("oxigraph")
    if not tool.exists():
        return f"{ours} not installed |{' |' * len(worlds)}"
    theirs = []
    for data in worlds.values():
        store = newest(data)
        graph = opened(str(store))
        question = queries.load(name)
        head = "".join(f"PREFIX {prefix}: <{address}>\n" for prefix, address in PREFIXES.items())
        sparql = head + question.bind(lookup.parameters(graph, question, given))
        del graph
        command = [str(tool), "query", "--location", str(store), "--results-format", "tsv", "--query", sparql]
        theirs.append(median([command], {})[0])
    return f"{ours} |{''.join(f' {_units(one, floor)} |' for one in theirs)}"


def asked(words: str, data: Path, *, checkout: bool = False, times: int = _PAIRS) -> Asked:
    """Return what a command costs on a world: on its store, or as in a checkout, where files are looked at first."""
    variables = environment(data) | ({} if checkout else {"CAGRAPH_STORE": str(newest(data))})
    return median([[sys.executable, "-m", "cagraph", *words.split()]], variables, times)[0]


def median(commands: list[list[str]], variables: Mapping[str, str], times: int = _PAIRS) -> list[Asked]:
    """Return the median cost of each command, after one that does not count if there are several."""
    found = []
    for command in commands:
        runs = [spent(command, variables, _LIMIT)]
        if times > 1 and runs[0].seconds < _LONG:
            runs = [spent(command, variables, _LIMIT) for _ in range(times)]  # the first one warmed up
        seconds = statistics.median(run.seconds for run in runs)
        over = runs[-1].error.startswith("over")
        error = runs[-1].error.strip().split("\n")[-1] if over or (runs[-1].error and not runs[-1].output) else ""
        found.append(Asked(seconds, runs[-1].output.count("\n"), error))
    return found


def row(name: str, costs: list[Asked], floor: float) -> str:
    """Return a row of a table: what a command costs in each world, and how that grows."""
    return f"| `{name}` |{''.join(f' {_units(one, floor)} |' for one in costs)} {_growth(costs)} |"


def listed(name: str, costs: list[Asked]) -> str:
    """Return a row of a table of lists."""
    cells = "".join(f" {one.error or f'{one.seconds:.2f}'} |" for one in costs)
    return f"| `{name}` |{cells} {' / '.join(f'{one.rows:,}' for one in costs)} | {_growth(costs)} |"


def _units(one: Asked, floor: float) -> str:
    return one.error or f"{one.seconds / floor:.1f}"


def _growth(costs: list[Asked]) -> str:
    return "" if any(one.error for one in costs) else f"{costs[-1].seconds / costs[0].seconds:.1f}"
