"""Commands that list and show things."""

from __future__ import annotations

import click

from cagraph import listing, lookup, queries, store
from cagraph.cli.options import complete, format_option, show, store_option

_country = click.argument("country", shell_complete=complete(*lookup.PLACES))


@click.command()
@_country
@click.option(
    "--with",
    "others",
    metavar="COUNTRY",
    multiple=True,
    shell_complete=complete(*lookup.PLACES),
    help="Only those that this one is a party to as well; may be repeated.",
)
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
        rows = rows.pick(("date", "label", "parties", "status", "id"))
    show(rows, format_)
    if not rows.rows:
        searched = len(graph.select(queries.load("sources").sparql))
        click.echo(
            f"none found for {place.label}: {searched} sources were searched, which is not proof that there is none",
            err=True,
        )


@click.command()
@format_option
@store_option
def countries(format_: str | None, where: str | None) -> None:
    """List the countries that the sources speak of, with their codes and number of agreements.

    \b
    Example: cagraph countries --format csv
    """
    show(store.connect(where).select(queries.load("countries").bind({})), format_)


@click.command()
@format_option
@store_option
def sources(format_: str | None, where: str | None) -> None:
    """List the source documents, with the number of passages cited from each.

    \b
    Example: cagraph sources
    """
    show(store.connect(where).select(queries.load("sources").bind({})), format_)
