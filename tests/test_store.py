"""The store: built once, rebuilt when the data changes, never half-built."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from cagraph.answers import lookup, showing
from cagraph.errors import DataFault, QueryFault, StoreFault
from cagraph.rows import Rows
from cagraph.store import compiler, home
from cagraph.store.embedded import opened
from cagraph.store.opening import connect

TINY = Path(__file__).parent / "tiny"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the test data and cache of its own; return the folder of the data."""
    shutil.copytree(TINY, tmp_path / "data")
    monkeypatch.setenv("CAGRAPH_DATA", str(tmp_path / "data"))
    monkeypatch.setenv("CAGRAPH_CACHE", str(tmp_path / "cache"))
    return tmp_path / "data"


def stores() -> list[Path]:
    return list(Path(home.cache()).glob("store-*"))


def test_it_is_built_once_and_says_so(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    connect()
    connect()
    assert capsys.readouterr().err.count("building the store") == 1


def test_it_is_built_anew_when_the_data_changes(own: Path) -> None:
    path = own / "concepts/kandas.toml"
    assert connect().select("SELECT ?l { id:kandas rdfs:label ?l }").rows == [("kandas",)]
    path.write_text(path.read_text().replace('label = "kandas"', 'label = "kandases"'))
    assert connect().select("SELECT ?l { id:kandas rdfs:label ?l }").rows == [("kandases",)]
    assert len(stores()) == 1


def test_wrong_data_stops_the_build_and_leaves_the_old_store(own: Path) -> None:
    connect()
    before = stores()
    (own / "concepts/bad.toml").write_text("id = [")
    with pytest.raises(DataFault):
        compiler.compiled()
    with pytest.raises(DataFault):
        connect(last_good=False)
    assert stores() == before


def test_a_killed_build_leaves_the_old_store_and_the_next_one_works(own: Path) -> None:
    connect()
    pointer = Path(home.cache(), "current").read_text()
    path = own / "concepts/kandas.toml"
    path.write_text(path.read_text().replace('kandas"', 'kandas "', 1).replace('kandas "', 'kandas"', 1) + "\n")
    slow = "import time; from cagraph.store import compiler; compiler.compile_to = lambda *_: time.sleep(60); compiler.compiled()"
    process = subprocess.Popen([sys.executable, "-c", slow])
    for _ in range(100):
        if len(stores()) > 1:
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert Path(home.cache(), "current").read_text() == pointer
    assert connect().select("SELECT (COUNT(*) AS ?n) { ?s a ca:Law }").rows[0][0] == 3
    assert len(stores()) == 1


def test_commands_started_together_build_once(own: Path) -> None:
    command = [sys.executable, "-c", "from cagraph.store import compiler; print(compiler.compiled())"]
    processes = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(4)]
    folders = {process.communicate()[0] for process in processes}
    assert len(folders) == 1
    assert all(process.returncode == 0 for process in processes)


