"""Commands that lead from claims to the passages they rest on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cagraph.cli.options import complete, format_option, limit_option, show, store_option
from cagraph.store.opening import connect

if TYPE_CHECKING:
    from pathlib import Path

_folder = click.Path(exists=True, file_okay=False)


def _path(folder: str | None) -> Path | None:
    """Return a folder as a path; importing pathlib would cost the commands that need none a tenth."""
    if folder is None:
        return None
    from pathlib import Path

    return Path(folder)


@click.command()
@click.option("--sources", "folder", type=_folder, required=True, help="Folder that holds the source documents.")
@limit_option
@format_option
@store_option
def verify(folder: str, limit: int | None, format_: str | None, where: str | None) -> None:
    """Check every piece of evidence against the source documents.

    The documents are known by checksum, or, in another rendition, by their content. Exit 1 if a
    passage is not found; a format for machines, and a pipe, then hold the failures only.

    \b
    Example: cagraph verify --sources ../shared/sources
    """
    from pathlib import Path

    from cagraph.answers import evidence as passages

    rows = passages.verification(connect(where), Path(folder))
    show(rows, format_, limit)
    if rows.columns == passages.FAILURES:
        raise SystemExit(1)


@click.command()
@click.argument("thing", metavar="ID", shell_complete=complete())
@click.option("--sources", "folder", type=_folder, default=None,
              help="Folder that holds the source documents: show the passages themselves.")  # fmt: skip
@limit_option
@format_option
@store_option
def evidence(thing: str, folder: str | None, limit: int | None, format_: str | None, where: str | None) -> None:
    """Show on which passages the claims about a thing rest.

    ID is a thing, or one piece of evidence. With the documents at hand, the words of each passage
    are shown too.

    \b
    Example: cagraph evidence tj-be-labour-memorandum-2025 --sources ../shared/sources
    """
    from cagraph.answers import evidence as passages

    show(passages.of_thing(connect(where), thing, _path(folder)), format_, limit)


@click.command()
@click.option("--sources", "folder", type=_folder, default=None,
              help="Folder that holds the source documents: list the stretches no evidence rests on.")  # fmt: skip
@click.option("--by-country", is_flag=True, help="Count things by kind and country instead.")
@click.option(
    "--least", type=click.IntRange(min=1), default=40, show_default=True, help="Leave out stretches of fewer words."
)
@limit_option
@format_option
@store_option
def coverage(folder: str | None, by_country: bool, least: int, limit: int | None, format_: str | None, where: str | None) -> None:  # fmt: skip
    """Show how many passages are cited from each section of each source.

    With the documents at hand, list the stretches of text on which no evidence rests instead; with
    --by-country, how many things of each kind the graph holds.

    \b
    Example: cagraph coverage
             cagraph coverage --sources ../shared/sources --least 100
    """
    from cagraph.answers import coverage as covered

    show(covered.touched(connect(where), _path(folder), by_country=by_country, least=least), format_, limit)
