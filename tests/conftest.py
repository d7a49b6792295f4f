"""What several tests share: the graph built from the data, endpoints that serve it, and a browser that reaches nothing."""

from __future__ import annotations

import gc
import os
import shlex
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from cagraph import cli
from cagraph.store import compiler, embedded
from cagraph.store.opening import connect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from playwright.sync_api import Browser, Dialog, Page, Request

    from cagraph.store import Store
    from cagraph.store.embedded import Embedded

ROOT = Path(__file__).parents[1]
CHROMIUM = Path("/usr/bin/chromium")
_ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep what the tests build away from the user's own store."""
    os.environ["CAGRAPH_CACHE"] = str(tmp_path_factory.mktemp("cache"))
    os.environ.pop("CAGRAPH_STORE", None)


@pytest.fixture(scope="session", autouse=True)
def _rare_collection() -> None:
    """Let the garbage collector look less often: it was a third of the time of every large load."""
    gc.set_threshold(100_000, 50, 50)


@pytest.fixture(scope="session")
def graph(_own_cache: None) -> Store:
    """Return the store built from the data."""
    return connect(None, say=False)


@pytest.fixture(scope="session")
def compile_folder(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], Embedded]:
    """Return a function that compiles a folder of records and opens the store."""

    def compile_(data: Path) -> Embedded:
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("CAGRAPH_DATA", str(data))
            return embedded.opened(str(compiler.compile_new(tmp_path_factory.mktemp("stores") / "store")))

    return compile_


@pytest.fixture(scope="session")
def tiny(compile_folder: Callable[[Path], Embedded]) -> Embedded:
    """Return a graph of some twenty made-up records, `tests/tiny`."""
    return compile_folder(Path(__file__).parent / "tiny")


@pytest.fixture(scope="session")
def sources() -> Path:
    """Return the folder of the source documents: `CAGRAPH_SOURCES`, else `../shared/sources`."""
    folder = Path(os.environ.get("CAGRAPH_SOURCES", ROOT.parent / "shared" / "sources"))
    if not any(folder.glob("0*.txt")):
        _lacking(f"the source documents are not in {folder}: set CAGRAPH_SOURCES")
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start Chromium once; without it the test is skipped, or fails if CAGRAPH_REQUIRE_ALL=1."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        _lacking("playwright is not installed: pip install playwright")
    if not CHROMIUM.is_file():
        _lacking(f"there is no {CHROMIUM}: apt-get install chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=str(CHROMIUM), args=_ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def dump(graph: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the N-Quads as docs/endpoints.md has it and return their folder."""
    folder = tmp_path_factory.mktemp("dump")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert CliRunner().invoke(cli.main, shlex.split(_shown("sh")[0].splitlines()[0])[1:]).exit_code == 0
    return folder


@pytest.fixture(scope="session")
def serve(dump: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., str]]:
    """Return a function that serves the graph from oxigraph with the commands of docs/endpoints.md.

    It takes further options of the server, and returns the address.
    """
    server = Path(sys.executable).parent / "oxigraph"
    if not server.is_file():
        _lacking("the oxigraph server is not installed: pip install oxigraph")
    folder = tmp_path_factory.mktemp("oxigraph")
    (folder / "cagraph.nq").symlink_to(dump / "cagraph.nq")
    load, run = map(shlex.split, _shown("sh")[0].splitlines()[1:3])
    subprocess.run([server, *load[1:]], cwd=folder, check=True, capture_output=True)
    with ExitStack() as stack:

        def serve_(*options: str) -> str:
            address = _free_address()
            words = [address if word == "127.0.0.1:7878" else word for word in (*run[1:], *options)]
            stack.enter_context(_running([server, *words], folder, f"http://{address}/query"))
            return f"http://{address}/query"

        yield serve_
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def endpoint(serve: Callable[..., str]) -> str:
    """Serve the graph from oxigraph and return the address."""
    return serve()


@pytest.fixture(scope="session")
def virtuoso(dump: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the graph from Virtuoso with files and commands of docs/endpoints.md, but for the ports."""
    if not shutil.which("virtuoso-t") or not shutil.which("isql-vt"):
        _lacking("Virtuoso is not installed: apt-get install virtuoso-opensource-7-bin virtuoso-opensource-7-common")
    folder = tmp_path_factory.mktemp("virtuoso")
    (folder / "cagraph.nq").symlink_to(dump / "cagraph.nq")
    sql, http = _free_address(), _free_address()

    def shown(language: str, place: int) -> str:
        return _shown(language)[place].replace("127.0.0.1:1111", sql).replace("127.0.0.1:8890", http)

    (folder / "virtuoso.ini").write_text(shown("ini", 0), encoding="utf-8")
    (folder / "load.sql").write_text(shown("sql", 0), encoding="utf-8")
    start, load = map(shlex.split, shown("sh", 1).splitlines()[:2])
    url = f"http://{http}/sparql"
    with _running(start, folder, url):
        loaded = subprocess.run(load, cwd=folder, check=True, capture_output=True, text=True)
        assert "Error" not in loaded.stdout + loaded.stderr
        yield url
    shutil.rmtree(folder)


def _shown(language: str) -> list[str]:
    """Return the blocks of docs/endpoints.md in a language."""
    page = (ROOT / "docs/endpoints.md").read_text(encoding="utf-8")
    return [block.partition("\n```")[0] + "\n" for block in page.split(f"```{language}\n")[1:]]


def _free_address() -> str:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{free.getsockname()[1]}"


@contextmanager
def _running(command: Sequence[str | Path], folder: Path, url: str) -> Iterator[None]:
    """Run a server until it answers, and end it afterwards."""
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, cwd=folder, stdout=quiet, stderr=quiet) as process:
        try:
            _wait_for(url)
            yield
        finally:
            process.terminate()


def _wait_for(url: str) -> None:
    for _ in range(600):
        try:
            urllib.request.urlopen(f"{url}?query=ASK%7B%7D", timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    pytest.fail(f"{url} does not answer")


@pytest.fixture(scope="session")
def lacking() -> Callable[[str], None]:
    """Return what says that something is missing: it skips the test, or fails it in CI."""
    return _lacking


def _lacking(what: str) -> None:
    if os.environ.get("CAGRAPH_REQUIRE_ALL") == "1":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a page with the network off.

    Fails the test on any error or warning in the console, which is where a breach of the content
    security policy is told, on any error of a script, and on any request but for the file itself.
    """
    context = browser.new_context(offline=True, viewport={"width": 1280, "height": 800})
    page = context.new_page()
    wrong: list[str] = []
    page.on("console", lambda message: wrong.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
    page.on("dialog", lambda dialog: _refused(dialog, wrong))
    page.on("request", lambda request: wrong.extend(_beyond(request)))
    yield page
    context.close()
    assert not wrong, "\n".join(wrong)


def _refused(dialog: Dialog, wrong: list[str]) -> None:
    wrong.append(f"dialog: {dialog.message}")
    dialog.dismiss()


def _beyond(request: Request) -> Iterator[str]:
    if not (request.is_navigation_request() and request.url.startswith("file:")):
        yield f"request: {request.url}"
