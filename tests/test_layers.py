"""The house stands on its floors: a room uses only rooms below its own, and no two modules use each other."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "cagraph"
FLOORS = (
    ("__init__", "edtf", "errors", "escape", "files", "formats", "iris", "kinds", "names", "rows", "signs", "terminal"),
    ("curated",),
    ("lawtime",),
    ("queries",),
    ("search",),
    ("store",),
    ("answers",),
    ("network", "explore"),
    ("export",),
    ("api",),
    ("cli",),
    ("__main__",),
)
"""The order of use, lowest first: what stands at the top of the package, then the folders."""
DOORS = {("__init__", "api")}
"""`cagraph.load()` opens the API, late."""


def _modules() -> dict[str, Path]:
    """Return every module of the package by its dotted name, without the package's own."""
    return {
        ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__"): path
        for path in sorted(PACKAGE.rglob("*.py"))
    }


MODULES = _modules()


def _uses(name: str) -> set[str]:
    """Return the modules of ours that a module imports, wherever it does so, for types too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(MODULES[name].read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and str(node.module).partition(".")[0] == "cagraph":
            base = str(node.module).partition(".")[2]
            inside = {f"{base}.{alias.name}".strip(".") for alias in node.names} & MODULES.keys()
            rest = {alias.name for alias in node.names} - {one.rpartition(".")[2] for one in inside}
            found |= inside | ({base or "__init__"} if rest else set())
        elif isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[2] for alias in node.names if alias.name.startswith("cagraph.")}
    return found - {name}


def _room(name: str) -> str:
    return name.partition(".")[0]


def test_every_room_has_a_floor() -> None:
    assert {_room(name) for name in MODULES} == {room for floor in FLOORS for room in floor}


@pytest.mark.parametrize("name", MODULES)
def test_a_module_uses_only_lower_floors_and_its_own_room(name: str) -> None:
    height = {room: place for place, floor in enumerate(FLOORS) for room in floor}
    for other in _uses(name):
        allowed = height[_room(other)] < height[_room(name)] or _room(other) == _room(name) or height[_room(name)] == 0
        assert allowed or (name, other) in DOORS, f"{name} must not use {other}"


def test_no_two_modules_use_each_other() -> None:
    """Not by any way round; the door of the package is the one exception."""
    uses = {name: {other for other in _uses(name) if (name, other) not in DOORS} for name in MODULES}
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " -> ".join((*path, name))
        if name not in done:
            for other in sorted(uses[name]):
                visit(other, (*path, name))
            done.add(name)

    for name in MODULES:
        visit(name, ())


def test_modules_and_functions_stay_short() -> None:
    """250 lines a module, 40 a function: what is longer has two subjects."""
    long = []
    for name, path in MODULES.items():
        text = path.read_text(encoding="utf-8")
        long += [f"{name}: {text.count(chr(10))} lines"] if text.count("\n") > 250 else []
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef) and int(node.end_lineno or 0) - node.lineno >= 40:
                long.append(f"{name}.{node.name}")
    assert not long


def test_nothing_is_written_twice() -> None:
    """No run of six lines stands twice, imports aside: in code, questions, or pages."""
    places: dict[tuple[str, ...], str] = {}
    twice = []
    for path in sorted(path for kind in ("py", "rq", "js", "css", "j2") for path in PACKAGE.rglob(f"*.{kind}")):
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
        kept = [line for line in lines if line and not line.startswith(("import ", "from ", "#"))]
        for at in range(len(kept) - 5):
            run = tuple(kept[at : at + 6])
            twice += [f"{path.name} and {places[run]}: {run[0]}"] if run in places else []
            places.setdefault(run, path.name)
    assert not twice


def test_only_the_store_opens_stores() -> None:
    """Controlled by the two that do: a search that finds nothing proves nothing."""
    users = {name for name, path in MODULES.items() if "pyoxigraph" in path.read_text() and "Store" in _names(path)}
    # The grammar has an empty one, in memory, which parses questions and answers none.
    assert users == {"store.compiler", "store.embedded", "store.grammar"}


def _names(path: Path) -> set[str]:
    """Return what a module imports from pyoxigraph."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "pyoxigraph"
        for alias in node.names
    }
