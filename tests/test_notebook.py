"""The study in docs/study.ipynb runs as it stands, and shows what it computes.

CAGRAPH_FIX=1 (or `make docs`) writes its outputs anew. A cell whose `assert` fails then fails here
too: the words of the study must be thought over first.
"""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

NOTEBOOK = Path(__file__).parents[1] / "docs" / "study.ipynb"
FIX = bool(os.environ.get("CAGRAPH_FIX"))
OFFLINE = """
import sys

def refuse(event, arguments):
    if event in {"socket.connect", "socket.getaddrinfo"}:
        raise ConnectionRefusedError(f"the study works offline: {event} {arguments[1:]}")

sys.addaudithook(refuse)
"""
"""Runs in the kernel before the first cell."""


@pytest.fixture(scope="module")
def tools(lacking: Callable[[str], None]) -> None:
    """Skip what needs a kernel or what the notebook imports, where that is missing."""
    for name in ("ipykernel", "matplotlib", "nbclient", "nbformat", "pandas"):
        if find_spec(name) is None:
            lacking(f"{name} is not installed: pip install '.[test]'")


@pytest.fixture(scope="module")
def kernel(graph: object, tools: None) -> Iterator[Callable[[Any], Any]]:
    """Return a function that executes a notebook: offline, and without any setting of the user's own."""
    from nbclient import NotebookClient

    with tempfile.TemporaryDirectory() as home, pytest.MonkeyPatch.context() as patch:
        for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "MPLCONFIGDIR"):
            patch.setenv(name, home)
        startup = Path(home, "profile_default", "startup")
        startup.mkdir(parents=True)
        (startup / "offline.py").write_text(OFFLINE, encoding="utf-8")

        def execute(notebook: Any) -> Any:
            client = NotebookClient(notebook, kernel_name="python3", timeout=120, record_timing=False)
            return client.execute(cwd=home)

        yield execute


@pytest.fixture(scope="module")
def executed(kernel: Callable[[Any], Any]) -> Any:
    """Return the notebook with fresh outputs; no cell has failed."""
    notebook = kernel(_read())
    notebook.metadata.language_info = {"name": "python"}  # the version of Python is the machine's
    if FIX:
        NOTEBOOK.write_text(_written(notebook), encoding="utf-8")
    return notebook


def _read() -> Any:
    import nbformat

    return nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]


def _written(notebook: Any) -> str:
    """Return the one form in which the notebook is stored."""
    import nbformat

    nbformat.validate(notebook)
    text: str = nbformat.writes(notebook, version=4, indent=1, sort_keys=True, ensure_ascii=False)  # type: ignore[no-untyped-call]
    return text.rstrip("\n") + "\n"


def _outputs(notebook: Any) -> Iterator[tuple[str, Any]]:
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            yield cell.id, output


def _texts(notebook: Any) -> list[tuple[str, str, str]]:
    """Return cell, kind and text of all that a reader can read; pictures by their alternative text."""
    found = []
    for cell, output in _outputs(notebook):
        if "data" not in output:
            found.append((cell, output.output_type, str(output.get("text"))))
            continue
        for kind, text in sorted(output.data.items()):
            picture = kind.startswith("image/")
            found.append((cell, kind, output.metadata[kind]["alt"] if picture else text))
    return found


def test_the_committed_outputs_are_those_of_the_cells(executed: Any) -> None:
    committed = _read()
    assert [cell.source for cell in committed.cells] == [cell.source for cell in executed.cells]
    assert _texts(committed) == _texts(executed), "CAGRAPH_FIX=1 pytest tests/test_notebook.py"


def test_there_is_one_chart_with_its_words(executed: Any) -> None:
    pictures = [output for _, output in _outputs(executed) if "image/png" in output.get("data", ())]
    assert len(pictures) == 1
    assert len(pictures[0].metadata["image/png"]["alt"]) > 100


def test_every_note_names_a_line_and_the_edition(executed: Any) -> None:
    shown = {(cell, kind): text for cell, kind, text in _texts(executed)}
    notes = re.findall(r"^\d+\. .*", shown["notes", "text/markdown"], re.MULTILINE)
    edition = shown["edition", "text/markdown"].partition(": ")[2].rstrip(".")
    assert re.fullmatch(r"cagraph [\d.]+, data [0-9a-f]{12}, sources up to \d+ \w+ \d{4}", edition)
    assert len(notes) >= 10
    for note in notes:
        assert re.search(r", line \d+", note), note
        assert f"In {edition}, https://w3id.org/cagraph/id/" in note


def test_nothing_is_written_beside_the_answers(executed: Any) -> None:
    """No warning, no progress: every output is the value of a cell."""
    kinds = {output.output_type for _, output in _outputs(executed)}
    assert kinds <= {"execute_result", "display_data"}


def test_a_study_that_asks_the_network_fails(kernel: Callable[[Any], Any]) -> None:
    """The control of `OFFLINE`."""
    from nbclient.exceptions import CellExecutionError
    from nbformat.v4 import new_code_cell, new_notebook

    cell = new_code_cell("import urllib.request\nurllib.request.urlopen('http://127.0.0.1:9')")  # type: ignore[no-untyped-call]
    with pytest.raises(CellExecutionError, match="works offline"):
        kernel(new_notebook(cells=[cell]))  # type: ignore[no-untyped-call]


def test_it_is_stored_small_and_in_one_form_and_names_no_machine(tools: None) -> None:
    text = _written(_read())
    assert NOTEBOOK.read_text(encoding="utf-8") == text, "CAGRAPH_FIX=1 pytest tests/test_notebook.py"
    assert len(text.encode()) < 150_000
    assert not re.search(r"/(?:home|root|tmp|work|opt|Users)/|[A-Z]:\\\\|20\d\d-\d\d-\d\dT\d\d:", text)
    notebook = _read()
    assert notebook.metadata.kernelspec.name == "python3"
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
