"""What cagraph stands on is bounded, said what for, and the same in every run of CI."""

from __future__ import annotations

import os
import re
import tomllib
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
PROJECT = tomllib.loads(TEXT)["project"]
EXTRAS = [one for extra in PROJECT["optional-dependencies"].values() for one in extra]
NAMED = [one for one in map(Requirement, [*PROJECT["dependencies"], *EXTRAS]) if one.name != "cagraph"]
LOCK = ROOT / ".ci/constraints.txt"
LOCKED = (
    dict(re.findall(r"^([\w.-]+)==(\S+)$", LOCK.read_text(encoding="utf-8"), re.MULTILINE)) if LOCK.exists() else {}
)
needs_lock = pytest.mark.skipif(not LOCKED, reason="the lock of CI is not part of a source archive")


@pytest.mark.parametrize("one", NAMED, ids=lambda one: one.name)
def test_a_package_has_a_lower_and_an_upper_bound_and_says_what_it_is_for(one: Requirement) -> None:
    operators = sorted(bound.operator for bound in one.specifier)
    assert operators == ["<", ">="], f"{one}: give the least version that works and the one below which it was tested"
    page = (ROOT / "docs/dependencies.md").read_text(encoding="utf-8")
    assert f"| {one.name} |" in page, f"{one}: say behind it in pyproject.toml what it is for, and run `make docs`"


@needs_lock
@pytest.mark.parametrize("one", NAMED, ids=lambda one: one.name)
def test_the_lock_lies_within_the_bounds(one: Requirement) -> None:
    locked = {canonicalize_name(name): version for name, version in LOCKED.items()}
    version = locked.get(canonicalize_name(one.name))
    assert version is not None or one.name in OUTSIDE, f"{one.name} is not locked: run `make lock`"
    assert version is None or Version(version) in one.specifier, f"{one.name} {version}: run `make lock`"


OUTSIDE = {"pyspark"}
"""Packages of extras that CI does not install."""


@needs_lock
@pytest.mark.skipif("PIP_CONSTRAINT" not in os.environ, reason="only CI installs what is locked")
def test_ci_runs_on_what_is_locked() -> None:
    found = {name: metadata.version(name) for name in LOCKED if _is_installed(name)}
    assert found == {name: LOCKED[name] for name in found}
    assert {"click", "pyoxigraph", "pytest", "rdflib"} <= set(found)


def _is_installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True
