"""The command line: each command is arguments in, one call, one writer out."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

import click

from cagraph.errors import CagraphError

COMMANDS = {
    "agencies": ("lists", "List the agencies of a COUNTRY, region or union."),
    "agreements": ("lists", "List the agreements of a COUNTRY, region or union."),
    "build": ("building", "Compile data and ontology into the store."),
    "chain": ("lives", "Follow what an instrument amends, repeals, rests on or ratifies."),
    "check": ("curating", "Check the data: files first, then the graph, with the cure of each fault."),
    "cite": ("curating", "Print the evidence block for a passage, to paste into a record."),
    "cite-as": ("things", "Cite a thing, a source or pieces of evidence."),
    "compare": ("lives", "Put two countries side by side."),
    "conflicts": ("things", "List where sources contradict each other or themselves."),
    "countries": ("overview", "List the countries that the sources speak of."),
    "coverage": ("passages", "Show how many passages are cited from each section of each source."),
    "decrees": ("lists", "List the decrees of a COUNTRY, region or union."),
    "duplicates": ("curating", "List pairs of things that may be one thing under two ids."),
    "events": ("lists", "List the events of a COUNTRY, region or union."),
    "evidence": ("passages", "Show on which passages the claims about a thing rest."),
    "export": ("writing", "Write the whole graph in other formats, the same bytes every time."),
    "figures": ("figures", "List the numbers that sources give of a COUNTRY, by indicator, place and time."),
    "format": ("curating", "Write curated files in canonical form."),
    "laws": ("lists", "List the laws of a COUNTRY, region or union."),
    "network": ("writing", "Draw agreements, or what surrounds a COUNTRY, as one page."),
    "organizations": ("lists", "List the organizations of a COUNTRY, region or union."),
    "policies": ("lists", "List the policies of a COUNTRY, region or union."),
    "programmes": ("lists", "List the programmes of a COUNTRY, region or union."),
    "queries": ("asking", "List the named queries, or print the SPARQL of one."),
    "query": ("asking", "Ask a named query, or any SPARQL 1.1 question."),
    "schemes": ("lists", "List the schemes of a COUNTRY, region or union."),
    "search": ("things", "Find things by WORDS of their names, best first."),
    "show": ("things", "Show everything known about a thing, each claim with its source."),
    "sources": ("overview", "List the source documents."),
    "status": ("lives", "Tell the status of a thing on a day, as a whole and for each party."),
    "timeline": ("lives", "Show the dated steps in the life of a thing or country, in order."),
    "verify": ("passages", "Check every piece of evidence against the source documents."),
}
"""Command -> module below `cagraph.cli`, imported only when the command runs, and what `--help` says of it."""
_FUNCTIONS = {"cite-as": "cite_as", "format": "format_", "queries": "queries_"}
"""Command -> function, where the command's name is taken or no name in Python."""


class Failure(click.ClickException):
    """The one door through which an error of ours reaches the reader."""

    def __init__(self, error: CagraphError) -> None:
        super().__init__(str(error))
        vars(self)["exit_code"] = error.exit_code


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module, _ = COMMANDS.get(cmd_name, ("", ""))
        if not module:
            return None
        found: Any = getattr(importlib.import_module(f"cagraph.cli.{module}"), _FUNCTIONS.get(cmd_name, cmd_name))
        command: click.Command = found
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table above: importing them all took most of `--help`'s time."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in sorted(COMMANDS)])

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except CagraphError as error:
            raise Failure(error) from None
        except BrokenPipeError:
            # The reader of the pipe has gone; what is still in the buffer has nowhere to go.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(1) from None
        except OSError as error:
            where = f"{error.filename}: " if error.filename else ""
            raise click.ClickException(f"{where}{error.strerror or error}") from None


def _tell_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from cagraph.store import edition

        click.echo(edition.text())
        ctx.exit()


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_tell_version,
              help="Tell the version, the digest of the data, and the day of the last source.")  # fmt: skip
def main() -> None:
    """Ask which agreements, laws and bodies shape migration in Central Asia, and who says so.

    \b
    Example: cagraph agreements Tajikistan --with Belgium
             cagraph show tj-be-labour-memorandum-2025
    """