def test_a_damaged_store_is_named_and_built_anew(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    connect()
    for file in stores()[0].glob("*.sst"):
        file.write_bytes(b"not a table")
    assert connect().select("SELECT * { ?s a ca:Law }").rows
    assert "is damaged" in capsys.readouterr().err


def test_an_unwritable_cache_is_named(own: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("CAGRAPH_CACHE", str(tmp_path / "file" / "cache"))
    with pytest.raises(StoreFault, match="CAGRAPH_CACHE"):
        compiler.compiled()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full on this system")
def test_a_full_disk_is_named_and_leaves_nothing(own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(folder: Path, _jobs: int) -> None:
        (folder / "half.sst").write_text("half a store")
        with Path("/dev/full").open("w") as disk:
            disk.write("x")

    monkeypatch.setattr(compiler, "compile_to", full)
    with pytest.raises(StoreFault, match="No space left"):
        compiler.compiled()
    assert not stores()


def test_a_store_is_compiled_into_a_new_folder_only(own: Path, tmp_path: Path) -> None:
    folder = compiler.compile_new(tmp_path / "new")
    assert opened(str(folder)).size() > 1000
    with pytest.raises(StoreFault, match="not an empty folder"):
        compiler.compile_new(folder)


def test_a_folder_that_is_no_store_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreFault, match="not a store"):
        connect(str(tmp_path / "nothing"))


def test_a_store_is_read_only(own: Path) -> None:
    with pytest.raises(QueryFault):
        connect().query("INSERT DATA { id:a id:b id:c }")


def test_a_syntax_error_shows_the_place(own: Path) -> None:
    with pytest.raises(QueryFault) as caught:
        connect().query("SELECT ?s\nWHERE { ?s ?p }")
    line, mark = caught.value.hint.splitlines()
    assert line == "WHERE { ?s ?p }"
    assert 14 <= mark.index("^") <= 15


def test_evidence_is_the_name_of_the_graph(own: Path) -> None:
    found = connect().select("SELECT ?e { GRAPH ?e { id:kz-uz-labour-agreement-2019 ca:party id:kz } }")
    assert found == Rows(("e",), [("book-010101010101",)])


def test_the_union_is_asked_by_default(own: Path) -> None:
    assert connect().query("ASK { id:kz-uz-labour-agreement-2019 ca:party id:kz ; rdfs:label ?l }") is True


def test_the_installed_package_answers_without_a_checkout(tmp_path: Path) -> None:
    """Code and data side by side in one folder, as a wheel installs them."""
    root = Path(__file__).parents[1]
    package = tmp_path / "site" / "cagraph"
    shutil.copytree(root / "src/cagraph", package)
    shutil.copytree(TINY, package / "_shared/data")
    shutil.copytree(root / "ontology", package / "_shared/ontology")
    environment = {**os.environ, "PYTHONPATH": str(package.parent), "CAGRAPH_CACHE": str(tmp_path / "cache")}
    environment.pop("CAGRAPH_DATA", None)
    code = "import cagraph; print(cagraph.__file__, [e.id for e in cagraph.load().agreements('KR')])"
    found = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert str(package) in found.stdout
    assert "kr-kz-labour-agreement" in found.stdout


@pytest.mark.parametrize(
    ("term", "cell"),
    [
        ("12345678901234567890", 12345678901234567890),
        ("2.0", 2),
        ("2.5", 2.5),
        ("'INF'^^xsd:double", "INF"),
        ("'NaN'^^xsd:double", "NaN"),
        ("'many'^^xsd:integer", "many"),
        ("true", True),
    ],
)
def test_a_literal_is_a_plain_value_and_never_a_wrong_number(own: Path, term: str, cell: object) -> None:
    assert connect().select(f"SELECT ({term} AS ?x) {{}}").rows == [(cell,)]


def test_a_store_in_a_folder_of_ones_own_can_be_read_by_others(own: Path, tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        folder = compiler.compile_new(tmp_path / "new")
    finally:
        os.umask(before)
    assert folder.stat().st_mode & 0o777 == 0o755


@pytest.mark.parametrize("line", ["TJ\ten", "", "TJ\ten\t", "tj\ten\tTajikistan", "TJ\ten us\tTajikistan"])
def test_a_broken_list_of_countries_is_named_with_its_line(own: Path, line: str) -> None:
    path = own / "countries.tsv"
    number = path.read_text(encoding="utf-8").count("\n") + 1
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    with pytest.raises(DataFault, match=f"countries.tsv:{number}: "):
        connect()
    path.write_bytes(b"TJ\ten\t\xff\n")
    with pytest.raises(DataFault, match="not UTF-8"):
        connect()


def test_a_folder_beside_the_package_is_not_taken_for_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("cagraph", "cagraph-data", "cagraph-ontology"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr(home, "PACKAGE", str(tmp_path / "cagraph"))
    monkeypatch.setattr(home, "ontology", lambda: str(tmp_path / "cagraph-ontology"))
    monkeypatch.setenv("CAGRAPH_DATA", str(tmp_path / "cagraph-data"))
    (tmp_path / "cagraph-data/deep").mkdir()
    before = home.state()
    (tmp_path / "cagraph-data/deep/a.toml").write_text("")
    assert home.state() != before


def test_a_merged_id_leads_on(own: Path) -> None:
    """That ids may not lead in a circle is in tests/test_hostile_data.py."""
    retired = 'id = "kandas-of-old"\nkind = "Concept"\nlabel = "Kandas"\nisReplacedBy = "return"\n'
    (own / "concepts/kandas-of-old.toml").write_text(retired, encoding="utf-8")
    assert lookup.find(connect(), "kandas-of-old").id == "return"


def test_a_claim_that_is_no_id_can_be_shown(own: Path) -> None:
    path = own / "concepts/kandas.toml"
    path.write_text(path.read_text(encoding="utf-8") + 'note = ["50%", "a<b"]\n', encoding="utf-8")
    shown = str(showing.shown(connect(), "kandas", "2024-01-01"))
    assert "50%" in shown
    assert "a<b" in shown


def test_a_question_too_deep_for_the_engine_is_refused(own: Path) -> None:
    with pytest.raises(QueryFault, match="too deep: 5,000 brackets"):
        connect().query("SELECT * " + "{" * 5000 + "}" * 5000)
