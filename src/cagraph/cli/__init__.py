"""The command line: each command is arguments in, one call, one writer out."""

from __future__ import annotations

import importlib
import os
import sys
from contextlib import suppress
from io import UnsupportedOperation
from typing import Any

import click
from click.core import ParameterSource

from cagraph.errors import CagraphError, UsageFault, visible

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
INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it."""


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
        for option in command.params:
            if isinstance(option, click.Option) and option.callback is None:
                option.callback = _given
        return command

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - as click has it
        """Run a command; an interrupt that Python, or a library, has wrapped in an error of its own is one still."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            if _is_interrupt(error):
                raise click.Abort from None
            raise

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands from the table above: importing them all took most of `--help`'s time."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name][1]) for name in sorted(COMMANDS)])

    def main(self, *args: Any, **extra: Any) -> Any:  # noqa: ANN401 - as click has it
        """Run a command and end the process: every error, wherever it comes from, is told in a sentence."""
        if sys.stdout is None:
            sys.stdout = open(os.devnull, encoding="utf-8")  # noqa: SIM115, PTH123 - not to be written to: no answer is lost in silence
        if sys.stderr is None:
            sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - or errors would stand among answers
        try:
            code = super().main(*args, **extra | {"standalone_mode": False})
        except click.Abort:  # Ctrl-C
            code = INTERRUPTED
        except CagraphError as error:
            code = _told(Failure(error))
        except click.ClickException as error:
            code = _told(error)
        except OSError as error:
            code = _told(_refusal(error))
        finally:
            _let_go(sys.stdout)
            _let_go(sys.stderr)
        sys.exit(code if isinstance(code, int) else 0)


def _given(ctx: click.Context, option: click.Parameter, value: Any) -> Any:  # noqa: ANN401 - as click has it
    """Return the value of an option, unless it is empty: a script has lost what it meant to ask.

    None, or the empty text that stands for it where nobody has given the option, is not refused.
    """
    values = value if isinstance(value, tuple) else (value,)
    given = ctx.get_parameter_source(option.name or "") is ParameterSource.COMMANDLINE
    if given and any(isinstance(one, str) and not one.strip() for one in values):
        raise UsageFault(f"{option.opts[0]} is given without a value", "give one, or leave the option out")
    return value


def _is_interrupt(error: BaseException | None) -> bool:
    """Tell whether an error came of Ctrl-C: before Python 3.12, that in a class being made is a RuntimeError."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        if isinstance(error, KeyboardInterrupt):
            return True
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return False


def _told(fault: click.ClickException) -> int:
    """Print what is wrong and return the exit code, even where it cannot be printed."""
    with suppress(OSError):
        fault.show()
    return fault.exit_code


def _refusal(error: OSError) -> click.ClickException:
    """Return what is said of a file, or of standard output, that cannot be read or written."""
    if isinstance(error, UnsupportedOperation):
        return Failure(
            CagraphError("the answer cannot be printed: standard output is closed", "open it, or use a pipe")
        )
    where = f"{error.filename}: " if error.filename else ""
    return click.ClickException(visible(f"{where}{error.strerror or error}"))


def _let_go(stream: Any) -> None:  # noqa: ANN401 - a text stream, or click's wrapper of one
    """Drop what a stream cannot write, its reader gone or its disk full: Python would complain of it at the end."""
    stream = getattr(stream, "wrapped", stream)
    try:
        if stream is not None:
            stream.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _tell_version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from cagraph.store import edition

        click.echo(edition.text())  # plain ASCII
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
