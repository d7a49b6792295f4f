"""Commands that ask the graph in SPARQL."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cagraph import answers, lookup, queries, store
from cagraph.cli.options import emit, show, store_option
from cagraph.errors import UsageFault
from cagraph.rows import WRITERS, Rows

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

_FORMATS = [*WRITERS, *answers.TRIPLES]


def _names(_: click.Context, __: click.Parameter, incomplete: str) -> list[CompletionItem]:
    from click.shell_completion import CompletionItem

    return [CompletionItem(n, help=queries.load(n).title) for n in queries.names() if n.startswith(incomplete)]


@click.command()
@click.argument("question", metavar="NAME|SPARQL", required=False, shell_complete=_names)
@click.option(
    "-f",
    "--file",
    "path",
    type=click.Path(exists=True, dir_okay=False, allow_dash=True, path_type=Path),
    help="Read the SPARQL from a file; - is standard input.",
)
@click.option(
    "--param",
    "-p",
    "params",
    metavar="NAME=VALUE",
    multiple=True,
    help="A parameter of a named query; may be repeated.",
)
@click.option("--timeout", type=float, default=60.0, show_default=True, help="Give up after this many seconds.")
@click.option(
    "--format",
    "format_",
    type=click.Choice(_FORMATS),
    default=None,
    help="Default: a table on a terminal, TSV in a pipe; Turtle for CONSTRUCT and DESCRIBE.",
)
@store_option
def query(question: str | None, path: Path | None, params: tuple[str, ...], timeout: float, format_: str | None, where: str | None) -> None:  # fmt: skip
    """Ask a named query, or any SPARQL 1.1 SELECT, ASK, CONSTRUCT or DESCRIBE.

    Questions go to the union of all claims; each piece of evidence is a named graph, so that
    GRAPH ?e { ... } tells where it says so. The prefixes ca: id: eli: skos: rdfs: org: prov:
    dcterms: xsd: and more are declared already.

    \b
    Example: cagraph query agreements-of-country --param country=TJ
             cagraph query 'SELECT ?a WHERE { GRAPH ?e { ?a ca:party id:tj, id:be } }'
    """
    graph = store.connect(where)
    answer = answers.within(timeout, lambda: graph.query(_sparql(graph, question, path, params)))
    if isinstance(answer, Rows):
        if format_ in answers.TRIPLES:
            raise UsageFault(f"rows cannot be written as {format_}", f"choose one of {', '.join(WRITERS)}")
        show(answer, format_)
    elif isinstance(answer, bool):
        if format_ in answers.TRIPLES:
            raise UsageFault(f"true or false cannot be written as {format_}", "leave out --format")
        emit("true\n" if answer else "false\n")
    else:
        emit(answers.triples(answer, format_ or "turtle"))


def _sparql(graph: store.Graph, question: str | None, path: Path | None, params: tuple[str, ...]) -> str:
    if (question is None) == (path is None):
        raise UsageFault("give one question: a name, SPARQL, or a file with -f", "see `cagraph queries`")
    text = str(question) if path is None else _read(path)
    if path is not None or queries.is_sparql(text):
        if params:
            raise UsageFault("--param goes with a named query only", "write the value into the SPARQL")
        return text
    named = queries.load(text)
    given: dict[str, str] = {}
    for param in params:
        name, equals, value = param.partition("=")
        if not equals:
            raise UsageFault(f"{param!r} is not NAME=VALUE", "write for example --param country=TJ")
        given[name] = value
    return named.bind(lookup.resolved(graph, named, given))


def _read(path: Path) -> str:
    raw = sys.stdin.buffer.read() if str(path) == "-" else path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UsageFault(f"{path} is not UTF-8", "save it in UTF-8") from None


@click.command("queries")
@click.argument("name", required=False, shell_complete=_names)
@click.option(
    "--format",
    "format_",
    type=click.Choice(list(WRITERS)),
    default=None,
    help="Default: a table on a terminal, TSV in a pipe.",
)
def queries_(name: str | None, format_: str | None) -> None:
    """List the named queries, or print the SPARQL of one.

    \b
    Example: cagraph queries
             cagraph queries agreements-of-country
    """
    if name:
        emit(queries.load(name).sparql)
        return
    found = [queries.load(one) for one in queries.names()]
    rows = [(q.name, q.title, tuple(f"{p.name}{'?' if p.optional else ''}" for p in q.parameters)) for q in found]
    show(Rows(("name", "title", "parameters"), rows), format_)
