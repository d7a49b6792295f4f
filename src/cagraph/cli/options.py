"""Options that several commands share, completion, and the one way an answer is printed."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from cagraph import signs
from cagraph.errors import CagraphError, UsageFault, visible
from cagraph.formats import WRITERS, write
from cagraph.store.opening import connect

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.shell_completion import CompletionItem

    from cagraph.rows import Rows

store_option = click.option(
    "--store", "where", metavar="URL|DIR", default=None,
    help="Ask this SPARQL endpoint or store folder (also CAGRAPH_STORE).",
)  # fmt: skip
excel_option = click.option(
    "--excel", "format_", flag_value="excel-csv", default=None, type=str,
    help="Short for --format excel-csv: CSV that spreadsheets open as it is, and without formulas.",
)  # fmt: skip
_format_option = click.option(
    "--format", "format_", type=click.Choice(list(WRITERS)), default=None,
    help="Default: for people on a terminal, TSV with every column in a pipe.",
)  # fmt: skip


def format_option(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options that choose how its rows are written."""
    return _format_option(excel_option(command))


limit_option = click.option("--limit", type=click.IntRange(min=1), default=None,
                            help="At most this many; how many more there are is told on standard error.")  # fmt: skip
source_option = click.option("--source", default="", metavar="SOURCE", help="Only what this document tells of.")


def show(rows: Rows, format_: str | None, limit: int | None = None) -> None:
    """Print an answer: for people on a terminal, else with every column; its notes go to standard error."""
    rows = rows.first(limit or 0)
    chosen = format_ or ("table" if _on_terminal() else "tsv")
    if chosen == "table":
        from shutil import get_terminal_size

        from cagraph import terminal

        if rows or not rows.notes:
            emit(terminal.text(rows, get_terminal_size((100, 24)).columns))
    else:
        emit(write(rows, chosen))
    say(*rows.notes)


def say(*notes: str) -> None:
    """Print sentences that are no part of the answer to standard error; the data in them steers no terminal."""
    for note in notes:
        click.echo(visible(signs.lines(note)), err=True)


def _on_terminal() -> bool:
    """Tell whether a person reads the answer; not so if standard output is a pipe or a file."""
    return sys.stdout.isatty()


def emit(text: str) -> None:
    """Print text as UTF-8, whatever the locale says."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


_NETWORKS = {"graphml", "gexf", "csv"}
"""Formats of networks that `export` writes."""


class OutputFile(click.Path):
    """The name of a file to write one kind of text to; `-` is standard output."""

    def __init__(self, kind: str, *suffixes: str) -> None:
        """Make the type of an argument.

        Args:
            kind: what is written.
            suffixes: how a file of it may be called, the usual one first.
        """
        super().__init__(dir_okay=False, allow_dash=True)
        self._kind, self._suffixes = kind, suffixes

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401 - as click has it
        """Return the name, unless it promises another kind of file: what opens it would not know what to do.

        Raises:
            UsageFault: if it does.
        """
        name = str(super().convert(value, param, ctx))
        suffix = os.path.splitext(name)[1].lower()  # noqa: PTH122 - importing pathlib would cost every command a tenth
        is_one = any(sign.isalpha() for sign in suffix) and " " not in suffix  # "2021.05" is part of a name
        if is_one and suffix not in self._suffixes:
            other = "" if suffix[1:] not in _NETWORKS else f"; `cagraph export {suffix[1:]}` writes that format"
            cure = f"let its name end in {self._suffixes[0]}{other}"
            raise UsageFault(f"{name}: what is written is {self._kind}", cure)
        return name


def put(name: str, text: str) -> None:
    """Write text to a file, whole or not at all; to standard output if its name is `-`."""
    if name == "-":
        emit(text)
        return
    from pathlib import Path

    from cagraph import files

    files.write(Path(name), text)


def complete(*kinds: str) -> Callable[[click.Context, click.Parameter, str], list[CompletionItem]]:
    """Return a shell completion for ids and codes of things of some classes."""

    def completion(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        from click.shell_completion import CompletionItem

        from cagraph.queries import ask

        try:
            rows = ask(connect(ctx.params.get("where"), say=False), "of-kind", kind=kinds or None).rows
        except (CagraphError, OSError):
            return []
        labels: dict[Any, str] = {id_: str(label) for id_, _, label in rows}
        start = incomplete.casefold()
        return [
            CompletionItem(signs.line(str(id_)), help=signs.line(label))
            for id_, label in labels.items()
            if str(id_).startswith(start) or label.casefold().startswith(start)
        ]

    return completion
