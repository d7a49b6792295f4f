"""Commands that ask the graph in SPARQL."""

from __future__ import annotations

import sys
import time
from io import UnsupportedOperation
from typing import TYPE_CHECKING, cast

import click

from cagraph import formats, queries
from cagraph.cli.options import emit, excel_option, format_option, limit_option, say, show, store_option
from cagraph.errors import UsageFault
from cagraph.rows import Rows
from cagraph.store import guard
from cagraph.store.opening import connect
from cagraph.store.watch import USUAL, Limits, within

if TYPE_CHECKING:
    from io import BufferedIOBase, RawIOBase

    from click.shell_completion import CompletionItem

_LOOKS = 0.05
"""Seconds from one look to the next for what is not there yet."""


def _names(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(n, help=queries.load(n).title) for n in queries.names() if n.startswith(incomplete)]


@click.command()
@click.argument("question", metavar="NAME|SPARQL", required=False, shell_complete=_names)
@click.option("-f", "--file", "path", type=click.Path(exists=True, dir_okay=False, allow_dash=True),
              help="Read the SPARQL from a file; - is standard input.")  # fmt: skip
@click.option("--param", "-p", "params", metavar="NAME=VALUE", multiple=True,
              help="A parameter of a named query; may be repeated.")  # fmt: skip
@click.option("--timeout", type=float, default=USUAL.seconds, show_default=True, envvar="CAGRAPH_TIMEOUT",
              help="Give up after this many seconds (also CAGRAPH_TIMEOUT).")  # fmt: skip
@click.option("--memory", type=float, default=USUAL.gigabytes, show_default=True, envvar="CAGRAPH_MEMORY",
              help="Give up when the answer takes this many gigabytes (also CAGRAPH_MEMORY).")  # fmt: skip
@click.option("--format", "format_", type=click.Choice([*formats.WRITERS, *formats.RESULTS, *formats.TRIPLES]),
              default=None, help="Default: a table on a terminal, TSV in a pipe; Turtle for CONSTRUCT and DESCRIBE.")  # fmt: skip
@excel_option
@limit_option
@store_option
def query(question: str | None, path: str | None, params: tuple[str, ...], timeout: float, memory: float, format_: str | None, limit: int | None, where: str | None) -> None:  # fmt: skip
    """Ask a named query, or any SPARQL 1.1 SELECT, ASK, CONSTRUCT or DESCRIBE.

    Questions go to all claims, each once; each piece of evidence is a named graph, so that
    GRAPH ?e { ... } tells where it says so, and FROM id:EVIDENCE asks it alone. The prefixes ca: id: eli: skos: rdfs: org: prov:
    dcterms: xsd: and more are declared already. Things are id:tj, topics id:topic-visas, forms
    id:form-memorandum, types of action id:action-signed, statuses id:status-in-force; see
    docs/ontology.md.

    \b
    Example: cagraph query agreements-of-country --param country=TJ
             cagraph query 'SELECT ?a WHERE { GRAPH ?e { ?a ca:party id:tj, id:be } }'
    """
    from cagraph.answers import questions

    limits = Limits(timeout, memory).checked()
    text, values = _asked(question, path, params, limits)
    answer = questions.answer(connect(where), text, values, limits, format_ if format_ in formats.RESULTS else "")
    if limit and not isinstance(answer.result, Rows):
        raise UsageFault("--limit goes with rows in a format of cagraph", "write LIMIT into the SPARQL")
    if isinstance(answer.result, str):
        emit(answer.result)
        say(*answer.notes)
        return
    if isinstance(answer.result, Rows):
        if format_ in formats.TRIPLES:
            raise UsageFault(
                f"rows cannot be written as {format_}",
                f"choose one of {', '.join([*formats.WRITERS, *formats.RESULTS])}",
            )
        show(answer.result, format_, limit)
        return
    if isinstance(answer.result, bool):
        if format_ in formats.TRIPLES:
            raise UsageFault(f"true or false cannot be written as {format_}", "leave out --format")
        emit("true\n" if answer.result else "false\n")
    else:
        emit(formats.triples(answer.result, format_ or "turtle"))
    say(*answer.notes)


def _asked(
    question: str | None, path: str | None, params: tuple[str, ...], limits: Limits
) -> tuple[str, dict[str, str]]:
    """Return the question and its parameters as given."""
    if (question is None) == (path is None):
        raise UsageFault("give one question: a name, SPARQL, or a file with -f", "see `cagraph queries`")
    text = str(question) if path is None else _read(path, limits)
    if params and (path is not None or queries.is_sparql(text)):
        raise UsageFault("--param goes with a named query only", "write the value into the SPARQL")
    values: dict[str, str] = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals:
            raise UsageFault(f"{param!r} is not NAME=VALUE", "write for example --param country=TJ")
        values[name] = value
    # What stands in a file is SPARQL, however short; the mark keeps it from being taken for a name.
    return (text if path is None else f"{text}\n"), values


def _read(path: str, limits: Limits) -> str:
    """Return the text of a file, a pipe, a terminal: as much as a question may have, and no longer than it may take."""
    if path == "-" and sys.stdin is None:
        raise UsageFault("the question cannot be read: standard input is closed", "open it, or name a file")

    patient = path == "-" and sys.stdin.isatty()
    raw = _start(path) if patient else within(
        limits.seconds, lambda: _start(path), f"{path}: nothing could be read to its end within {limits.seconds:g} seconds",
        "let something write into it, or give a file",
    )  # fmt: skip
    if len(raw) > 4 * guard.LONGEST:
        guard.refuse_too_long(raw.decode("latin-1"))
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageFault(f"{path} is not UTF-8", "save it in UTF-8") from None


def _start(path: str) -> bytes:
    """Return the bytes of a file or of standard input, up to one more than a question may have."""
    left = 4 * guard.LONGEST + 1  # a sign takes up to four bytes
    parts: list[bytes] = []
    # A thread that is left waiting in a buffered stream holds its lock, over which Python dies at its end.
    with _unbuffered(path) as file:
        while left and (part := file.read(left)) != b"":
            if part is None:  # nothing is there yet, and whoever opened it did not want to wait
                time.sleep(_LOOKS)
                continue
            parts.append(part)
            left -= len(part)
    return b"".join(parts)


def _unbuffered(path: str) -> RawIOBase | BufferedIOBase:
    if path != "-":
        return open(path, "rb", buffering=0)
    try:
        return open(sys.stdin.fileno(), "rb", buffering=0, closefd=False)
    except UnsupportedOperation:  # a program put a stream of its own there
        return cast("BufferedIOBase", sys.stdin.buffer)


@click.command("queries")
@click.argument("name", required=False, shell_complete=_names)
@limit_option
@format_option
def queries_(name: str | None, limit: int | None, format_: str | None) -> None:
    """List the named queries, or print the SPARQL of one.

    \b
    Example: cagraph queries
             cagraph queries agreements-of-country
    """
    if name:
        emit(queries.load(name).sparql)
        return
    from cagraph.answers import questions

    show(questions.listed(), format_, limit)
