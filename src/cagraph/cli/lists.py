"""Commands that list and show things."""

from __future__ import annotations

import click

from cagraph import listing, lookup, queries, store
from cagraph.cli.options import complete, format_option, show, store_option

_EXAMPLES = {
    "agreements": ("Tajikistan --with Belgium", "uz --topic labour-migration --status in-force --as-of 2024-01-01"),
    "laws": ("Kyrgyzstan --topic citizenship", "RU --since 2023 --format markdown"),
    "decrees": ("Uzbekistan --since 2018", "kz --topic visas"),
    "policies": ("Tajikistan", "Kazakhstan --as-of 2024-01-01"),
    "agencies": ("Kyrgyzstan", "uz --format csv"),
    "schemes": ("South Korea", "ru --topic foreign-workers --form patent"),
    "organizations": ("Tajikistan", "kg --form ngo"),
    "programmes": ("Uzbekistan",),
    "events": ("Russia --since 2022",),
}


def _list_command(of: listing.Listing) -> click.Command:
    """Return the command that lists things of one listing."""

    def run(country: str, others: tuple[str, ...], format_: str | None, where: str | None, **narrow: str) -> None:
        graph = store.connect(where)
        place = lookup.find(graph, country, lookup.PLACES)
        with_ = tuple(lookup.find(graph, other, lookup.PLACES).id for other in others)
        columns = of.shown if format_ in {None, "table"} else of.columns
        found = listing.entries(graph, of, place.id, listing.Filters(with_=with_, **narrow), columns)
        rows = listing.rows(found, columns)
        show(rows, format_)
        if not rows.rows:
            _none_found(graph, place.label)

    examples = "\n             ".join(f"cagraph {of.name} {words}" for words in _EXAMPLES[of.name])
    run.__doc__ = f"""List the {of.name} of a COUNTRY, region or union, with their status on a day.

    COUNTRY is a code, or a name in any of the languages of the graph.{_GROUPS if of is listing.AGREEMENTS else ""}

    \b
    Example: {examples}
    """
    for decorate in reversed(_OPTIONS):
        run = decorate(run)
    return click.command(of.name)(run)


_GROUPS = """ Groups are agreements
    that a source counts without naming each."""


def _none_found(graph: store.Graph, label: str) -> None:
    searched = len(graph.select(queries.load("sources").sparql))
    message = f"none found for {label}: {searched} sources were searched, which is not proof that there is none"
    click.echo(message, err=True)


_OPTIONS = (
    click.argument("country", shell_complete=complete(*lookup.PLACES)),
    click.option("--with", "others", metavar="COUNTRY", multiple=True, shell_complete=complete(*lookup.PLACES), help="Only those that belong to this one as well; may be repeated."),
    click.option("--topic", default="", help="Only this topic and those under it, such as labour-migration."),
    click.option("--form", default="", help="Only this form, such as memorandum."),
    click.option("--status", default="", help="Only this status, such as in-force."),
    click.option("--as-of", default="", metavar="DATE", help="Status on this day; today if absent."),
    click.option("--since", default="", metavar="DATE", help="Only those dated on or after this day."),
    click.option("--until", default="", metavar="DATE", help="Only those dated on or before this day."),
    format_option,
    store_option,
)  # fmt: skip


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


def __getattr__(name: str) -> click.Command:
    """Make the command of a listing when it is asked for: making all nine costs a lookup too much."""
    if name not in listing.LISTINGS:
        raise AttributeError(name)
    return _list_command(listing.LISTINGS[name])
