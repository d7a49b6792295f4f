"""Exports: the same bytes every time, and read back by other people's libraries with equal counts."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import networkx
import pytest
import rdflib

from cagraph import export
from cagraph.errors import StoreFault, UsageFault
from cagraph.iris import CA, ID
from cagraph.store import Store
from cagraph.store.embedded import Embedded
from cagraph.store.remote import Remote

ROOT = Path(__file__).parents[1]
RDF = {"turtle": "turtle", "rdfxml": "xml"}
NETWORKS = ("cagraph.graphml", "cagraph.gexf", "cagraph.network.json")
QUADS = {"trig": "trig", "nquads": "nquads", "jsonld": "json-ld"}


@pytest.fixture(scope="session")
def folder(graph: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with every export of the real graph."""
    return export.written(graph, list(export.FORMATS), tmp_path_factory.mktemp("exports"))[0].parent


def test_the_committed_exports_are_fresh(folder: Path) -> None:
    """CAGRAPH_FIX=1 (or `make exports`) writes them anew."""
    names = {file for name in export.COMMITTED for file in _files(name, folder)}
    if os.environ.get("CAGRAPH_FIX"):
        for name in names:
            shutil.copy(folder / name, ROOT / "exports" / name)
    assert names == {path.name for path in (ROOT / "exports").iterdir() if path.suffix != ".md"}
    stale = [n for n in sorted(names) if (ROOT / "exports" / n).read_bytes() != (folder / n).read_bytes()]
    assert not stale, "run `make exports`"


def _files(name: str, folder: Path) -> list[str]:
    suffixes = {"turtle": "*.ttl", "trig": "*.trig", "csv": "*.csv", "graphml": "*.graphml"}
    return [path.name for path in folder.glob(suffixes[name])]


def test_the_committed_exports_stay_small() -> None:
    assert sum(path.stat().st_size for path in (ROOT / "exports").iterdir()) < 5_000_000


def test_two_runs_give_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    """In another process with another hash seed, locale and day of the export."""
    code = "import sys, cagraph.store.opening as s, cagraph.export as e, pathlib; e.written(s.connect(None, say=False), list(e.FORMATS), pathlib.Path(sys.argv[1]))"
    environment = {**os.environ, "PYTHONHASHSEED": "7", "LC_ALL": "C", "TZ": "Asia/Almaty"}
    subprocess.run([sys.executable, "-c", code, str(tmp_path)], env=environment, check=True)
    for path in folder.iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


@pytest.mark.parametrize("name", RDF)
def test_rdflib_reads_the_facts(folder: Path, name: str) -> None:
    assert len(rdflib.Graph().parse(_one(folder, name), format=RDF[name])) == _triples(folder)


def _one(folder: Path, name: str) -> Path:
    return (
        folder
        / {
            "turtle": "cagraph.ttl",
            "rdfxml": "cagraph.rdf",
            "trig": "cagraph.trig",
            "nquads": "cagraph.nq",
            "jsonld": "cagraph.jsonld",
        }[name]
    )


def _triples(folder: Path) -> int:
    from pyoxigraph import parse

    return sum(1 for _ in parse(path=str(folder / "cagraph.ttl")))


@pytest.mark.parametrize("name", ["nquads", "jsonld"])
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # raised by rdflib's own parsers
def test_rdflib_reads_everything(graph: Store, folder: Path, name: str) -> None:
    assert isinstance(graph, Embedded)
    found = rdflib.Dataset()
    found.parse(_one(folder, name), format=QUADS[name])
    assert sum(len(one) for one in found.graphs()) == graph.size()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # raised by rdflib's own parsers
def test_rdflib_reads_the_evidence_as_named_graphs(graph: Store, folder: Path) -> None:
    found = rdflib.Dataset()
    found.parse(folder / "cagraph.trig", format="trig")
    named = {str(one.identifier) for one in found.graphs() if str(one.identifier).startswith(ID)}
    assert len(named) == graph.select("SELECT (COUNT(*) AS ?n) { ?e a ca:Evidence }").rows[0][0]
    memorandum = rdflib.URIRef(ID + "tj-be-labour-memorandum-2025")
    where = {str(g) for _, _, _, g in found.quads((memorandum, rdflib.URIRef(CA + "party"), None, None))}
    assert where
    assert where - {"urn:x-rdflib:default"} <= named
    assert "urn:x-rdflib:default" in where, "each statement stands in the default graph too"


