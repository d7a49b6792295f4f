"""Install cagraph with its tools into a new environment: print the versions, or run the tests with the least ones.

Usage: locked.py [--lowest]
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).parents[1]


def least() -> str:
    """Return a line `NAME==VERSION` for each package of pyproject.toml, with its least version."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [*project["dependencies"], *(one for extra in project["optional-dependencies"].values() for one in extra)]
    bounds = (one.partition(",")[0].split(">=") for one in named if ">=" in one)
    return "".join(f"{name}=={version}\n" for name, version in bounds)


def main(*options: str) -> None:
    """Print what pip installs, or, with `--lowest`, run the tests with the least versions."""
    with tempfile.TemporaryDirectory() as folder:
        venv.create(folder, with_pip=True)
        python = f"{folder}/bin/python"
        install = [python, "-m", "pip", "install", "--quiet"]
        if "--lowest" in options:
            constraints = Path(folder) / "least.txt"
            constraints.write_text(least(), encoding="utf-8")
            subprocess.run([*install, "-c", str(constraints), ".[test]"], cwd=ROOT, check=True)
            sys.exit(subprocess.run([python, "-m", "pytest", "-q"], cwd=ROOT, check=False).returncode)
        subprocess.run([*install, ".[dev]"], cwd=ROOT, check=True)
        subprocess.run([python, "-m", "pip", "freeze", "--exclude", "cagraph"], cwd=ROOT, check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
