"""Every example a reader meets answers: in the help of commands, on the pages, of the named queries.

An example is run as it stands, in this process, from the folder of the project, or, where it writes,
from an empty one; commands that change curated files get a copy of them, and exports are made of the
small graph, which takes a tenth of the time. An example has answered when it prints rows, or text
where its command has none, or when the file that it names is there.
"""

from __future__ import annotations

import csv
import json
import re
import shlex
import shutil
import subprocess
import tomllib
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, pairwise
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from cagraph import cli, queries
from cagraph.store import Store, opening

ROOT = Path(__file__).parents[1]
PAGES = [
    ROOT / "README.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "exports/README.md",
]
STAND_INS = {
    r"--sources (?:\.\./shared/sources|DIR)(?= |$)": "--sources {sources}",
    r"http://127\.0\.0\.1:7878/query": "{endpoint}",
    r"http://127\.0\.0\.1:8890/sparql": "{virtuoso}",
    r"query NAME --param NAME=VALUE$": "query partners --param country=KG",
    r"cite --fill$": "cite --fill data/agreements/kz-kr-road-map.toml --sources {sources}",
}
"""What cannot run as it is written -> what is run in its place; braces name a fixture."""
ELSEWHERE = {
    ".venv/bin/pip": "asks a registry",
    ".venv/bin/pytest": "is what runs this",
    "isql-vt": "is run by the fixture `virtuoso`, in the words of the page",
    "make": "is run dry, below",
    "oxigraph": "is run by the fixture `endpoint`, in the words of the page",
    "python3": "makes the environment that .venv/bin/pip fills",
    "virtuoso-t": "is run by the fixture `virtuoso`, in the words of the page",
    "test": "looks for that environment",
}
"""Programs of others that pages show -> why they are no example of ours."""
CURATING = {("cite", "--fill"), ("format",)}
"""How commands begin that change the curated files they name."""
BESIDE_ROWS = {"csv": 1, "tsv": 1, "markdown": 2}
"""Lines of a format that are no row."""

_BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
_SPAN = re.compile(r"`((?:cagraph|make) [^`]+)`")
_HELP = re.compile(r"^ *Example: (.+(?:\n *\S.*)*)", re.MULTILINE)


def commands_of(line: str) -> Iterator[str]:
    """Yield each command of a line of shell, quoted in one way."""
    lexer = shlex.shlex(line, posix=True, punctuation_chars=True)
    lexer.whitespace_split, lexer.commenters = True, ""
    words: list[str] = []
    for word in lexer:
        if word in {"&&", "||", ";", "|", "&"}:
            yield shlex.join(words)
            words = []
        else:
            words.append(word)
    yield shlex.join(words)


def of_helps() -> Iterator[str]:
    """Yield the lines behind `Example:` in the help of the group and of each command."""
    context = click.Context(cli.main)
    helps = (cli.main, *(cli.main.get_command(context, name) for name in cli.COMMANDS))
    for block in chain.from_iterable(_HELP.findall(command.help or "") for command in helps if command):
        yield from re.sub(r"\n *(?!\s*cagraph )", " ", block).splitlines()


def of_page(path: Path) -> Iterator[str]:
    """Yield the commands of a page: the lines of its shell blocks, those after a prompt, the spans of its text."""
    text = path.read_text(encoding="utf-8")
    for language, block in _BLOCK.findall(text):
        lines = block.replace("\\\n", " ").splitlines()
        if language == "sh":
            yield from lines
        elif language == "console":
            yield from (line.removeprefix("$ ") for line in lines if line.startswith("$ "))
    yield from _SPAN.findall(_BLOCK.sub("", text))


def of_queries() -> Iterator[str]:
    """Yield what asks each named query with the values of its example."""
    for name in queries.names():
        values = (f"--param {shlex.quote(f'{key}={value}')}" for key, value in queries.load(name).example.items())
        yield " ".join((f"cagraph query {name}", *values))


def shown() -> dict[str, str]:
    """Return every command that is shown, and where first."""
    pages = ((str(page.relative_to(ROOT)), of_page(page)) for page in PAGES)
    found: dict[str, str] = {}
    for place, lines in (("help", of_helps()), *pages, ("queries", of_queries())):
        for command in chain.from_iterable(map(commands_of, lines)):
            found.setdefault(command.removeprefix(".venv/bin/") if "cagraph" in command else command, place)
    return found


