"""Questions that mean harm, or are wrong: nothing reaches beyond the store, every limit holds, each fault is named."""

from __future__ import annotations

import itertools
import json
import os
import re
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

import pytest

import cagraph
from cagraph.answers import questions
from cagraph.errors import QueryFault, StoreFault, UsageFault
from cagraph.store import guard, watch
from cagraph.store.embedded import Embedded
from cagraph.store.escapes import decoded
from cagraph.store.workers import Worker

if TYPE_CHECKING:
    from collections.abc import Iterator

W3C: dict[str, str] = json.loads((Path(__file__).parent / "w3c-syntax.json").read_text(encoding="utf-8"))
ROOMY = 60


class _Listening(BaseHTTPRequestHandler):
    heard: ClassVar[list[str]] = []

    def do_GET(self) -> None:
        self.heard.append(self.path)
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        answer = b'{"head":{"vars":["a"]},"results":{"bindings":[]}}'
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.send_header("Content-Type", "application/sparql-results+json")
        self.end_headers()
        self.wfile.write(answer)

    do_POST = do_GET

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Write nothing."""


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    """Return the address of a server that remembers who called."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Listening) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


WORDS = (
    "SERVICE", "service", "SeRvIcE", r"\u0053ERVICE", r"SERV\u0049CE", r"\U00000053ERVICE", "SERVICE SILENT", "service silent",
)  # fmt: skip
GAPS = ("", " ", "\n", "\r", "\r\n", "\t", "#\n", "#>\n", '# } """ \'\r', "#SERVICE\n")
PLACES = (
    "SELECT * { %s }", "SELECT * {?s ?p ?o.%s}", "SELECT * {?s ?p 5.%s}", "SELECT * { FILTER(1<2)%s }",
    'SELECT * { ?s ?p "it\'s".%s }', "SELECT * { { SELECT * { %s } } }", "SELECT * { OPTIONAL { %s } }",
    "SELECT * { {} UNION { %s } }", "SELECT * { ?s ?p ?o MINUS { %s } }", "SELECT * { FILTER EXISTS { %s } }",
    "SELECT * { FILTER(1<2 && NOT EXISTS { %s }) }", "SELECT * { GRAPH ?g { %s } }", "ASK { %s }", "DESCRIBE ?a { %s }",
    "CONSTRUCT { ?a ?b ?c } WHERE { %s }", "SELECT (EXISTS { %s } AS ?x) {}", "SELECT * { BIND(EXISTS { %s } AS ?x) }",
    "SELECT * { ?s ?p ?o } ORDER BY (EXISTS { %s })", "SELECT * { ?s ?p ?o } GROUP BY ?s HAVING (EXISTS { %s })",
    "SELECT * { VALUES ?x { '''\n # ''' } %s }", r"SELECT * { ?s id:a\#b ?o . %s }",
)  # fmt: skip


def _spellings(url: str) -> list[str]:
    """Return questions that call a server: every word in every place, the gaps in turn, and several names of it."""
    gaps, found = itertools.cycle(GAPS), []
    for place, word in itertools.product(PLACES, WORDS):
        gap = next(gaps)
        found.append(place % f"{word}{gap}<{url}>{gap}{{ ?a ?b ?c }}")
    found += [
        f"PREFIX service: <{url}> SELECT * {{ {word}{gap} service:{{ ?a ?b ?c }} }}" for word in WORDS for gap in GAPS
    ]
    found += [f"PREFIX : <{url}> SELECT * {{ {word}:{{ ?a ?b ?c }} }}" for word in WORDS]
    found += [f"BASE <{url}> SELECT * {{ {word}<x>{{ ?a ?b ?c }} }}" for word in WORDS]
    found += [f"SELECT * {{ VALUES ?there {{ <{url}> }} {word} ?there {{ ?a ?b ?c }} }}" for word in WORDS]
    return found


def test_the_server_would_hear(url: str) -> None:
    """The engine does call it: silence below is the guard's work."""
    from pyoxigraph import Store

    before = len(_Listening.heard)
    Store().query(f"SELECT * {{ FILTER(1<2)SERVICE#>\n<{url}>{{?a ?b ?c}} }}")
    assert len(_Listening.heard) > before