@pytest.mark.parametrize(
    ("name", "syntax"), [("cagraph.ttl", "turtle"), ("cagraph.rdf", "rdfxml"), ("cagraph.nq", "nquads")]
)
def test_raptor_reads_it(folder: Path, lacking: Callable[[str], None], name: str, syntax: str) -> None:
    rapper = shutil.which("rapper")
    if rapper is None:
        lacking("there is no rapper: apt-get install raptor2-utils")
    assert rapper is not None
    found = subprocess.run(
        [rapper, "-q", "-i", syntax, "-o", "ntriples", str(folder / name)], capture_output=True, text=True, check=True
    )
    assert not found.stderr
    expected = _triples(folder) if name != "cagraph.nq" else (folder / name).read_text().count("\n")
    assert found.stdout.count("\n") == expected


def test_networkx_reads_the_network_files(folder: Path) -> None:
    graphml = networkx.read_graphml(folder / "cagraph.graphml", force_multigraph=True)
    gexf = networkx.read_gexf(folder / "cagraph.gexf")
    data = json.loads((folder / "cagraph.network.json").read_text(encoding="utf-8"))
    nodelink = networkx.node_link_graph(data, edges="links")
    assert len({one.number_of_nodes() for one in (graphml, gexf, nodelink)}) == 1
    assert len({one.number_of_edges() for one in (graphml, gexf, nodelink)}) == 1
    for name in NETWORKS[:2]:
        ids = re.findall(r'<edge [^>]*\bid="([^"]*)"', (folder / name).read_text(encoding="utf-8"))
        assert len(set(ids)) == len(ids) == nodelink.number_of_edges(), "Gephi keeps one edge an id"
        assert "tj-be-labour-memorandum-2025:party:be" in ids, "an id stays when others come"
    assert nodelink.nodes["tj"]["label"] == "Tajikistan"
    assert nodelink.has_edge("tj-be-labour-memorandum-2025", "be", "party")


def test_the_tables_hold_every_agreement_and_its_evidence(graph: Store, folder: Path) -> None:
    def table(name: str) -> list[dict[str, str]]:
        return list(csv.DictReader(io.StringIO((folder / name).read_text(encoding="utf-8"))))

    agreements = {row["id"]: row for row in table("agreements.csv")}
    assert agreements["tj-be-labour-memorandum-2025"]["parties"] == "BE|TJ"
    assert {row["id"] for row in table("parties.csv")} <= set(agreements)
    named = {row["id"] for row in table("things.csv")}
    for name in ("statuses.csv", "actions.csv", "figures.csv", "conflicts.csv"):
        assert {row["id"] for row in table(name)} <= named, name
    assert set(agreements) <= {row["id"] for row in table("statuses.csv")}
    known = {row["evidence"] for row in table("evidence.csv")}
    assert all(set(row["evidence"].split("|")) <= known for row in agreements.values())


def test_no_time_of_export_is_written_and_no_status_but_of_the_last_source(folder: Path) -> None:
    for path in folder.iterdir():
        text = path.read_text(encoding="utf-8")
        assert "lastmodifieddate" not in text
        assert "status_reason" not in text or path.name in {"statuses.csv", "dictionary.csv", *NETWORKS}
    with (folder / "statuses.csv").open(encoding="utf-8") as file:
        assert {row["as_of"] for row in csv.DictReader(file)} == {"2026-02-27"}


def test_every_column_of_every_table_is_explained(folder: Path) -> None:
    with (folder / "dictionary.csv").open(encoding="utf-8") as file:
        explained = {(row["table"], row["column"]) for row in csv.DictReader(file) if row["type"] and row["meaning"]}
    for path in folder.glob("*.csv"):
        header = path.read_text(encoding="utf-8").splitlines()[0].split(",")
        assert {(path.stem, column) for column in header} <= explained or path.stem == "dictionary"


def test_an_unknown_format_is_refused_before_anything_is_written(graph: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageFault, match="pdf"):
        export.written(graph, ["turtle", "pdf"], tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_an_endpoint_is_not_exported(tmp_path: Path) -> None:
    with pytest.raises(StoreFault):
        export.written(Remote("http://127.0.0.1:9/query"), ["turtle"], tmp_path)
