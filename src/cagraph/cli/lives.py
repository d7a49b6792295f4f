"""Commands about the lives of things: timeline, status, chain, and two countries side by side."""

from __future__ import annotations

from pathlib import Path

import click

from cagraph import canonical, comparison, lawtime, listing, lookup, store
from cagraph import chain as chains
from cagraph import timeline as timelines
from cagraph.cli.options import complete, format_option, store_option
from cagraph.cli.options import show as show_rows
from cagraph.errors import UsageFault
from cagraph.rows import Rows

_thing = click.argument("thing", metavar="ID", shell_complete=complete())


@click.command()
@click.argument("thing", metavar="COUNTRY|ID", shell_complete=complete())
@click.option("--since", default="", metavar="DATE", help="Only steps on or after this day.")
@click.option("--until", default="", metavar="DATE", help="Only steps on or before this day.")
@click.option("--as-of", default="", metavar="DATE", help="Only what had happened by this day; the same as --until.")
@click.option(
    "--svg",
    "picture",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    metavar="FILE.svg",
    help="Write a picture to this file instead.",
)
@format_option
@store_option
def timeline(thing: str, since: str, until: str, as_of: str, picture: Path | None, format_: str | None, where: str | None) -> None:  # fmt: skip
    """Show the dated steps in the life of a thing, or of what belongs to a COUNTRY, in order.

    \b
    Example: cagraph timeline kz-uz-labour-agreement-2019
             cagraph timeline Tajikistan --since 2021 --svg tajikistan.svg
    """
    graph = store.connect(where)
    found = lookup.find(graph, thing)
    until = until or as_of
    first, last = listing.day(since, 0) if since else "", listing.day(until) if until else ""
    rows = timelines.timeline(graph, found.id, found.kind, first, last)
    if picture:
        canonical.write(picture, timelines.svg(rows, found.label))
        click.echo(f"{len(rows)} steps in {picture}", err=True)
    else:
        show_rows(rows.pick(("date", "step", "label", "by", "id")) if format_ in {None, "table"} else rows, format_)


@click.command()
@_thing
@click.option("--as-of", default="", metavar="DATE", help="The day; today if absent.")
@format_option
@store_option
def status(thing: str, as_of: str, format_: str | None, where: str | None) -> None:
    """Tell the status of a thing on a day: as a whole and for each party, with the reason.

    `unknown` means that the recorded steps do not settle it, `possibly` that a date is too
    imprecise to tell.

    \b
    Example: cagraph status kz-uz-labour-agreement-2019 --as-of 2020-06-01
    """
    graph = store.connect(where)
    id_ = lookup.find(graph, thing).id
    day = listing.day(as_of)
    steps = listing.actions(graph, [id_]).get(id_, [])
    whole = lawtime.status(steps, day)
    rows = [("as a whole", whole.status, whole.reason, whole.evidence)]
    for party in sorted(listing.parties(graph, id_) | {one for step in steps for one in step.by}):
        own = lawtime.status(steps, day, party)
        rows.append((party, own.status, own.reason, own.evidence))
    show_rows(Rows(("party", "status", "status_reason", "evidence"), rows), format_)


@click.command()
@_thing
@click.option("--depth", type=click.IntRange(1, 10), default=4, show_default=True, help="How many links to follow.")
@format_option
@store_option
def chain(thing: str, depth: int, format_: str | None, where: str | None) -> None:
    """Follow what an instrument amends, repeals, replaces, rests on, ratifies or carries out.

    Links are followed in both directions. Links that must exist and are not known, such as the
    law by which a state ratified an agreement, are named on standard error.

    \b
    Example: cagraph chain kz-uz-labour-agreement-2019
             cagraph chain kz-law-477-iv-2011 --depth 2
    """
    graph = store.connect(where)
    id_ = lookup.find(graph, thing).id
    rows = chains.chain(graph, id_, depth)
    wanted = ("step", "subject", "link", "object") if format_ in {None, "table"} else rows.columns
    show_rows(rows.pick(wanted), format_)
    members = {id_, *(str(row[column]) for row in rows.rows for column in (1, 4))}
    for about, _, gap in chains.missing(graph, members).rows:
        click.echo(f"not known: {about}: {gap}", err=True)


@click.command()
@click.argument("country", shell_complete=complete("Country"))
@click.argument("other", shell_complete=complete("Country"))
@click.option("--kind", type=click.Choice(list(listing.LISTINGS)), default=None, help="Only things of this kind.")
@click.option("--as-of", default="", metavar="DATE", help="Only what had begun by this day; today if absent.")
@format_option
@store_option
def compare(country: str, other: str, kind: str | None, as_of: str, format_: str | None, where: str | None) -> None:
    """Put two countries side by side: how many things of each kind and topic each has.

    \b
    Example: cagraph compare KZ UZ
             cagraph compare KG TJ --kind agreements --format json
    """
    graph = store.connect(where)
    one, two = (lookup.find(graph, name, ("Country",)).id for name in (country, other))
    if one == two:
        raise UsageFault(f"{country!r} and {other!r} are one", "name two countries")
    rows = comparison.compare(graph, one, two, kind or "", as_of)
    show_rows(rows.pick(rows.columns[:4]) if format_ in {None, "table"} else rows, format_)