SHOWN = shown()
EXAMPLES = {command: place for command, place in SHOWN.items() if command.startswith("cagraph ")}


@pytest.fixture
def copy_of_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Copy the curated files, with the record that docs/curating.md writes among them, and return the folder above."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    block = re.search(r"```toml\n(.*?)```", (ROOT / "docs/curating.md").read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    (tmp_path / "data/agreements" / f"{tomllib.loads(block[1])['id']}.toml").write_text(block[1], encoding="utf-8")
    monkeypatch.setenv("CAGRAPH_DATA", str(tmp_path / "data"))
    return tmp_path


def written(words: list[str]) -> Iterator[Path]:
    """Yield the files and folders that a command writes or changes."""
    for option, value in pairwise(words):
        if option in {"-o", "--output", "--svg"}:
            yield Path(value)
    if changes_data(words):
        yield from (Path(word) for word in words if word.endswith(".toml"))


def changes_data(words: list[str]) -> bool:
    return any(tuple(words[: len(start)]) == start for start in CURATING)


def is_there(path: Path) -> bool:
    """Tell whether a file, or some file of a folder, holds something."""
    return any(one.stat().st_size for one in (path, *path.rglob("*")) if one.is_file())


def count(found: Result, words: list[str]) -> int:
    """Return how many rows were printed, or lines by a command that prints no rows."""
    command = cli.main.get_command(click.Context(cli.main), words[0])
    if command is None or not any(param.name == "format_" for param in command.params):
        return len(found.stdout.splitlines())
    format_ = words[words.index("--format") + 1] if "--format" in words else "tsv"
    if format_ == "json":
        return len(json.loads(found.stdout))
    lines: Iterable[object] = csv.reader(found.stdout.splitlines()) if format_ == "csv" else found.stdout.splitlines()
    return len(list(lines)) - BESIDE_ROWS[format_]


@pytest.mark.parametrize("example", EXAMPLES, ids=[f"{place}: {example}" for example, place in EXAMPLES.items()])
def test_an_example_answers(
    graph: Store, example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    for pattern, stand_in in STAND_INS.items():
        if re.search(pattern, example):
            filled = re.sub(r"{(\w+)}", lambda name: shlex.quote(str(request.getfixturevalue(name[1]))), stand_in)
            example = re.sub(pattern, filled, example)
    words = shlex.split(example)[1:]
    files = list(written(words))
    folder = request.getfixturevalue("copy_of_data") if changes_data(words) else tmp_path if files else ROOT
    monkeypatch.chdir(folder)
    if any(word.startswith("data/") for word in words):
        monkeypatch.setenv("CAGRAPH_DATA", str(folder / "data"))  # an installed package has data of its own
    if words[0] == "export":
        monkeypatch.setenv("CAGRAPH_STORE", "tiny")
        monkeypatch.setattr(opening, "opened", {"tiny": request.getfixturevalue("tiny")}.__getitem__)
    found = CliRunner().invoke(cli.main, words)
    assert found.exit_code == 0, found.output
    if files:
        assert all(map(is_there, files))
    else:
        assert count(found, words) > 0 or (words[0] in {"check", "verify"} and "no fault found" in found.stderr)


@pytest.mark.parametrize("command", [command for command in SHOWN if command.startswith("make ")])
def test_a_target_of_make_that_is_shown_exists(command: str, lacking: Callable[[str], None]) -> None:
    if not shutil.which("make"):
        lacking("there is no make: apt-get install make")
    subprocess.run([*shlex.split(command), "--dry-run"], cwd=ROOT, check=True, capture_output=True)


def test_every_stand_in_is_for_an_example() -> None:
    assert not [pattern for pattern in STAND_INS if not any(re.search(pattern, example) for example in EXAMPLES)]


def test_every_program_that_is_shown_is_ours_or_is_told_why_not() -> None:
    assert {command.partition(" ")[0] for command in SHOWN} == {"cagraph", *ELSEWHERE}


def test_examples_are_found_wherever_they_are_shown() -> None:
    assert set(EXAMPLES.values()) >= {"help", "README.md", "docs/queries.md", "docs/curating.md", "docs/endpoints.md"}
    helped = {words[1] for words in map(str.split, chain.from_iterable(map(commands_of, of_helps())))}
    assert helped == set(cli.COMMANDS)
    assert sum(example.startswith("cagraph query ") for example in EXAMPLES) > len(queries.names())