def test_no_spelling_of_service_reaches_a_server(tiny: Embedded, url: str) -> None:
    spellings = _spellings(url)
    assert len(spellings) > 200
    before = len(_Listening.heard)
    answered = []
    for sparql in spellings:
        try:
            tiny.query(sparql)
        except QueryFault as fault:
            assert "SERVICE is refused" in str(fault), sparql  # noqa: PT017 - all are looked at
        else:
            answered.append(sparql)
    assert not answered
    assert len(_Listening.heard) == before


HIDING = ("serviqe", "sqaaaae", "SERVIQE", "Serviqe", "ſervice", "service", "SERVICE", "xservice")
"""Words that were, are or may be put in the keyword's place to see whether the question is legal without it."""
BEFORE = ("?s ?p ?o", "VALUES ?x {<urn:a>} ?s ?p ?o", "BIND(1 AS ?x) ?s ?p ?o", "{SELECT ?x {VALUES ?x {1}}} ?s ?p ?o",
          "<<?s ?p ?o>> ?q ?r")  # fmt: skip


def _reifiers(url: str) -> list[str]:
    """Return questions in which the keyword stands where the name of a reifier may, under declared names like it."""
    texts = (f"PREFIX {name}: <http://x.invalid/> PREFIX : <{url}> SELECT * {{ {before} ~ {word}{gap}:{{ ?x ?b ?c }} }}"
             for name in HIDING for before in BEFORE for word in WORDS[:6] for gap in ("", " ", "#\n"))  # fmt: skip
    reified = (
        r"PREFIX \u0073\u0071aaaae: <http://x.invalid/> PREFIX : <%s> SELECT * { ?s ?p ?o ~ SERVICE:{ ?x ?b ?c } }"
    )
    return [*texts, reified % url]


@pytest.fixture(scope="module")
def reified(tmp_path_factory: pytest.TempPathFactory) -> Embedded:
    """Return a store in which `?s ?p ?o ~ ?r` finds something: what follows it is evaluated."""
    from pyoxigraph import RdfFormat, Store

    from cagraph.store.embedded import opened

    folder = str(tmp_path_factory.mktemp("reified"))
    store = Store(folder)
    turtle = "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> . <urn:a> <urn:b> <urn:c> ~ <urn:d> .\n"
    store.load(turtle + "<urn:d> <urn:e> <urn:f> ~ <urn:g> .", format=RdfFormat.TURTLE)
    store.flush()
    del store
    return opened(folder)


def test_no_name_makes_the_keyword_look_like_a_reifier(reified: Embedded, url: str) -> None:
    before = len(_Listening.heard)
    reified._engine.query(f"PREFIX : <{url}> SELECT * {{ ?s ?p ?o ~ SERVICE:{{ ?x ?b ?c }} }}")
    assert len(_Listening.heard) > before  # the engine does call it: silence below is the guard's work
    before = len(_Listening.heard)
    answered = []
    for sparql in _reifiers(url):
        try:
            reified.query(sparql)
        except QueryFault:
            continue
        answered.append(sparql)
    assert len(_Listening.heard) == before
    # Answered is only what is no call: there the keyword is a prefix, or no keyword is left.
    assert all(re.search(r"PREFIX SERVICE:.*~ SERVICE:|PREFIX service:.*~ service:", one) for one in answered), answered


@pytest.mark.parametrize("sparql", [
    "SELECT ?serviqe ?service { ?serviqe ?service ?o } LIMIT 1",
    "SELECT * { BIND(1 AS ?serviqe) BIND(2 AS ?service) BIND(3 AS ?sqaaaae) BIND(4 AS ?SERVICE) }",
    "SELECT * { BIND(1 AS ?frqm) BIND(2 AS ?from) BIND(3 AS ?fqam) }",
    "PREFIX service: <urn:a> PREFIX serviqe: <urn:b> PREFIX SERVICE: <urn:c> SELECT * { service:a SERVICE:b serviqe:c }",
    'SELECT * { BIND("\\from" AS ?from) }',
])  # fmt: skip
def test_a_question_may_hold_words_like_the_keyword(tiny: Embedded, sparql: str) -> None:
    tiny.query(sparql)


def test_a_dataset_is_seen_whatever_prefix_is_declared(reified: Embedded) -> None:
    for word in ("frqm", "fqam", "FRQM"):
        with pytest.raises(QueryFault, match="the store holds no graph"):
            reified.query(f"PREFIX {word}: <urn:x> ASK FROM <urn:nowhere> {{ ?s ?p ?o }}")


