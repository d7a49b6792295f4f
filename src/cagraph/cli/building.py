"""Commands that compile the store."""

from __future__ import annotations

from pathlib import Path

import click

from cagraph.cli.options import emit
from cagraph.errors import UsageFault, visible
from cagraph.store.embedded import opened


@click.command()
@click.option(
    "--output",
    "-o",
    type=click.Path(),
    default=None,
    help="Compile into this new folder instead of the cache.",
)
@click.option("--check", is_flag=True,
              help="Read the store through instead: every checksum, and the count. Damaged, it is built anew.")  # fmt: skip
@click.option(
    "--jobs",
    type=click.IntRange(1, 61),
    default=1,
    help="Build in so many processes: from some 10,000 records on that is faster, and takes more memory.",
)
def build(output: str | None, check: bool, jobs: int) -> None:
    """Compile data and ontology into the store.

    Any command does so by itself when the data has changed or the store is damaged. Wrong data
    stops the build, and every fault is listed with its file and line.

    With --check, a store that is as it was built is left alone. Our own is built anew if it is
    damaged, which is told on standard error, and all is well afterwards: exit 0. One in a folder of
    your own, named by --output, is only read: exit 1 if it is damaged.

    \b
    Example: cagraph build --output ./store
             cagraph build --check
             cagraph build --jobs 2
    """
    from cagraph.store import compiler, opening, seal

    if output == "-":
        raise UsageFault(
            "a store is a folder, which standard output cannot hold", "name one, or ./- if it is called so"
        )
    if check:
        store = opened(output, whole=True) if output else opening.checked()
        found = ", each file as it was built" if seal.is_sealed(store.folder) else "; it bears no seal to check it by"
    else:
        new = compiler.compile_new(Path(output), jobs) if output else compiler.compiled(renew=True, jobs=jobs)
        store = opened(str(new))
        found = ""
    emit(visible(f"{store.size():,} quads in {store.folder or 'memory'}{found}\n"))
