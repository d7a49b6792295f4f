"""Commands about single things: find one, show it, cite it, and where its sources disagree."""

from __future__ import annotations

import click

from cagraph.cli.options import complete, emit, format_option, limit_option, source_option, store_option
from cagraph.cli.options import show as show_rows
from cagraph.store.opening import connect


@click.command()
@click.argument("thing", metavar="ID", shell_complete=complete())
@click.option("--as-of", default="", metavar="DATE", help="Status on this day; today if absent.")
@format_option
@store_option
def show(thing: str, as_of: str, format_: str | None, where: str | None) -> None:
    """Show everything known about a thing, each claim with its source.

    ID is an id or a name. Below the claims stand what points at the thing, and the contradictions
    among its sources. Of a country its profile is shown: counts by kind and role, partners, latest
    steps, bodies, schemes, and what is not known; of a source what a library would note of it.

    \b
    Example: cagraph show tj-be-labour-memorandum-2025
             cagraph show "Agency for Migration" --format json
             cagraph show yearbook-2023
    """
    from cagraph.answers import showing

    show_rows(showing.shown(connect(where), thing, as_of), format_)


@click.command()
@click.argument("words", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(min=1), default=15, show_default=True,
              help="At most this many; how many more there are is told on standard error.")  # fmt: skip
@format_option
@store_option
def search(words: tuple[str, ...], limit: int, format_: str | None, where: str | None) -> None:
    """Find things by WORDS, in any language of the region, best first; each word narrows.

    Names in every script and spelling, acronyms, titles, numbers, years, subjects and the sentences
    on a thing are searched; other forms of a word and typing errors are forgiven.

    \b
    Example: cagraph search belgium memorandum
             cagraph search Xorijda
    """
    from cagraph.answers import search as searching

    show_rows(searching.answer(connect(where), " ".join(words), limit), format_)


@click.command()
@click.argument("thing", metavar="[ID]", default="", shell_complete=complete())
@click.option(
    "--class",
    "class_",
    default="",
    metavar="CLASS",
    help="Only this class: date, count, period ...; name for variants of names.",
)
@source_option
@limit_option
@format_option
@store_option
def conflicts(thing: str, class_: str, source: str, limit: int | None, format_: str | None, where: str | None) -> None:
    """List where sources contradict each other or themselves, with both passages.

    Dates come first, then counts and other figures, periods, numbers, whom a number is credited to,
    status, addresses, posts and what is said in words. Two spellings or translations of a name are
    no contradiction; `--class name` lists them.

    \b
    Example: cagraph conflicts --limit 10
             cagraph conflicts kg-migration-policy-concept-2021-2030
    """
    from cagraph.answers import conflicts as disagreeing

    show_rows(disagreeing.contradictions(connect(where), thing, source, limit or 0, class_), format_)


@click.command("cite-as")
@click.argument("things", metavar="ID|EVIDENCE...", nargs=-1, required=True, shell_complete=complete())
@click.option(
    "--style", type=click.Choice(["footnote", "oscola", "bibtex", "csl-json"]), default="footnote", show_default=True,
    help="How the citation is written.",
)  # fmt: skip
@store_option
def cite_as(things: tuple[str, ...], style: str, where: str | None) -> None:
    """Cite a thing, a source, or pieces of evidence, as footnote, OSCOLA, BibTeX or CSL-JSON.

    The citation names section and line of each passage, and the version, the digest and the last
    source date of the data.

    \b
    Example: cagraph cite-as tj-be-labour-memorandum-2025
             cagraph cite-as yearbook-2023 --style bibtex
    """
    from cagraph.answers import citation

    emit(citation.cite(connect(where), things, style) + "\n")
