"""The house stands on its floors: a module imports only from lower ranks."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "cagraph"

RANKS = [
    {"__init__", "errors", "vocabulary", "names", "forces"},
    {"places", "rows", "records", "countries", "ontology", "edtf", "layout", "outside"},
    {"evidence", "registers"},
    {"curated"},
    {"canonical", "rdf"},
    {"compiler"},
    {"store"},
    {"remote", "answers", "queries"},
    {"lookup", "lawtime", "checks", "passages"},
    {"conflicts", "coverage", "listing", "duplicates"},
    {"card", "chain", "comparison", "timeline", "picture"},
    {"network"},
    {"export", "api"},
    {"cli"},
    {"__main__"},
]
LATE = {("__init__", "api"), ("store", "remote")}
"""Imports inside a function that point upwards: the door of the package, and of the endpoint."""


def _modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def _name(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def _imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "cagraph":
            found |= {alias.name for alias in node.names} - {"__version__"}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("cagraph."):
            found.add(str(node.module).split(".")[1])
    return found


def test_every_module_has_a_rank() -> None:
    ranked = set().union(*RANKS)
    assert {_name(path) for path in _modules()} <= ranked


@pytest.mark.parametrize("path", _modules(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_module_imports_only_lower_ranks(path: Path) -> None:
    rank = {module: place for place, modules in enumerate(RANKS) for module in modules}
    own = _name(path)
    for other in _imports(path) - {own}:
        assert (own, other) in LATE or rank[other] < rank[own], f"{own} must not import {other}"


def test_only_the_store_and_its_compiler_open_stores() -> None:
    users = {p.stem for p in _modules() if "import" in p.read_text() and "Store.read_only" in p.read_text()}
    assert users == {"store"}