@pytest.mark.parametrize("keyword", ["from", "service", "graph"])
def test_the_keyword_counts_as_used_if_all_words_like_it_stand_in_the_question(keyword: str) -> None:
    """In doubt it is refused; and a word that takes its place stands nowhere in the question, nor in its escapes."""
    from cagraph.store import grammar

    question = f"SELECT ?{keyword} {{}}"
    for _ in range(10_000):
        other = grammar.without(keyword, question)
        if other is None:
            break
        assert not grammar.uses(keyword, question)
        word = other[8 : 8 + len(keyword)]
        assert word not in decoded(question).lower()
        upper = word.upper()
        escaped = f"\\u{ord(upper[0]):04X}{upper[1:]}"
        question += f" # {upper if len(question) % 2 else escaped} "
        if keyword != "from" and question.count("#") > 60:
            break
    else:
        pytest.fail("never in doubt")
    assert grammar.uses(keyword, question) is (keyword == "from")


@pytest.mark.parametrize(
    "sparql",
    [
        "PREFIX service: <http://example.org/> SELECT * { ?s service:a ?o }",
        "PREFIX service: <http://example.org/> SELECT * { ?s service:SERVICE [] }",
        'SELECT * { ?s ?p "SERVICE <http://127.0.0.1:9/> { ?a ?b ?c }" }',
        'SELECT * { ?s ?p """\nSERVICE <http://127.0.0.1:9/> { ?a ?b ?c }\n""" }',
        "SELECT ?service { ?service ?p ?o }",
        "SELECT $SERVICE { $SERVICE ?p ?o }",
        "SELECT * { ?s ?p ?o } # SERVICE <http://127.0.0.1:9/> {}",
        "SELECT * { ?s <http://example.org/SERVICE> ?o }",
        "SELECT * { ?s id:customs-service ?o }",
        "SELECT * { ?s <http://example.org/service-of-customs> ?o }",
        "SELECT * { _:service ?p 'service'@en-service }",
        'SELECT * { ?s ?p "\\u0053ERVICE" }',
    ],
)
def test_the_word_is_not_refused_where_it_is_no_keyword(tiny: Embedded, sparql: str) -> None:
    tiny.query(sparql)


def test_no_legal_question_of_the_w3c_is_refused() -> None:
    """But those with SERVICE, without BASE, or of functions and graphs that there are not; an empty store is asked."""
    from pyoxigraph import Store

    empty = Embedded(Store())
    assert len(W3C) > 200
    allowed = {"SERVICE is refused": 3, "no BASE": 25, "there is no function": 8, "the store holds no graph": 4}
    counted = dict.fromkeys(allowed, 0)
    for name, sparql in W3C.items():
        try:
            empty.query(sparql)
        except QueryFault as fault:
            why = next((why for why in allowed if why in str(fault)), None)
            assert why, f"{name}: {fault}"  # noqa: PT017 - all but some answer
            counted[why] += 1
            if why == "there is no function":
                assert re.search(r"[\w>]\s*\(", sparql)
            elif why == "no BASE":
                assert "base" not in sparql.lower()
    assert counted == allowed


