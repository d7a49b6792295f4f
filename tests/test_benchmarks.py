"""What the benchmarks measure is measured rightly."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import benchmarks.__main__ as benchmark
from benchmarks.processes import spent

BUSY = "import time; end = time.process_time() + {}\nwhile time.process_time() < end: pass"
CHILD = "import subprocess, sys; subprocess.run([sys.executable, '-c', {!r}], check=True)"
HOLD = "import time; held = bytearray({} * 1024**2); time.sleep(0.5)"


def test_time_is_that_of_all_processes() -> None:
    run = spent([sys.executable, "-c", CHILD.format(BUSY.format(0.4))], {})
    assert 0.4 <= run.seconds < 2
    assert not run.error


@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="this system does not tell the memory of others")
def test_memory_is_that_of_all_processes_at_once() -> None:
    ours = bytearray(400 * 1024**2)  # the process that measures is not among them
    both = CHILD.format(HOLD.format(80)).replace("subprocess.run", "held = bytearray(80 * 1024**2); subprocess.run")
    assert 160 < spent([sys.executable, "-c", both], {}).peak < 300
    assert ours


def test_what_fails_or_never_ends_is_told() -> None:
    assert "ZeroDivisionError" in spent([sys.executable, "-c", "1 / 0"], {}).error
    assert spent([sys.executable, "-c", "import time; time.sleep(60)"], {}, limit=0.3).error == "over 0 s"


@pytest.mark.slow
def test_one_command_measures_all_and_writes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(benchmark, "RESULTS", tmp_path / "RESULTS.md")
    monkeypatch.setattr(sys, "argv", ["benchmarks", "500", "1000", "--folder", str(tmp_path)])
    benchmark.main()
    text = (tmp_path / "RESULTS.md").read_text(encoding="utf-8")
    assert all(f"\n## {part}\n" in text for part in ("Build", "Lookups", "Lists"))
    rows = [line.split("|")[1:-1] for line in text.split("\n") if line.startswith("| `")]
    assert len(rows) > 30
    assert all(float(cell) > 0 for row in rows for cell in row[1:3])
