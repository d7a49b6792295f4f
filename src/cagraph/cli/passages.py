"""Commands that lead from claims to the passages they rest on."""

from __future__ import annotations

from pathlib import Path

import click

from cagraph import coverage as coverages
from cagraph import lookup, passages, store
from cagraph.cli.options import complete, format_option, show, store_option
from cagraph.names import SLUG

_folder = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command()
@click.option("--sources", "folder", type=_folder, required=True, help="Folder that holds the source documents.")
@format_option
@store_option
def verify(folder: Path, format_: str | None, where: str | None) -> None:
    """Check every piece of evidence against the source documents.

    The documents are known by checksum, or, in another rendition, by their content. Exit 1 if a
    passage is not found; a format for machines then holds the failures only.

    \b
    Example: cagraph verify --sources ../shared/sources
    """
    counts, failures = passages.verify(store.connect(where), folder)
    if not failures or format_ in {None, "table"}:
        show(counts, format_)
    if failures:
        show(failures, format_)
        raise SystemExit(1)


@click.command()
@click.argument("thing", metavar="ID", shell_complete=complete())
@click.option(
    "--sources",
    "folder",
    type=_folder,
    default=None,
    help="Folder that holds the source documents: show the passages themselves.",
)
@format_option
@store_option
def evidence(thing: str, folder: Path | None, format_: str | None, where: str | None) -> None:
    """Show on which passages the claims about a thing rest.

    ID is a thing, or one piece of evidence. With the documents at hand, the words of each passage
    are shown too.

    \b
    Example: cagraph evidence tj-be-labour-memorandum-2025 --sources ../shared/sources
    """
    graph = store.connect(where)
    rows = passages.resting(graph, thing) if SLUG.fullmatch(thing) else None
    if not rows:
        rows = passages.resting(graph, lookup.find(graph, thing).id)
    show(passages.with_words(graph, rows, folder) if folder else rows, format_)


@click.command()
@click.option(
    "--sources",
    "folder",
    type=_folder,
    default=None,
    help="Folder that holds the source documents: list the stretches no evidence rests on.",
)
@click.option("--by-country", is_flag=True, help="Count things by kind and country instead.")
@click.option(
    "--least", type=click.IntRange(min=1), default=40, show_default=True, help="Leave out stretches of fewer words."
)
@format_option
@store_option
def coverage(folder: Path | None, by_country: bool, least: int, format_: str | None, where: str | None) -> None:
    """Show how many passages are cited from each section of each source.

    With the documents at hand, list the stretches of text on which no evidence rests instead; with
    --by-country, how many things of each kind the graph holds.

    \b
    Example: cagraph coverage
             cagraph coverage --sources ../shared/sources --least 100
    """
    graph = store.connect(where)
    if by_country:
        show(coverages.counts(graph), format_)
    else:
        show(coverages.untouched(graph, folder, least) if folder else coverages.sections(graph), format_)
