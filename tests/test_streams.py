"""Where answers go: standard streams that are closed, full or cut, Ctrl-C at any moment, and files of every name."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from subprocess import DEVNULL, PIPE

import click
import pytest
from click.testing import CliRunner, Result

from cagraph import cli

CAGRAPH = [sys.executable, "-m", "cagraph"]
PARSED, COMMANDS = (["--help"], ["show", "--help"], ["--version"]), (["countries"], ["cite-as", "yearbook-2023"], ["queries", "partners"], ["query", "ASK {}"], ["chain", "kz-uz-labour-agreement-2019"])  # fmt: skip
ENDS = {
    ">/dev/full": (1, "No space left"), ">&-": (1, "standard output is closed"), "2>&-": (0, ""), ">&- 2>&-": (1, ""),
    ">/dev/full 2>/dev/full": (1, ""), "<&- >&- 2>&-": (1, ""), "<&-": (0, ""), "| true": (0, ""),
}  # fmt: skip


def shell(command: list[str], end: str, timeout: float = 120) -> subprocess.CompletedProcess[str]:
    words = ["bash", "-c", f'"$@" {end}', "bash", *CAGRAPH, *command]
    return subprocess.run(words, capture_output=True, text=True, timeout=timeout)


def run(*args: str | Path) -> Result:
    found = CliRunner().invoke(cli.main, list(map(str, args)))
    assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
    return found


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("command", [*PARSED, *COMMANDS], ids=" ".join)
def test_an_answer_that_cannot_be_written_is_told_and_no_traceback(graph: object, command: list[str], end: str) -> None:
    code, says = ENDS[end]
    found = shell(command, end)
    assert found.returncode == code, found.stderr
    assert says in found.stderr
    assert "Traceback" not in found.stderr
    assert "Exception" not in found.stderr


@pytest.mark.parametrize("end", ["2>/dev/full", "2>&-", ">&- 2>&-", ">/dev/full"])
def test_the_exit_code_of_a_wrong_question_is_kept_where_it_cannot_be_told(graph: object, end: str) -> None:
    for command in (["nonsense"], ["show", "no-such-thing"], ["query", "SELECT * {"]):
        assert shell(command, end).returncode == 2


def test_a_question_from_a_closed_or_empty_standard_input_is_refused(graph: object) -> None:
    closed = shell(["query", "-f", "-"], "<&-")
    assert closed.returncode == 2
    assert closed.stderr.splitlines() == ["Error: the question cannot be read: standard input is closed", "open it, or name a file"]  # fmt: skip
    assert shell(["query", "-f", "-"], "</dev/null").returncode == 2
    folder = shell(["query", "-f", "-"], "</")
    assert folder.returncode == 1
    assert "Traceback" not in folder.stderr


def test_what_is_wrong_with_the_data_is_told_by_version_too(tmp_path: Path) -> None:
    """It is told while the arguments are read, before any command runs."""
    found = subprocess.run(
        [*CAGRAPH, "--version"], capture_output=True, text=True, env={**os.environ, "CAGRAPH_DATA": str(tmp_path / "x")}
    )
    assert "Traceback" not in found.stderr
    assert found.returncode == 0 or "Error: " in found.stderr


def _hear() -> None:
    """Undo what a shell does to jobs in the background: they ignore Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _interrupted(after: int, command: list[str]) -> tuple[int, list[str]]:
    """Send Ctrl-C when a command has told of so many imports, and return its exit code and what else it said."""
    told: list[str] = []
    words = [sys.executable, "-v", "-m", "cagraph", *command]
    with subprocess.Popen(words, stderr=PIPE, stdout=DEVNULL, text=True, preexec_fn=_hear) as process:  # noqa: PLW1509 - no threads here
        assert process.stderr
        started, seen = False, 0
        for line in process.stderr:
            started = started or "cagraph/cli/__init__" in line
            seen += started and line.startswith("import ")
            if started and seen == after:
                process.send_signal(signal.SIGINT)
                seen += 1
            told.append(line)
        return process.wait(timeout=60), told


@pytest.mark.parametrize("after", [0, 1, 3, 10, 20, 40, 60, 80])
def test_ctrl_c_while_modules_load_ends_quietly(graph: object, after: int) -> None:
    for command in (["countries"], ["--help"], ["network", "tj", "-o", "/dev/null"]):
        code, told = _interrupted(after, command)
        assert code in {130, -signal.SIGINT, 0}, code  # Python may have been at its end, or done
        assert not [
            line for line in told if "Traceback" in line or "KeyboardInterrupt" in line or "Exception ignored" in line
        ]
        assert code or after > 10


_STRIKE = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
at, seen = int(sys.argv.pop(1)), []
class Strike:
    @staticmethod
    def find_spec(name, path=None, target=None):
        seen.append(name)
        if len(seen) == at:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Strike)
from cagraph.__main__ import run
try:
    run()
finally:
    print(*seen, file=sys.stderr) if at < 0 else None
