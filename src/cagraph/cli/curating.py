"""Commands for curators: cite a passage, format records, check the data."""

from __future__ import annotations

from pathlib import Path

import click

from cagraph import canonical, countries, curated, evidence, places, vocabulary
from cagraph.errors import CagraphError, DataFault, Fault

_SOURCES = click.option(
    "--sources", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True, help="Folder that holds the source documents.",
)  # fmt: skip
_FILES = click.argument("files", nargs=-1, type=click.Path(exists=True, path_type=Path))


def _documents(folder: Path) -> dict[str, evidence.Document]:
    sums = {}
    for path in sorted((places.data() / "sources").glob("*.toml")):
        table = curated.read_table(path)
        sums[table["id"]] = table["checksum"][0]
    return evidence.match_documents(folder, sums, [])


@click.command("cite")
@click.argument("words", nargs=-1)
@click.option("--fill", is_flag=True, help="Replace each quote = \"...\" in these files by its position.")
@_SOURCES
def cite_command(words: tuple[str, ...], fill: bool, folder: Path) -> None:
    """Print the evidence block for a passage: SOURCE "words from the passage".

    Example: cagraph cite timesca-2026 "signed in November last year" --sources ../shared/sources
    """
    documents = _documents(folder)
    if fill:
        terms = vocabulary.load(places.ontology())
        faults: list[Fault] = []
        for name in words:
            path = Path(name)
            try:
                table = curated.read_table(path)
                if canonical.fill(table, path, documents):
                    canonical.rewrite(path, table, terms)
            except DataFault as wrong:
                faults += wrong.faults
        if faults:
            raise click.ClickException(str(DataFault(faults)))
        return
    source, quote = words
    if source not in documents:
        raise click.ClickException(f"{source} is not in {folder}")
    try:
        passage = documents[source].cite(source, quote)
    except CagraphError as error:
        raise click.ClickException(str(error)) from None
    click.echo("[[evidence]]")
    for name in passage.__slots__:
        click.echo(f"{name} = {canonical._value(getattr(passage, name), 0)}")


@click.command("format")
@_FILES
def format_command(files: tuple[Path, ...]) -> None:
    """Write curated files in canonical form.

    Example: cagraph format data/agreements/tj-be-labour-memorandum-2025.toml
    """
    terms = vocabulary.load(places.ontology())
    for path in files or sorted(places.data().rglob("*.toml")):
        try:
            if canonical.rewrite(path, curated.read_table(path), terms):
                click.echo(f"formatted {path}")
        except CagraphError as error:
            raise click.ClickException(str(error)) from None


@click.command("check")
@_FILES
def check_command(files: tuple[Path, ...]) -> None:
    """List what is wrong in the data.

    Example: cagraph check
    """
    terms = vocabulary.load(places.ontology())
    codes = dict.fromkeys(name.id for name in countries.load(places.data()))
    try:
        things = curated.load(places.data(), terms, codes)
    except DataFault as wrong:
        wanted = [path.resolve() for path in files]
        faults = [f for f in wrong.faults if not wanted or any(Path(f.file).resolve().is_relative_to(w) for w in wanted)]
        for fault in faults:
            click.echo(str(fault))
        raise SystemExit(bool(faults)) from None
    click.echo(f"{len(things)} records, no fault")
