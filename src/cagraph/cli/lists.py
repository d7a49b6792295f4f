"""Commands that list and show things."""

from __future__ import annotations

import click

from cagraph import card, listing, lookup, queries, store
from cagraph import conflicts as contradictions
from cagraph.cli.options import complete, emit, format_option, store_option
from cagraph.cli.options import show as show_rows
from cagraph.rows import Rows

_country = click.argument("country", shell_complete=complete(*lookup.PLACES))


@click.command()
@_country
@click.option("--with", "others", metavar="COUNTRY", multiple=True, shell_complete=complete(*lookup.PLACES), help="Only those that this one is a party to as well; may be repeated.")
@click.option("--topic", default="", help="Only this topic and those under it, such as labour-migration.")
@click.option("--form", default="", help="Only this form, such as memorandum.")
@click.option("--status", default="", help="Only this status, such as in-force.")
@click.option("--as-of", default="", metavar="DATE", help="Status on this day; today if absent.")
@click.option("--since", default="", metavar="DATE", help="Only those dated on or after this day.")
@click.option("--until", default="", metavar="DATE", help="Only those dated on or before this day.")
@format_option
@store_option
def agreements(country: str, others: tuple[str, ...], topic: str, form: str, status: str, as_of: str, since: str, until: str, format_: str | None, where: str | None) -> None:  # fmt: skip
    """List the agreements of a COUNTRY, region or union.

    COUNTRY is a code, or a name in any of the languages of the graph. Groups are agreements that a
    source counts without naming each.

    \b
    Example: cagraph agreements Tajikistan --with Belgium
             cagraph agreements uz --topic labour-migration --status in-force --as-of 2024-01-01
    """
    graph = store.connect(where)
    place = lookup.find(graph, country, lookup.PLACES)
    filters = listing.Filters(
        with_=tuple(lookup.find(graph, other, lookup.PLACES).id for other in others),
        topic=topic, form=form, status=status, as_of=as_of, since=since, until=until,
    )  # fmt: skip
    found = listing.entries(graph, listing.AGREEMENTS, place.id, filters)
    rows = listing.rows(found, listing.AGREEMENTS)
    if format_ == "table" or format_ is None:
        rows = rows.pick(("date", "label", "parties", "form", "status", "id"))
    show_rows(rows, format_)


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
@click.option("--limit", default=15, show_default=True, help="At most this many.")
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
@format_option
@store_option
def countries(format_: str | None, where: str | None) -> None:
    """List the countries that the sources speak of, with their codes and number of agreements.

    \b
    Example: cagraph countries --format csv
    """
    show_rows(store.connect(where).select(queries.load("countries").bind({})), format_)


@click.command()
@format_option
@store_option
def sources(format_: str | None, where: str | None) -> None:
    """List the source documents, with the number of passages cited from each.

    \b
    Example: cagraph sources
    """
    show_rows(store.connect(where).select(queries.load("sources").bind({})), format_)


@click.command("conflicts")
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
    show_rows(contradictions.conflicts(graph, id_), format_)
