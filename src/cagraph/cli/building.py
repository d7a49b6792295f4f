"""Commands that compile the store."""

from __future__ import annotations

from pathlib import Path

import click

from cagraph.store import compiler
from cagraph.store.embedded import opened


@click.command()
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path),
    default=None,
    help="Compile into this new folder instead of the cache.",
)
def build(output: Path | None) -> None:
    """Compile data and ontology into the store.

    Any command does so by itself when the data has changed. Wrong data stops the build, and every
    fault is listed with its file and line.

    \b
    Example: cagraph build --output ./store
    """
    folder = str(compiler.compile_new(output)) if output else compiler.compiled(renew=True)
    click.echo(f"{opened(folder).size():,} quads in {folder}")