def _asked(path: Path, sparql: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Ask on the command line, in a process that the system itself holds to some gigabytes."""
    path.write_text(sparql, encoding="utf-8")
    command = f"ulimit -v 12000000; exec {sys.executable} -m cagraph query -f {path} {' '.join(options)}"
    return subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=ROOMY, check=False)


DEEP = {
    "brackets": "SELECT * { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }",
    "if": "SELECT * { BIND(" + "IF(" * 2_000 + "1" + ",1,1)" * 2_000 + " AS ?x) }",
    "not": "SELECT * { FILTER(" + "!" * 100_000 + "1) }",
    "plus": "SELECT * { FILTER(1" + "+1" * 100_000 + ") }",
    "square": "SELECT * { ?s ?p " + "[" * 100_000 + " }",
    "braces": "SELECT * " + "{" * 20_000 + "}" * 20_000,
    "lists": "SELECT * { ?s ?p " + "(" * 5_000 + ")" * 5_000 + " }",
    "paths": "SELECT * { ?s " + "(" * 5_000 + "a" + ")*" * 5_000 + " ?o }",
    "exists": "SELECT * { " + "FILTER EXISTS {" * 3_000 + "}" * 3_000 + " }",
    "or": "SELECT * { FILTER(1" + "||1" * 100_000 + ") }",
    "sequence": "SELECT * { ?s a" + "/a" * 100_000 + " ?o }",
    "union": "SELECT * { {}" + " UNION {}" * 100_000 + " }",
    "filters": "SELECT * { " + "FILTER(1)" * 100_000 + " }",
}


@pytest.mark.parametrize("shape", DEEP)
def test_what_is_too_deep_or_too_long_is_refused(tmp_path: Path, shape: str) -> None:
    found = _asked(tmp_path / "q.rq", DEEP[shape])
    assert found.returncode == 2, found
    assert re.search(r"is too deep: |is longer than |other signs, and at most ", found.stderr)


HEAVY = {
    "long chain": "SELECT * { FILTER(1" + "+1" * 40_000 + ") }",
    "long path": "SELECT * { ?s a" + "/a" * 49_000 + " ?o }",
    "many filters": "SELECT * { " + "FILTER(1)" * 16_000 + " }",
    "many unions": "SELECT * { {}" + " UNION {}" * 16_000 + " }",
    "replace": 'SELECT (REPLACE(?j,"x",?j) AS ?k) { BIND(REPLACE("xxxxxxxxxx","x","xxxxxxxxxx") AS ?a) '
    'BIND(REPLACE(?a,"x",?a) AS ?b) BIND(REPLACE(?b,"x",?b) AS ?j) }',
    "order": "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?a ?f ?c",
    "rows": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "count": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "concat": "SELECT (GROUP_CONCAT(?z) AS ?n) { ?a ?b ?c . ?d ?e ?f BIND(CONCAT(STR(?a), STR(?f)) AS ?z) }",
}


@pytest.mark.parametrize("shape", HEAVY)
def test_time_and_memory_have_limits_that_hold(tmp_path: Path, shape: str) -> None:
    found = _asked(tmp_path / "q.rq", HEAVY[shape], "--timeout 3 --memory 0.5 --format tsv")
    assert found.returncode == 1, found
    assert re.search(r"no answer within 3 seconds|took more than 0.5 GB", found.stderr)


def test_a_worker_that_was_ended_leaves_the_store_answering(tiny: Embedded) -> None:
    api = cagraph.load()
    with pytest.raises(StoreFault, match="no answer within"):
        api.query(HEAVY["count"], timeout=0.5)
    with pytest.raises(StoreFault, match=r"more than 0\.3 GB"):
        api.query(HEAVY["order"], memory=0.3)
    assert api.query("ASK { id:tj a ca:Country }") is True
    workers = tiny.apart()
    assert workers
    assert workers.ask(watch.USUAL, "query", "ASK {}") is True
    assert questions.answer(tiny, "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 3", {}).result == tiny.query(
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 3"
    )


def test_limits_hold_where_no_folder_can_be_written() -> None:
    """The store is in memory then, and the worker has a copy: what it answers is the same, what it takes is ended."""
    code = (
        "import cagraph, os, warnings; from cagraph.errors import StoreFault\n"
        "warnings.simplefilter('ignore')\n"
        "graph = cagraph.load()\n"
        "assert graph._store.folder == ''\n"
        "from cagraph.store import memory\n"
        "print(graph.query('SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }').rows[0][0])\n"
        "print(len(graph._store.select('SELECT ?s { GRAPH ?g { ?s ?p ?o } }').rows))\n"
        "before = memory.resident()\n"
        f"for sparql, limits in (({HEAVY['order']!r}, dict(memory=0.3)), ({HEAVY['count']!r}, dict(timeout=1))):\n"
        "    try: graph.query(sparql, **limits)\n"
        "    except StoreFault as fault: print(fault.message)\n"
        "print(memory.resident() - before < 300_000_000)\n"
        "print(graph.query('ASK { id:tj a ca:Country }'))"
    )
    found = subprocess.run(
        ["bash", "-c", f'ulimit -v 6000000; exec {sys.executable} -c "$0"', code],
        capture_output=True, text=True, timeout=2 * ROOMY, check=False,
        env={**os.environ, "CAGRAPH_CACHE": "/proc/x", "TMPDIR": "/proc/y"},
    )  # fmt: skip
    assert found.returncode == 0, found.stderr
    counted, held, large, late, small, after = found.stdout.splitlines()
    assert counted == held
    assert int(held) > 10_000
    assert "more than 0.3 GB" in large
    assert "no answer within 1 seconds" in late
    assert (small, after) == ("True", "True")


def test_a_copy_of_a_store_holds_all_that_it_holds() -> None:
    """Terms of RDF 1.2, blank nodes and named graphs among them; what stands behind the copy is left in the stream."""
    import io

    from pyoxigraph import RdfFormat, Store

    from cagraph.store.embedded import received
    from cagraph.store.parts import Parts

    engine = Store()
    text = '<urn:s> <urn:p> "a\\u0000\\n\U0001f600"@ar--rtl <urn:g> .\n_:b <urn:p> <<( <urn:s> <urn:p> "x" )>> .'
    engine.load(text, format=RdfFormat.N_QUADS)
    engine.load("\n".join(f"<urn:{n}> <urn:p> '{n}' ." for n in range(20_000)), format=RdfFormat.TURTLE)
    for source in (Store(), engine):
        stream = io.BytesIO()
        parts = Parts(stream)
        source.dump(cast("io.BytesIO", parts), format=RdfFormat.N_QUADS)
        parts.end()
        stream.write(b"behind")
        stream.seek(0)
        copy = received(stream)
        assert stream.read() == b"behind"
        assert copy.size() == len(source)
        assert {str(q) for q in copy.quads() if "_:" not in str(q)} == {str(q) for q in source if "_:" not in str(q)}
    assert questions.answer(Embedded(engine), "ASK { <urn:7> <urn:p> '7' }", {}).result is True
    with pytest.raises(EOFError):
        received(io.BytesIO(stream.getvalue()[:-8]))


def test_a_worker_ends_with_the_process_that_asks(tiny: Embedded) -> None:
    worker = Worker(tiny.folder)
    assert worker.is_alive()
    worker.close()
    assert not worker.is_alive()


@pytest.mark.parametrize(("variable", "value", "says"), [
    ("CAGRAPH_TIMEOUT", "0.000001", "no answer within 1e-06 seconds"),
    ("CAGRAPH_MEMORY", "0.0000001", "took more than 1e-07 GB"),
    ("CAGRAPH_TIMEOUT", "soon", "no time limit"),
])  # fmt: skip
def test_a_lookup_is_watched(variable: str, value: str, says: str) -> None:
    """The limits are so low that the first look ends it; the question is slow enough to be looked at."""
    slow = (
        "from cagraph.store import opening, watch\n"
        "watch.arm()\n"
        "opening.connect().query('SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }')"
    )
    found = subprocess.run([sys.executable, "-c", slow], env={**os.environ, variable: value}, capture_output=True,
                           text=True, timeout=ROOMY, check=False)  # fmt: skip
    assert found.returncode == 1
    assert says in found.stderr


@pytest.mark.parametrize(("redirected", "code", "says"), [
    ("-f /dev/zero", 2, "is longer than 250,000 characters"),
    ("-f - < /dev/zero", 2, "is longer than 250,000 characters"),
    ("-f - <&-", 2, "standard input is closed"),
    ("-f - < /dev/null", 2, "it is empty"),
    ("-f {fifo} --timeout 1", 1, "nothing could be read to its end within 1 seconds"),
    ("-f <(echo 'ASK {{}}')", 0, ""),
    ("-f - <<< 'ASK {{}}'", 0, ""),
])  # fmt: skip
def test_a_question_is_read_from_anything(tmp_path: Path, redirected: str, code: int, says: str) -> None:
    os.mkfifo(tmp_path / "fifo")
    command = f"ulimit -v 12000000; {sys.executable} -m cagraph query {redirected.format(fifo=tmp_path / 'fifo')}"
    found = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=ROOMY, check=False)
    assert found.returncode == code, found.stderr
    assert says in found.stderr
    assert "Traceback" not in found.stderr


@pytest.mark.parametrize("written", ["", "echo 'ASK {}'; ", "printf 'ASK {'; "])
@pytest.mark.parametrize("given", ["-f - < {fifo}", "-f {fifo}", "-f /dev/stdin < {fifo}", "-f /dev/fd/0 < {fifo}"])
def test_input_that_does_not_end_is_given_up_in_order(tmp_path: Path, written: str, given: str) -> None:
    """A writer holds the pipe open: the message is all that is said, and the process ends as it should."""
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    asked = f"{sys.executable} -m cagraph query {given.format(fifo=fifo)} --timeout 1"
    command = f"{{ {written}exec sleep {ROOMY}; }} > {fifo} & {asked}; code=$?; kill $!; exit $code"
    found = subprocess.run(["bash", "-c", command], capture_output=True, text=True, timeout=ROOMY, check=False)
    assert found.returncode == 1, found.stderr
    told = found.stderr.splitlines()
    assert len(told) == 2, found.stderr
    assert "nothing could be read to its end within 1 seconds" in told[0]


def test_a_question_comes_in_pieces_through_a_pipe_that_does_not_wait() -> None:
    code = "import os, sys; os.set_blocking(0, False); from cagraph.__main__ import run; sys.argv[1:] = ['query', '-f', '-']; run()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE) as asking:  # fmt: skip
        assert asking.stdin
        for part in (b"ASK", b" { ", b"}"):
            asking.stdin.write(part)
            asking.stdin.flush()
            time.sleep(0.2)
        told, wrong = asking.communicate(timeout=ROOMY)
    assert (asking.returncode, told.strip(), wrong) == (0, b"true", b"")


WRONG = {
    "": "it is empty",
    " \n": "it is empty",
    "# nothing\n": "nothing but comments",
    "SELECT * { ?s foo:x ?o }": "line 1, column 15: the prefix foo: is not declared",
    "PREFIX a: <urn:a> SELECT *\n{ ?s a:x b:c }": "line 2, column 10: the prefix b: is not declared",
    "SELECT * { ?s a <thing> }": "line 1, column 17: <thing> is a relative IRI, and the question has no BASE",
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }": "INSERT is refused",
    "PREFIX x: <urn:x> DELETE WHERE { ?s ?p ?o }": "DELETE is refused",
    "LOAD <http://127.0.0.1:9/>": "LOAD is refused",
    "CLEAR ALL": "CLEAR is refused",
    "SELECT * { ?s ?p ?o FILTER(<urn:nothing>(?s)) }": "there is no function <urn:nothing>",
    "SELECT (<urn:total>(?o) AS ?n) { ?s ?p ?o }": "there is no function <urn:total>",
    "SELECT (<urn:total>(DISTINCT ?o) AS ?n) { ?s ?p ?o }": "column 21: DISTINCT cannot stand here",
    "SELECT * { FILTER(NOTHING(1)) }": "column 19: NOTHING(...) cannot stand here",
    "SELECT * { ?s ?p ?o": "column 20: the question ends too early",
    "SELECT * { ?s ?p ?o }}": "column 22: } closes nothing",
    "SELECT * { ?s ?p (1 2 }": "column 23: } closes no {",
    "SELECT * { ?s ?p 'abc }": "column 18: the text that begins here does not end",
    "SELECT * { ?s ?p '''abc' }": "column 18: the text that begins here does not end",
    "SELECT * { ?s <a b> ?o }": "column 15: this is no IRI: it holds a space",
    "SELECT * { ?s <http://a/{x}> ?o }": "column 15: this is no IRI: it holds {",
    "SELECT * { ?s ?p ?o BIND(1 AS ?o) }": "column 31: ?o has a value before AS gives it one",
    "SELECT (COUNT(?o)) { ?s ?p ?o }": "column 18: what SELECT reckons has no name",
    "SELECT ?s ?p { ?s ?p ?o } GROUP BY ?s": "neither in GROUP BY nor inside an aggregate",
    "SELECT * { ?s ?p ?o } GROUP BY ?s": "SELECT * cannot go with GROUP BY",
    "SELECT * { VALUES (?a ?b) { (1) } }": "a row of VALUES has more or fewer values",
    "SELECT ?s { ?s ?p }": "column 19: } cannot stand here",
    "SELEC ?s { ?s ?p ?o }": "column 1: SELEC cannot stand here",
    "SELECT ?s { ?s ?p ?o } LIMIT x": "column 30: x cannot stand here",
    "SELECT * { ?s ?p ?o } LIMIT 10a": "column 31: a cannot stand here",
    "SELECT * { ?s ?p ?o } LIMIT 10 ?x": "column 32: ?x cannot stand here",
    "SELECT * { ?s ?p ?o } OFFSET 3zz # nothing": "column 31: zz cannot stand here",
    "ASK {} zz\n": "column 8: zz cannot stand here",
    "SELECT * { ?s ?p 5b }": "column 19: b cannot stand here",
    "SELECT * { ?s ?p ?o?b }": "column 20: ?b cannot stand here",
    "SELECT * { ?s ?p ?o } ORDER": "column 28: the question ends too early",
    "SELECT * { ?s ?p ?o } LIMIT": "column 28: the question ends too early",
    "SELECT * { ?s ?p ?o } ORDER ?o": "column 29: BY is missing after ORDER",
    "SELECT * { ?s ?p ?o } order\nDESC(?o)": "line 2, column 1: BY is missing after ORDER",
    "SELECT ?s { ?s ?p ?o } GROUP ?s": "column 30: BY is missing after GROUP",
    "SELECT * { FILTER(1=1=1) }": "column 22: = cannot stand here",
    "SELECT * { FILTER(1!=1 != 1) }": "column 24: != cannot stand here",
    "SELECT * { ?s a** ?o }": "column 17: * cannot stand here",
    "SELECT * { ?s a// ?o }": "column 17: / cannot stand here",
    "SELECT COUNT(?x) WHERE { ?x ?y ?z }": "write (COUNT(?x) AS ?n)",
    "SELECT ?x SUM(DISTINCT ?z) { ?x ?y ?z } GROUP BY ?x": "write (SUM(DISTINCT ?z) AS ?n)",
}


@pytest.mark.parametrize("sparql", WRONG)
def test_what_is_wrong_is_named(tiny: Embedded, sparql: str) -> None:
    with pytest.raises(QueryFault) as caught:
        tiny.query(sparql)
    assert WRONG[sparql] in str(caught.value)
    assert "expected" not in str(caught.value)  # the state of the grammar
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("sign", ['"\\', "'\\", '"""\\', "<", "true-", "a:", "PREFIX ", "#", "{", "?a "])
def test_what_is_wrong_is_found_in_linear_time(sign: str) -> None:
    """No more steps for each sign of a question ten times as long; counted, not timed."""
    from cagraph.store import grammar

    for text in (sign * 100, sign * (guard.LONGEST // len(sign))):
        pieces = list(grammar.pieces(text))
        assert sum(len(piece.text) for piece in pieces) <= len(text)


def test_limits_that_are_none_are_refused(tiny: Embedded) -> None:
    for limits in (
        watch.Limits(0, 1),
        watch.Limits(1, 0),
        watch.Limits(float("nan"), 1),
        watch.Limits(1, float("inf")),
        watch.Limits(cast("float", None), 1),
        watch.Limits(cast("float", "x"), 1),
        watch.Limits(1, cast("float", [])),
        watch.Limits(True, 1),
        watch.Limits(1e300, 1),
        watch.Limits(1, 10**400),
        watch.Limits(10**5000, 1),
    ):
        with pytest.raises(UsageFault, match=r"is no (?s:.*)above 0, and not above 1,000,000,000"):
            questions.answer(tiny, "ASK {}", {}, limits)


@pytest.mark.parametrize(("command", "code", "says"), [
    ("query ''", 2, "the question asks nothing: it is empty"),
    ("query '' --timeout 1e300", 2, "and not above 1,000,000,000"),
    ("CAGRAPH_TIMEOUT=abc show kz", 2, "CAGRAPH_TIMEOUT is 'abc', which is no time limit"),
    ("CAGRAPH_TIMEOUT=1e300 show kz", 2, "CAGRAPH_TIMEOUT is '1e300', which is no time limit"),
    ("CAGRAPH_MEMORY=-1 show kz", 2, "CAGRAPH_MEMORY is '-1', which is no limit of memory"),
    ("CAGRAPH_MEMORY=abc --version", 0, ""),
    ("query 'ASK {' 2>&-", 2, ""),
    ("nothing 2>&-", 2, ""),
])  # fmt: skip
def test_a_command_put_wrongly_is_told_so(command: str, code: int, says: str) -> None:
    """On standard error alone, though that is closed."""
    variable, _, rest = command.partition(" ") if command.startswith("CAGRAPH_") else ("", "", command)
    asked = f"{variable} {sys.executable} -m cagraph {rest}"
    found = subprocess.run(["bash", "-c", asked], capture_output=True, text=True, timeout=ROOMY, check=False)
    assert (found.returncode, says in found.stderr) == (code, True), found.stderr
    assert not code or not found.stdout