"""
"""Sends Ctrl-C to itself just when it looks for a module, the number of which is given."""


def _struck(at: int, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-c", _STRIKE, str(at), *words], capture_output=True, text=True, timeout=60)


def test_ctrl_c_at_any_import_ends_quietly(graph: object) -> None:
    modules = _struck(-1, "countries").stderr.split()
    ours = modules.index("cagraph.cli") + 1
    quick = {"cagraph", "__future__", "cagraph.__main__", "_signal", "gc", "cagraph.cli"}
    assert {*modules[modules.index("cagraph") : ours]} <= quick, "what takes time is loaded when Ctrl-C is heeded"
    assert len(modules) > ours + 20
    for at in {*range(ours, len(modules), 5), *range(len(modules) - 5, len(modules))}:
        found = _struck(at, "countries")
        assert (found.returncode, found.stderr.strip()) == (130, ""), modules[at - 1]


@pytest.mark.parametrize("wrapped", ["raise RuntimeError('x') from error", "raise RuntimeError('x')", "raise"])
def test_an_interrupt_that_a_library_wraps_is_one_still(graph: object, wrapped: str) -> None:
    """Python 3.11 does so where a class is being made: `RuntimeError: Error calling __set_name__`."""
    strike = f"""
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
class Strike:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == "cagraph.cli.overview":
            try:
                os.kill(os.getpid(), signal.SIGINT)
            except KeyboardInterrupt as error:
                {wrapped}
sys.meta_path.insert(0, Strike)
from cagraph.__main__ import run
run()
"""
    found = subprocess.run([sys.executable, "-c", strike, "countries"], capture_output=True, text=True, timeout=60)
    assert (found.returncode, found.stderr.strip()) == (130, "")


def test_an_interrupt_in_a_class_being_made_ends_quietly(graph: object) -> None:
    strike = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
class Named:
    def __set_name__(self, owner, name):
        os.kill(os.getpid(), signal.SIGINT)
at = sys.argv.pop()
class Strike:
    @staticmethod
    def find_spec(name, path=None, target=None):
        if name == at:
            type("Made", (), {"named": Named()})
sys.meta_path.insert(0, Strike)
sys.argv.append("countries")
from cagraph.__main__ import run
run()
"""
    for name in ("click", "cagraph.cli", "cagraph.store.watch", "cagraph.cli.overview", "pyoxigraph"):
        found = subprocess.run([sys.executable, "-c", strike, name], capture_output=True, text=True, timeout=60)
        assert (found.returncode, found.stderr.strip()) == (130, ""), name


@pytest.mark.parametrize("value", ["", " "])
def test_an_option_given_empty_is_not_taken_as_left_out(tmp_path: Path, graph: object, value: str) -> None:
    group = cli.main
    for name in cli.COMMANDS:
        command = group.get_command(click.Context(group), name)
        assert command
        for option in command.params:
            if isinstance(option, click.Option) and not option.is_flag and option.opts[0].startswith("--"):
                needed = ["kz"] * sum(isinstance(one, click.Argument) and one.required for one in command.params)
                found = run(name, *needed, option.opts[0], value)
                assert found.exit_code == 2, (name, option.opts[0], found.output)


# Files.


def test_a_dash_is_standard_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, graph: object) -> None:
    monkeypatch.chdir(tmp_path)
    assert ET.fromstring(run("timeline", "tj", "--svg", "-").stdout).tag.endswith("svg")  # noqa: S314
    assert run("network", "tj", "-o", "-").stdout.startswith("<!DOCTYPE html>")
    assert "<http://www.w3.org/2000/01/rdf-schema#label>" in run("export", "nquads", "-o", "-").stdout
    for formats in ([], ["csv"], ["turtle", "gexf"]):
        refused = run("export", *formats, "-o", "-")
        assert refused.exit_code == 2
        assert "name one format" in refused.stderr
    refused = run("build", "-o", "-")
    assert refused.exit_code == 2
    assert "a store is a folder" in refused.stderr
    assert not list(tmp_path.iterdir())
    assert run("timeline", "tj", "--svg", "./-").exit_code == 0
    assert (tmp_path / "-").is_file(), "a file called so is named ./-"


@pytest.mark.parametrize(
    "suffix",
    [
        "graphml",
        "gexf",
        "xlsx",
        "x",
        "dot",
        "png",
        "PNG",
        "jpg",
        "pdf",
        "html",
        "txt",
        "csv",
        "svgz",
        "svg.gz",
        "json",
        "gif",
        "md.zip",
    ],
)
def test_no_picture_goes_into_a_file_that_is_called_otherwise(tmp_path: Path, suffix: str, graph: object) -> None:
    found = run("timeline", "tj", "--svg", tmp_path / f"x.{suffix}")
    assert found.exit_code == 2
    assert ".svg" in found.stderr
    if suffix != "html":
        assert run("network", "tj", "-o", tmp_path / f"x.{suffix}").exit_code == 2
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["x.svg", "x.SVG", "x", "x.xml", "tj 2021.05", "-x.svg", "x.png.svg", ".hidden"])
def test_a_picture_may_be_called_anything_else(tmp_path: Path, name: str, graph: object) -> None:
    assert run("timeline", "tj", "--svg", tmp_path / name).exit_code == 0
    assert (tmp_path / name).read_text(encoding="utf-8").startswith("<svg")
