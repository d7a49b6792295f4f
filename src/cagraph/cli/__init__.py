"""The command line: each command is arguments in, one call, one writer out."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

import click

from cagraph import __version__
from cagraph.errors import CagraphError

COMMANDS = {
    "agencies": "lists",
    "agreements": "lists",
    "build": "building",
    "check": "curating",
    "cite": "curating",
    "chain": "lives",
    "compare": "lives",
    "conflicts": "cards",
    "countries": "lists",
    "coverage": "passages",
    "decrees": "lists",
    "duplicates": "curating",
    "events": "lists",
    "evidence": "passages",
    "export": "files",
    "format": "curating",
    "laws": "lists",
    "network": "files",
    "organizations": "lists",
    "policies": "lists",
    "programmes": "lists",
    "queries": "asking",
    "query": "asking",
    "schemes": "lists",
    "search": "cards",
    "show": "cards",
    "sources": "lists",
    "status": "lives",
    "timeline": "lives",
    "verify": "passages",
}
"""Command -> module below `cagraph.cli`, imported only when the command runs."""
FUNCTIONS = {"format": "format_", "queries": "queries_"}
"""Command -> function, where the command's name is taken."""


class Failure(click.ClickException):
    """The one door through which an error of ours reaches the reader."""

    def __init__(self, error: CagraphError) -> None:
        super().__init__(str(error))
        vars(self)["exit_code"] = error.exit_code


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        module = COMMANDS.get(cmd_name)
        if module is None:
            return None
        found: Any = getattr(importlib.import_module(f"cagraph.cli.{module}"), FUNCTIONS.get(cmd_name, cmd_name))
        command: click.Command = found
        return command

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


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="cagraph")
def main() -> None:
    """Ask which agreements, laws and bodies shape migration in Central Asia, and who says so.

    \b
    Example: cagraph agreements Tajikistan --with Belgium
             cagraph show tj-be-labour-memorandum-2025
    """
