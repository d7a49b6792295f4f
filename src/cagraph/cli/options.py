"""Options that several commands share, completion, and the one way an answer is printed."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from cagraph import store
from cagraph.errors import CagraphError
from cagraph.rows import WRITERS, Rows, table, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.shell_completion import CompletionItem

store_option = click.option(
    "--store", "where", metavar="URL|DIR", default=None,
    help="Ask this SPARQL endpoint or store folder (also CAGRAPH_STORE).",
)  # fmt: skip
format_option = click.option(
    "--format", "format_", type=click.Choice(list(WRITERS)), default=None,
    help="Default: a table on a terminal, TSV in a pipe.",
)  # fmt: skip


def show(rows: Rows, format_: str | None) -> None:
    """Print an answer in the format asked for."""
    chosen = format_ or ("table" if on_terminal() else "tsv")
    if chosen == "table":
        from shutil import get_terminal_size

        width = get_terminal_size((100, 24)).columns
        emit(table(rows, max(width, 60)))
    else:
        emit(write(rows, chosen))


def on_terminal() -> bool:
    """Tell whether a person reads the answer; not so if standard output is a pipe, a file, or closed."""
    return sys.stdout is not None and sys.stdout.isatty()


def emit(text: str) -> None:
    """Print text as UTF-8, whatever the locale says.

    Raises:
        CagraphError: if standard output is closed.
    """
    if sys.stdout is None:
        raise CagraphError("the answer cannot be printed: standard output is closed", "open it, or use a pipe")
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


def complete(*kinds: str) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    """Return a shell completion for ids and codes of things of some classes."""

    def completion(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        from cagraph import queries

        wanted: dict[str, Any] = {"kind": kinds} if kinds else {}
        try:
            graph = store.connect(ctx.params.get("where"), say=False)
            rows = graph.select(queries.load("ids", "lookups").bind(wanted)).rows
        except (CagraphError, OSError):
            return []
        start = incomplete.casefold()
        return [
            CompletionItem(str(id_), help=str(label))
            for id_, label in rows
            if str(id_).startswith(start) or str(label).casefold().startswith(start)
        ]

    return completion
