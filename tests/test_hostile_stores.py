"""A store of other people holds any text: no command hands on a sign that steers, and what it writes is well-formed.

The small graph, each of whose texts has all such signs in it, asked in a folder and at an endpoint; the endpoint
puts halves of surrogate pairs in as well, which no store but its JSON can hold.
"""

from __future__ import annotations

import csv
import io
import json
import re
import shlex
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs

import networkx
import pyoxigraph
import pytest
from click.testing import CliRunner

from cagraph import cli, formats, load
from cagraph.api import Cagraph
from cagraph.cli.options import complete
from cagraph.store.embedded import Embedded, opened

ENDS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
STEERING = "".join(
    map(chr, (*range(9), *range(14, 28), 31, *range(0x7F, 0x85), *range(0x86, 0xA0), 0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F),
              *range(0x2066, 0x2070), 0xFEFF, *range(0xFFF9, 0xFFFC), 0xFFFE, 0xFFFF, *range(0xFDD0, 0xFDF0),
              0xE0001, *range(0xE0020, 0xE0080), *(plane + end for plane in range(0x10000, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF))))
)  # fmt: skip
SIGNS = f"<i>{STEERING}{ENDS}\r\n\r\t| =1 \\ \"'&]]> */ -->"
RAW = {*STEERING, *ENDS, "\r", *map(chr, range(0xD800, 0xE000))}
TEXTS = {
    "creator", "description", "title", "publisher", "number", "_1", "_2", "label", "altLabel", "prefLabel", "definition",
    "accordingToName", "aim", "breakdown", "heading", "inference", "name", "note", "place", "provision", "reason", "section",
    "shortName", "task", "unit", "reading", "otherReading", "reviewedBy", "recordedBy", "comment", "field", "version",
}  # fmt: skip
"""Properties whose values are text and nothing that is reckoned with."""
COMMANDS = [
    *(f"{name} kz FORMAT" for name in ("agencies", "agreements", "decrees", "events", "laws", "organizations", "policies", "programmes", "schemes")),
    "chain kz-uz-labour-agreement-2019 FORMAT", "check FORMAT", "compare KZ UZ FORMAT", "conflicts FORMAT", "countries FORMAT", "coverage FORMAT",
    "coverage --by-country FORMAT", "duplicates FORMAT", "evidence uz-ru-memorandum-2022 FORMAT", "figures kz FORMAT", "queries FORMAT",
    "query agreements-of-country --param country=kz FORMAT", "query 'SELECT ?s ?o { ?s rdfs:label|ca:section ?o }' FORMAT",
    "search memorandum FORMAT", "show kz FORMAT", "show book FORMAT", "show uz-ru-memorandum-2022 FORMAT", "sources FORMAT",
    "status kz-uz-labour-agreement-2019 FORMAT", "timeline kz FORMAT", "verify --sources . FORMAT",
    *(f"cite-as {name} --style {style}" for name in ("book", "uz-ru-memorandum-2022") for style in ("footnote", "oscola", "bibtex", "csl-json")),
    *(f"query 'SELECT * {{ ?s rdfs:label ?o }}' --format {name}" for name in formats.RESULTS),
    *(f"query 'CONSTRUCT WHERE {{ ?s rdfs:label ?o }}' --format {name}" for name in formats.TRIPLES),
    "timeline kz --svg -", "network -o -", "network kz -o -",
    *(f"export {name} -o -" for name in ("turtle", "trig", "nquads", "jsonld", "rdfxml", "graphml", "gexf", "nodelink")),
]  # fmt: skip


RDF = {"turtle": "ttl", "trig": "trig", "nquads": "nq", "ntriples": "nt"}


def _hostile(quad: pyoxigraph.Quad) -> pyoxigraph.Quad:
    value = quad.object
    if not isinstance(value, pyoxigraph.Literal) or re.split(r"[#/]", quad.predicate.value)[-1] not in TEXTS:
        return quad
    text = value.value + SIGNS
    told = pyoxigraph.Literal(text, language=value.language) if value.language else pyoxigraph.Literal(text)
    return pyoxigraph.Quad(quad.subject, quad.predicate, told, quad.graph_name)


