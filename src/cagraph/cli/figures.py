"""The command that lists figures."""

from __future__ import annotations

import click

from cagraph.answers import lookup
from cagraph.cli.options import complete, format_option, limit_option, show, source_option, store_option
from cagraph.store.opening import connect


@click.command()
@click.argument("country", default="", shell_complete=complete(*lookup.PLACES))
@click.option(
    "--indicator",
    default="",
    help="Only this indicator, such as remittances-received, or a field of them, such as remittances; `cagraph query indicators` lists them.",
)
@click.option(
    "--from",
    "from_",
    default="",
    metavar="COUNTRY",
    shell_complete=complete(*lookup.PLACES),
    help="Only what goes out from here.",
)
@click.option(
    "--to", default="", metavar="COUNTRY", shell_complete=complete(*lookup.PLACES), help="Only what comes in here."
)
@click.option("--group", default="", help="Only of this group, such as women or seasonal-workers.")
@click.option("--since", default="", metavar="DATE", help="Only where the period ends on or after this day.")
@click.option("--until", default="", metavar="DATE", help="Only where the period begins on or before this day.")
@source_option
@limit_option
@format_option
@store_option
def figures(country: str, limit: int | None, format_: str | None, where: str | None, **narrow: str) -> None:
    """List the numbers that sources give of a COUNTRY, region or union, or from or to it.

    One line for each number and passage, by indicator; what a curator computed or read otherwise
    than printed comes last. A number without a period is left out by --since and --until.

    \b
    Example: cagraph figures Tajikistan --indicator remittances-received --since 2021
             cagraph figures --from uz --to kr
             cagraph figures kg --group women --format csv
    """
    from cagraph.answers import figures as numbers

    narrowing = numbers.Narrowing(limit=limit or 0, **narrow)
    show(numbers.figures(connect(where), country, narrowing), format_)
