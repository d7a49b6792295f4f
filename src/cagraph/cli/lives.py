"""Commands about the lives of things: timeline, status, chain, and two countries side by side."""

from __future__ import annotations

import click

from cagraph.answers.listings import LISTINGS
from cagraph.cli.options import OutputFile, complete, format_option, limit_option, put, say, source_option, store_option
from cagraph.cli.options import show as show_rows
from cagraph.store.opening import connect

_thing = click.argument("thing", metavar="ID", shell_complete=complete())


@click.command()
@click.argument("thing", metavar="COUNTRY|ID", shell_complete=complete())
@click.option("--since", default="", metavar="DATE", help="Only steps on or after this day.")
@click.option("--until", default="", metavar="DATE", help="Only steps on or before this day.")
@click.option("--as-of", default="", metavar="DATE", help="Only what had happened by this day; the same as --until.")
@click.option("--svg", "picture", type=OutputFile("SVG", ".svg", ".xml"), default=None, metavar="FILE.svg",
              help="Write a picture to this file instead; - is standard output.")  # fmt: skip
@source_option
@limit_option
@format_option
@store_option
def timeline(thing: str, since: str, until: str, as_of: str, picture: str | None, source: str, limit: int | None, format_: str | None, where: str | None) -> None:  # fmt: skip
    """Show the dated steps in the life of a thing, or of what belongs to a COUNTRY, in order.

    \b
    Example: cagraph timeline kz-uz-labour-agreement-2019
             cagraph timeline Tajikistan --since 2021 --svg tajikistan.svg
    """
    from cagraph.answers import lookup
    from cagraph.answers import timeline as steps

    store = connect(where)
    rows = steps.steps_of(store, thing, since, until or as_of, source, limit or 0)
    if picture:
        from cagraph.explore import lifeline

        put(picture, lifeline.svg(rows, lookup.find(store, thing).label))
        say(f"{len(rows)} steps in {picture}")
    else:
        show_rows(rows, format_)


@click.command()
@_thing
@click.option("--as-of", default="", metavar="DATE", help="The day; today if absent.")
@limit_option
@format_option
@store_option
def status(thing: str, as_of: str, limit: int | None, format_: str | None, where: str | None) -> None:
    """Tell the status of a thing on a day: as a whole and for each party, with the reason.

    `unknown` means that the recorded steps do not settle it; the column certainty tells days inside a
    span that a source gives (possible) and days after the last source (last-known). What each status
    says, and never says, stands in docs/lawtime.md. Of a country, which has no status, the profile is shown.

    \b
    Example: cagraph status kz-uz-labour-agreement-2019 --as-of 2020-06-01
             cagraph status Tajikistan
    """
    from cagraph.answers import status as statuses

    show_rows(statuses.statuses(connect(where), thing, as_of), format_, limit)


@click.command()
@_thing
@click.option("--depth", type=click.IntRange(1, 10), default=4, show_default=True, help="How many links to follow.")
@limit_option
@format_option
@store_option
def chain(thing: str, depth: int, limit: int | None, format_: str | None, where: str | None) -> None:
    """Follow what an instrument amends, repeals, replaces, rests on, ratifies or carries out.

    Links are followed in both directions. Links that must exist and are not known, such as the
    law by which a state ratified an agreement, are named on standard error.

    \b
    Example: cagraph chain kz-uz-labour-agreement-2019
             cagraph chain tm-law-migration-2012 --depth 2
    """
    from cagraph.answers import chain as chains

    show_rows(chains.links(connect(where), thing, depth), format_, limit)


@click.command()
@click.argument("country", shell_complete=complete("Country"))
@click.argument("other", shell_complete=complete("Country"))
@click.option("--kind", type=click.Choice(list(LISTINGS)), default=None, help="Only things of this kind.")
@click.option("--as-of", default="", metavar="DATE", help="Only what had begun by this day; today if absent.")
@limit_option
@format_option
@store_option
def compare(country: str, other: str, kind: str | None, as_of: str, limit: int | None, format_: str | None, where: str | None) -> None:  # fmt: skip
    """Put two countries side by side: how many things of each kind and topic each has.

    \b
    Example: cagraph compare KZ UZ
             cagraph compare KG TJ --kind agreements --format json
    """
    from cagraph.answers import comparison

    show_rows(comparison.compare(connect(where), country, other, kind or "", as_of), format_, limit)