@pytest.fixture(scope="module")
def folder(tiny: Embedded, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the folder of the small graph with signs in each of its texts."""
    folder = str(tmp_path_factory.mktemp("hostile"))
    store = pyoxigraph.Store(folder)
    store.bulk_extend(map(_hostile, tiny.quads()))
    store.flush()
    return folder


@pytest.fixture(scope="module")
def url(folder: str) -> Iterator[str]:
    """Serve it, with half a pair for each U+FFFE."""
    store = opened(folder)

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            question = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())["query"][0]
            text = store.results(question, "sparql-json")
            body = text.replace("\\uFFFE", "\\uD800\\uD801").encode()
            self.send_response(200)
            self.send_header("Content-Type", self.headers["Accept"])
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answer) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/"
        server.shutdown()


def commands(*, remote: bool) -> Iterator[list[str]]:
    """Yield commands, those of rows in every format in turn; of an endpoint those that it can answer."""
    for number, command in enumerate(COMMANDS):
        if remote and (command.startswith("export") or "--format" in command):
            continue
        each = list(formats.WRITERS)
        for format_ in (each[number % 6 :: 6] if remote else each) if "FORMAT" in command else [""]:
            yield shlex.split(command.replace("FORMAT", f"--format {format_}"))


def parsed(command: list[str], text: str) -> None:
    """Read what a command wrote, as others read it."""
    format_ = command[-1] if "--format" in command or "--style" in command else command[1]
    if format_ in {"json", "csl-json", "nodelink", "jsonld", "sparql-json"}:
        assert isinstance(json.loads(text), list | dict)
    elif format_ in {"csv", "excel-csv", "sparql-csv"}:
        lines = list(csv.reader(io.StringIO(text, newline="")))
        assert len({*map(len, lines)}) == 1
    elif format_ == "tsv":
        assert len({line.count("\t") for line in text.split("\n")[:-1]}) == 1
        assert text.count("\n") == len(text.splitlines())
    elif format_ in {"rdfxml", "graphml", "gexf", "sparql-xml"} or "--svg" in command:
        assert len(list(ET.fromstring(text).iter())) > 5  # noqa: S314
    elif format_ in {"turtle", "trig", "nquads", "ntriples"}:
        assert len(list(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.from_extension(RDF[format_])))) > 5
    elif format_ == "bibtex":
        assert text.count("{") - text.count("\\{") == text.count("}") - text.count("\\}")
        assert all(re.fullmatch(r"@\w+\{[\w-]+,|  \w+ = \{.*\},|\}|", line) for line in text.split("\n"))
    elif command[0] == "network":
        data = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
        assert data
        assert json.loads(data[1])["nodes"]
    elif format_ == "markdown":
        assert all(line.startswith("| ") and line.endswith(" |") for line in text.split("\n")[:-1])


@pytest.mark.parametrize("where", ["folder", "url"])
def test_no_command_hands_on_a_sign_that_steers(
    where: str, request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CAGRAPH_STORE", request.getfixturevalue(where))
    monkeypatch.chdir(tmp_path)
    told = 0
    for command in commands(remote=where == "url"):
        found = CliRunner().invoke(cli.main, command)
        assert isinstance(found.exception, SystemExit | None), command
        assert found.exit_code == (command[0] in {"check", "verify"}), (command, found.stderr)
        text, error = found.stdout_bytes.decode(), found.stderr_bytes.decode()
        allowed = {"\r", "\ufeff"} if "excel-csv" in command else {"\r"} if command[-1] == "sparql-csv" else set()
        assert not RAW.intersection(text) - allowed, command
        assert not RAW.intersection(error), command
        parsed(command, text)
        told += "=1" in text or "\\u0000" in text
    assert told >= 25, "the signs came through to the writers"


def test_every_file_of_an_export_is_well_formed(folder: str, tmp_path: Path) -> None:
    for path in Cagraph(opened(folder)).export(*formats_of_exports(), folder=tmp_path):
        text = path.read_bytes().decode()
        assert not RAW.intersection(text), path
        if path.suffix == ".csv":
            assert len({*map(len, csv.reader(io.StringIO(text, newline="")))}) == 1
        elif path.suffix in {".rdf", ".graphml", ".gexf"}:
            ET.fromstring(text)  # noqa: S314
    ours = {str(quad) for quad in opened(folder).quads()}
    read = pyoxigraph.parse((tmp_path / "cagraph.nq").read_bytes(), format=pyoxigraph.RdfFormat.N_QUADS)
    assert {str(quad) for quad in read} == ours, "N-Quads can say them all"


def formats_of_exports() -> list[str]:
    from cagraph.export import FORMATS

    return list(FORMATS)


@pytest.mark.parametrize("where", ["folder", "url"])
def test_what_python_and_notebooks_show_steers_nothing(
    where: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    api = load(request.getfixturevalue(where))
    for card in (api.show("kz"), api.show("book"), api.show("uz-ru-memorandum-2022")):
        assert not RAW.intersection(str(card))
        assert not RAW.intersection(card._repr_html_())
    graph = api.networkx("kz")
    for write, read in (
        (networkx.write_graphml, networkx.read_graphml),
        (networkx.write_gexf, networkx.read_gexf),
        (networkx.write_gml, networkx.read_gml),
    ):
        write(graph, tmp_path / "x")
        assert set(read(tmp_path / "x")) == set(graph)
    for node in api.pyvis("kz").get_network_data()[0]:
        assert not RAW.intersection(node["label"])


@pytest.mark.parametrize("where", ["folder", "url"])
def test_no_completion_holds_one(where: str, request: pytest.FixtureRequest) -> None:
    import click

    class Context:
        params = {"where": request.getfixturevalue(where)}  # noqa: RUF012

    found = complete("Country")(Context(), click.Argument(["x"]), "k")  # type: ignore[arg-type]
    assert found
    assert not any(RAW.intersection(f"{item.value}{item.help}") for item in found)


def test_names_of_any_sign_are_read_back_from_every_syntax(tmp_path: Path) -> None:
    """Turtle has short names, in which nothing can be escaped."""
    engine = pyoxigraph.Store()
    for sign in "\ufeff\u202e\u2066\u200f\u2028é-.,":
        node = pyoxigraph.NamedNode(f"https://w3id.org/cagraph/id/a{sign}b")
        engine.add(
            pyoxigraph.Quad(
                node, pyoxigraph.NamedNode("http://www.w3.org/2000/01/rdf-schema#label"), pyoxigraph.Literal(sign)
            )
        )
    store = Embedded(engine)
    named = {(quad.subject, quad.object) for quad in engine}
    triples = [quad.triple for quad in engine]
    texts = {ending: formats.triples(triples, name) for name, ending in formats.TRIPLES.items()}
    for path in Cagraph(store).export("turtle", "trig", "nquads", "rdfxml", "jsonld", folder=tmp_path):
        text = path.read_text(encoding="utf-8")
        read = {
            (quad.subject, quad.object)
            for quad in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.from_extension(path.suffix[1:]))
        }
        assert read == named, path
        assert not RAW.intersection(text)
    for ending, text in texts.items():
        assert {
            (quad.subject, quad.object)
            for quad in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.from_extension(ending))
        } == named
        assert not RAW.intersection(text)


def test_signs_beyond_the_first_plane_mean_the_same_in_every_syntax(tmp_path: Path) -> None:
    node, label = (pyoxigraph.NamedNode(f"https://w3id.org/cagraph/id/{name}") for name in "ab")
    said = pyoxigraph.Literal("x\U000e0041\U0001f600\U0010ffff")
    quad = pyoxigraph.Quad(node, label, said)
    engine = pyoxigraph.Store()
    engine.add(quad)
    for path in Cagraph(Embedded(engine)).export("turtle", "trig", "nquads", "rdfxml", "jsonld", folder=tmp_path):
        text = path.read_text(encoding="utf-8")
        assert not RAW.intersection(text)
        read = pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.from_extension(path.suffix[1:]))
        assert {one.object for one in read} == {said}, path
    found = json.loads(Embedded(engine).results("SELECT ?o { ?s ?p ?o }", "sparql-json"))
    assert found["results"]["bindings"][0]["o"]["value"] == said.value


_READ = [
    "show kz", "show uz-ru-memorandum-2022", "show book", "conflicts", "conflicts kz", "timeline kz", "agreements kz", "laws kz", "figures kz", "events kz",
    "status kz-uz-labour-agreement-2019", "evidence uz-ru-memorandum-2022", "coverage", "countries", "sources", "check", "compare KZ UZ", "search memorandum",
    "chain kz-uz-labour-agreement-2019", "network -o -", "network kz -o -", "duplicates", "timeline kz --svg -", "cite-as book",
    *(f"export {name} -o -" for name in ("graphml", "gexf", "nodelink", "turtle", "jsonld")), "export csv -o tables",
]  # fmt: skip


def _broken(tiny: Embedded, folder: Path, prop: str, value: str) -> str:
    """Return a store in which each literal of a property is another text."""
    store = pyoxigraph.Store(str(folder))
    for quad in tiny.quads():
        is_meant = isinstance(quad.object, pyoxigraph.Literal) and re.split(r"[#/]", quad.predicate.value)[-1] == prop
        broken = pyoxigraph.Quad(quad.subject, quad.predicate, pyoxigraph.Literal(value), quad.graph_name)
        store.add(broken if is_meant else quad)
    store.flush()
    return str(folder)


@pytest.mark.parametrize("value", ["not what it should be", "2021-02-30", "a\tb\nc"])
@pytest.mark.parametrize("prop", ["period", "issued", "standing", "line", "wordStart"])
def test_what_a_store_holds_wrongly_is_its_fault_and_not_the_question_s(
    tiny: Embedded, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, prop: str, value: str
) -> None:
    monkeypatch.setenv("CAGRAPH_STORE", _broken(tiny, tmp_path / "store", prop, value))
    monkeypatch.chdir(tmp_path)
    told = []
    for command in _READ:
        found = CliRunner().invoke(cli.main, shlex.split(command))
        assert isinstance(found.exception, SystemExit | None), (command, found.exception)
        assert found.exit_code in {0, 1}, (command, found.stderr)
        assert found.exit_code == 0 or "the store" in found.stderr or command == "check", (command, found.stderr)
        told.append(found.exit_code)
    assert 0 in told
