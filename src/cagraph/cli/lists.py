"""Commands that list things of a kind; each is made when it is asked for."""

from __future__ import annotations

import click

from cagraph.answers import listing, lookup
from cagraph.answers.listings import AGREEMENTS, LISTINGS, Listing
from cagraph.cli.options import complete, format_option, limit_option, show, source_option, store_option
from cagraph.store.opening import connect

_EXAMPLES = {
    "agreements": ("Tajikistan --with Belgium", 'ru --topic labour-migration --status "in force" --as-of 2024-01-01'),
    "laws": ("Kyrgyzstan --topic citizenship", "RU --since 2023 --format markdown"),
    "decrees": ("Uzbekistan --since 2018", "kz --topic visas"),
    "policies": ("Tajikistan", "Kazakhstan --as-of 2024-01-01"),
    "agencies": ("Kyrgyzstan", "uz --format csv"),
    "schemes": ('"South Korea"', "ru --topic foreign-workers --form patent"),
    "organizations": ("Tajikistan", "kg --form ngo"),
    "programmes": ("Uzbekistan", "--source timesca-2026 --limit 5"),
    "events": ("Russia --since 2022",),
}
_GROUPS = """ Headings tell the
    part of the country: those it takes part in; then, apart, what is negotiated or proposed, groups
    that a source counts without naming each, and what it stays out of. Formats for machines have
    the columns `role`, `certainty`, `basis` and `known_until`."""
_ROLES = """ Headings
    tell what ties each to the country; formats for machines have the column `role`."""


def _command(of: Listing) -> click.Command:
    """Return the command that prints one list."""

    def run(country: str, others: tuple[str, ...], undated: bool, limit: int | None, format_: str | None, where: str | None, **narrow: str) -> None:  # fmt: skip
        filters = listing.Filters(with_=others, undated=undated, limit=limit or 0, **narrow)
        show(listing.listed(connect(where), of, country, filters), format_)

    examples = "\n             ".join(f"cagraph {of.name} {words}" for words in _EXAMPLES[of.name])
    more = _GROUPS if of is AGREEMENTS else _ROLES if of.headings else ""
    run.__doc__ = f"""List the {of.name} of a COUNTRY, region or union, with their status on a day.

    COUNTRY is a code, or a name in any of the languages of the graph; without one, all are
    listed.{more}

    \b
    Example: {examples}
    """
    for decorate in reversed(_OPTIONS):
        run = decorate(run)
    return click.command(of.name)(run)


_OPTIONS = (
    click.argument("country", default="", shell_complete=complete(*lookup.PLACES)),
    click.option("--with", "others", metavar="COUNTRY", multiple=True, shell_complete=complete(*lookup.PLACES), help="Only those that belong to this one as well; may be repeated."),
    click.option("--topic", default="", help="Only this topic and those under it, such as labour-migration."),
    click.option("--form", default="", help="Only this form, such as memorandum."),
    click.option("--status", default="", help='Only this status, such as signed; "in force" gives what is reported in force too.'),
    click.option("--as-of", default="", metavar="DATE", help="Status on this day; today if absent."),
    click.option("--since", default="", metavar="DATE", help="Only those dated on or after this day."),
    click.option("--until", default="", metavar="DATE", help="Only those dated on or before this day."),
    click.option("--undated", is_flag=True, help="Also what is told without a date, if there is no trace of it by the day."),
    source_option,
    limit_option,
    format_option,
    store_option,
)  # fmt: skip


def __getattr__(name: str) -> click.Command:
    """Make the command of a list when it is asked for: making all nine costs a lookup too much."""
    if name not in LISTINGS:
        raise AttributeError(name)
    return _command(LISTINGS[name])
