"""Commands that tell what there is: countries and sources."""

from __future__ import annotations

import click

from cagraph.answers import overview
from cagraph.cli.options import format_option, limit_option, show, source_option, store_option
from cagraph.store.opening import connect


@click.command()
@source_option
@limit_option
@format_option
@store_option
def countries(source: str, limit: int | None, format_: str | None, where: str | None) -> None:
    """List the countries that the sources speak of, with their codes and number of agreements.

    \b
    Example: cagraph countries --format csv
    """
    show(overview.countries(connect(where), source, limit or 0), format_)


@click.command()
@limit_option
@format_option
@store_option
def sources(limit: int | None, format_: str | None, where: str | None) -> None:
    """List the source documents, with the number of passages cited from each.

    \b
    Example: cagraph sources
    """
    show(overview.sources(connect(where), limit or 0), format_)
