"""Commands about single things: find one, show it, and where its sources disagree."""

from __future__ import annotations

import click

from cagraph import card, listing, lookup, store
from cagraph import conflicts as contradictions
from cagraph.cli.options import complete, emit, format_option, on_terminal, store_option
from cagraph.cli.options import show as show_rows
from cagraph.rows import Rows


@click.command()
@click.argument("thing", metavar="ID", shell_complete=complete())
@click.option("--as-of", default="", metavar="DATE", help="Status on this day; today if absent.")
@format_option
@store_option
def show(thing: str, as_of: str, format_: str | None, where: str | None) -> None:
    """Show everything known about a thing, each claim with its source.

    ID is an id or a name. Below the claims stand what points at the thing, and the contradictions
    among its sources.

    \b
    Example: cagraph show tj-be-labour-memorandum-2025
             cagraph show "Agency for Migration" --format json
    """
    graph = store.connect(where)
    found = lookup.find(graph, thing)
    about = card.card(graph, found.id, listing.day(as_of))
    if format_ is None or format_ == "table":
        emit(card.text(about))
    else:
        show_rows(about.rows, format_)


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(min=1), default=15, show_default=True, help="At most this many.")
@format_option
@store_option
def search(words: tuple[str, ...], limit: int, format_: str | None, where: str | None) -> None:
    """Find things by WORDS of their names, best first; typing errors are forgiven.

    Names in every language and script, acronyms, titles, numbers and register ids are searched.

    \b
    Example: cagraph search belgium memorandum
             cagraph search Xorijda
    """
    graph = store.connect(where)
    hits = lookup.search(graph, " ".join(words), limit=limit)
    show_rows(Rows(lookup.Hit._fields, [tuple(hit) for hit in hits]), format_)
    if not hits:
        click.echo("nothing is called so; try fewer or other words", err=True)


@click.command()
@click.argument("thing", metavar="[ID]", required=False, shell_complete=complete())
@format_option
@store_option
def conflicts(thing: str | None, format_: str | None, where: str | None) -> None:
    """List where sources contradict each other or themselves, with both passages.

    \b
    Example: cagraph conflicts
             cagraph conflicts kg-migration-policy-concept-2021-2030
    """
    graph = store.connect(where)
    id_ = lookup.find(graph, thing).id if thing else ""
    rows = contradictions.conflicts(graph, id_)
    if format_ is None and on_terminal():
        rows = rows.pick(("id", "field", "value", "other_value", "preferred"))
    show_rows(rows, format_)
