"""Commands that write files: the network, and the exports."""

from __future__ import annotations

from pathlib import Path

import click

from cagraph.answers.lookup import PLACES
from cagraph.cli.options import OutputFile, complete, emit, put, say, store_option
from cagraph.store.opening import connect

_page = OutputFile("an HTML page", ".html", ".htm")


@click.command()
@click.argument("things", metavar="[COUNTRY]...", nargs=-1, shell_complete=complete(*PLACES))
@click.option("--topic", default="", help="Only links of things with this topic and those under it, such as pensions.")
@click.option("--as-of", default="", metavar="DATE", help="Status on this day; today if absent.")
@click.option("--depth", type=click.IntRange(min=1), default=1, show_default=True,
              help="How many links away from each COUNTRY a thing may lie.")  # fmt: skip
@click.option("--output", "-o", type=_page, required=True, metavar="FILE.html",
              help="Write the page to this file; - is standard output.")  # fmt: skip
@store_option
def network(things: tuple[str, ...], topic: str, as_of: str, depth: int, output: str, where: str | None) -> None:
    """Draw agreements, or what surrounds a COUNTRY, as one page to open in a browser.

    COUNTRY is a code, name or id of a country or of any other thing. Without one, the page shows
    every agreement, its parties and signatories, and the acts that ratify or approve it. The page
    needs no connection.

    \b
    Example: cagraph network Tajikistan Uzbekistan --topic labour-migration -o network.html
             cagraph network --as-of 2020-01-01 -o agreements.html
    """
    from cagraph.network import page

    drawn, text = page.drawn(connect(where), things, topic=topic, as_of=as_of, depth=depth)
    put(output, text)
    say(f"{len(drawn.nodes):,} nodes and {len(drawn.links):,} edges in {output}")


@click.command()
@click.argument("formats", nargs=-1, metavar="[FORMAT]...")
@click.option("--output", "-o", type=click.Path(allow_dash=True), default=".", show_default=True,
              metavar="DIR", help="Write the files into this folder; - is standard output, for a format of one file.")  # fmt: skip
@store_option
def export(formats: tuple[str, ...], output: str, where: str | None) -> None:
    """Write the whole graph in other formats, the same bytes every time.

    FORMAT is one or more of turtle (the facts), trig (with evidence), nquads (everything, to load
    elsewhere), jsonld, rdfxml, csv (a table of each kind, and a dictionary of their columns),
    graphml, gexf, nodelink; turtle, csv and graphml if none is given.

    \b
    Example: cagraph export csv -o tables
    """
    from cagraph import export as exports

    if output == "-":
        emit(exports.text(connect(where), formats))
        return
    for path in exports.written(connect(where), formats, Path(output)):
        say(f"{path.stat().st_size:>10,}  {path}")
