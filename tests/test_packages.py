"""What is handed out: the source archive runs its tests, and what is installed looks at the data it is pointed to."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def packages(tmp_path_factory: pytest.TempPathFactory, lacking: Callable[[str], None]) -> Path:
    """Build both packages and return the folder in which they are unpacked: `sdist`, and `wheel` as pip installs it."""
    if not find_spec("build"):
        lacking("build is not installed: pip install build")
    folder = tmp_path_factory.mktemp("packages")
    here = ["--no-isolation"] if find_spec("hatchling") else []  # else it is fetched
    command = [sys.executable, "-m", "build", *here, "--outdir", str(folder), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode and not here:
        lacking(f"hatchling is not installed, and cannot be fetched: {done.stdout[-300:]}")
    assert not done.returncode, done.stdout + done.stderr
    with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
        archive.extractall(folder, filter="data")
    next(path for path in folder.iterdir() if path.is_dir()).rename(folder / "sdist")
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as archive:
        archive.extractall(folder / "wheel")  # noqa: S202 - our own
    return folder


def run(packages: Path, *words: str, at: Path, installed: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a module of Python with what is installed, or with the source in the folder."""
    environment = {**os.environ, "PYTHONPATH": str(packages / "wheel" if installed else at / "src"), "COLUMNS": "200"}
    return subprocess.run([sys.executable, "-m", *words], cwd=at, env=environment, capture_output=True, text=True)


def test_an_unpacked_source_archive_has_all_that_the_tests_read(packages: Path) -> None:
    at = packages / "sdist"
    assert run(packages, "pytest", "--collect-only", "-q", at=at, installed=False).returncode == 0
    chosen = ["tests/test_docs.py", "tests/test_dependencies.py", "-k", "generated or bound"]
    found = run(packages, "pytest", "-q", "-p", "no:cacheprovider", *chosen, at=at, installed=False)
    assert found.returncode == 0, found.stdout


def test_every_file_of_the_repository_is_in_the_source_archive(packages: Path) -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    for name in filter(None, listed.stdout.split("\0")):
        assert name.startswith(".ci/") or not (ROOT / name).is_file() or (packages / "sdist" / name).is_file(), name


def test_what_is_installed_checks_the_data_of_the_checkout_it_is_called_in(packages: Path, tmp_path: Path) -> None:
    """Not its own copy of the data: a fault in the checkout is found, and a sound file of it is no stranger."""
    checkout = tmp_path / "checkout"
    shutil.copytree(ROOT / "tests/tiny", checkout / "data")
    assert run(packages, "cagraph", "check", "data/kz", at=checkout).returncode == 0
    assert run(packages, "cagraph", "check", ".", at=checkout / "data/kz").returncode == 0
    law = next((checkout / "data/kz/laws").glob("*.toml"))
    law.write_text(law.read_text(encoding="utf-8").replace("kind =", "kinde ="), encoding="utf-8")
    for words, at in (
        ("data/kz", checkout),
        (str(law), tmp_path),
        ("laws", checkout / "data/kz"),
        (law.name, law.parent),
    ):
        found = run(packages, "cagraph", "check", words, at=at)
        assert found.returncode == 1
        assert f"{law.name}:2: " in found.stderr
    told = run(packages, "cagraph", "format", "--check", str(law), at=tmp_path)
    assert told.returncode == 1
    assert law.name in told.stdout
    elsewhere = run(packages, "cagraph", "--version", at=checkout)
    assert elsewhere.returncode == 0
    assert "sources up to" in elsewhere.stdout
