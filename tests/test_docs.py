"""Docs cannot drift: generated pages are fresh, and every command shown does what is shown.

CAGRAPH_FIX=1 (or `make docs`) writes the pages and the shown output anew.
"""

from __future__ import annotations

import fcntl
import importlib.util
import os
import pty
import re
import shlex
import shutil
import struct
import subprocess
import sys
import termios
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest

from cagraph import cli
from cagraph.curated.vocabulary import load as load_ontology
from cagraph.kinds import KINDS

ROOT = Path(__file__).parents[1]
FIX = bool(os.environ.get("CAGRAPH_FIX"))
PAGES = [
    ROOT / "README.md",
    *sorted((ROOT / "docs").glob("*.md")),
    ROOT / "CONTRIBUTING.md",
    ROOT / "exports/README.md",
]
CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)
SHELL = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def script(name: str) -> ModuleType:
    found = importlib.util.spec_from_file_location(name, ROOT / "scripts" / f"{name}.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["ontology.md", "queries.md", "cli.md", "lawtime.md", "dependencies.md"])
def test_a_generated_page_is_fresh(name: str) -> None:
    text = script("docs").pages()[name]
    if FIX:
        (ROOT / "docs" / name).write_text(text, encoding="utf-8")
    assert (ROOT / "docs" / name).read_text(encoding="utf-8") == text, "run `make docs`"


def test_the_names_of_countries_are_those_of_cldr() -> None:
    rows = "".join("\t".join(row) + "\n" for row in script("countries").rows())
    assert (ROOT / "data/countries.tsv").read_text(encoding="utf-8") == rows, "run `make countries`"


def on_a_terminal(command: str) -> str:
    """Run a command on a terminal of 100 columns and return what it shows."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 100, 0, 0))
    words = [sys.executable, "-m", *shlex.split(command)]
    environment = {name: value for name, value in os.environ.items() if name not in {"COLUMNS", "LINES"}}
    process = subprocess.Popen(words, stdout=slave, stderr=slave, stdin=slave, cwd=ROOT, env=environment)
    os.close(slave)
    shown = b""
    while True:
        try:
            part = os.read(master, 65536)
        except OSError:  # Linux says so when the other end is closed
            break
        if not part:
            break
        shown += part
    os.close(master)
    assert process.wait() == 0, shown.decode()
    return shown.decode("utf-8").replace("\r\n", "\n")


@pytest.mark.parametrize(
    "path", [p for p in PAGES if "```console" in p.read_text(encoding="utf-8")], ids=lambda p: p.name
)
def test_a_command_shows_what_the_page_shows(graph: object, path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    def run(block: re.Match[str]) -> str:
        commands = [line for line in block[1].splitlines() if line.startswith("$ ")]
        shown = "".join(f"{command}\n{on_a_terminal(command[2:])}" for command in commands)
        return f"```console\n{shown.rstrip()}\n```"

    fresh = CONSOLE.sub(run, text)
    if FIX:
        path.write_text(fresh, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == fresh, "run `make docs`"


def commands(path: Path) -> Iterator[str]:
    for block in SHELL.findall(path.read_text(encoding="utf-8")):
        yield from (line for line in block.splitlines() if line.startswith("cagraph "))


def test_the_commands_of_the_readme_run(graph: object, sources: Path, tmp_path: Path) -> None:
    found = list(commands(ROOT / "README.md"))
    assert len(found) == 3
    for command in found:
        words = shlex.split(command.replace("DIR", str(sources)))
        subprocess.run([sys.executable, "-m", *words], cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / "network.html").stat().st_size > 100_000


def test_the_readme_is_right_about_python(graph: object) -> None:
    block = re.search(r"```python\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)
    assert block is not None
    subprocess.run([sys.executable, "-c", block[1]], check=True, capture_output=True)


def test_the_worked_example_of_curating_is_right(
    sources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The record is written, its quotation filled in, formatted, checked, and found."""
    text = (ROOT / "docs/curating.md").read_text(encoding="utf-8")
    block = re.search(r"```toml\n(.*?)```", text, re.DOTALL)
    assert block is not None
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data)
    environment = {**os.environ, "CAGRAPH_DATA": str(data)}
    path = data / "agreements" / f"{tomllib.loads(block[1])['id']}.toml"
    path.write_text(block[1], encoding="utf-8")
    for command in commands(ROOT / "docs/curating.md"):
        words = shlex.split(command.replace("DIR", str(sources)))
        found = subprocess.run(
            [sys.executable, "-m", *words], cwd=tmp_path, env=environment, capture_output=True, text=True
        )
        assert found.returncode == 0, found.stdout + found.stderr
    assert "quote" not in path.read_text(encoding="utf-8")
    shown = subprocess.run(
        [sys.executable, "-m", "cagraph", "show", path.stem],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "timesca-2026" in shown.stdout


def test_every_command_named_in_a_page_exists() -> None:
    known = set(cli.main.list_commands(click.Context(cli.main)))
    for path in PAGES:
        named = set(re.findall(r"`cagraph ([a-z]+)", path.read_text(encoding="utf-8")))
        assert named <= known, path


def test_every_link_of_a_page_leads_somewhere() -> None:
    for path in PAGES:
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


def test_every_term_is_labelled_and_explained() -> None:
    text = (ROOT / "docs/ontology.md").read_text(encoding="utf-8")
    terms = load_ontology(ROOT / "ontology")
    for name in (*terms.terms, *(kind.name for kind in KINDS)):
        assert f"`{name}`" in text or f":{name}`" in text


def test_the_version_is_the_same_everywhere() -> None:
    import cagraph

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == cagraph.__version__
    assert f"version: {cagraph.__version__}\n" in (ROOT / "CITATION.cff").read_text(encoding="utf-8")


def test_every_public_name_is_documented() -> None:
    import ast

    bare = []
    for path in (ROOT / "src/cagraph").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in tree.body:
            if (
                isinstance(node, ast.FunctionDef | ast.ClassDef)
                and not node.name.startswith("_")
                and not ast.get_docstring(node)
            ):
                bare.append(f"{path.name}: {node.name}")
    assert not bare
