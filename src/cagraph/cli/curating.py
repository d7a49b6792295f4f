"""Commands for curators: cite a passage, format records, check the data."""

from __future__ import annotations

from pathlib import Path

import click

from cagraph import canonical, checks, compiler, evidence, ontology, places, store
from cagraph import duplicates as repeated
from cagraph.cli.options import format_option, show, store_option
from cagraph.errors import CagraphError, DataFault, EvidenceFault, Fault, UsageFault

_SOURCES = click.option(
    "--sources", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True, help="Folder that holds the source documents.",
)  # fmt: skip


def _documents(folder: Path) -> dict[str, evidence.Document]:
    tables = map(canonical.read, sorted(Path(places.data(), "sources").glob("*.toml")))
    checksums = {str(table.get("id", "")): str(next(iter(table.get("checksum", [])), "")) for table in tables}
    return evidence.match_documents(folder, checksums, [])


@click.command()
@click.argument("words", nargs=-1, required=True, metavar='SOURCE "WORDS" | --fill FILE...')
@click.option("--fill", is_flag=True, help='Replace each quote = "..." in these files by its position.')
@_SOURCES
def cite(words: tuple[str, ...], fill: bool, folder: Path) -> None:
    """Print the evidence block for a passage, to paste into a record.

    WORDS are words of the passage; " ... " between two parts spans all from one to the other. They
    must stand in the document exactly once. With --fill, every quotation in the files is replaced
    by its position, so that no words of a source stay in the data.

    \b
    Example: cagraph cite timesca-2026 "pilot project on the digital platform" --sources ../shared/sources
             cagraph cite --fill data/kz/laws/kz-law-477-iv-2011.toml --sources ../shared/sources
    """
    documents = _documents(folder)
    if fill:
        _fill([Path(name) for name in words], documents)
        return
    if len(words) != 2:  # noqa: PLR2004
        raise UsageFault("give a source and the words of one passage", "put the words in quotation marks")
    source, quote = words
    if source not in documents:
        known = ", ".join(sorted(documents)) or "none"
        raise EvidenceFault(f"{source} is not among the documents of {folder}", f"found there: {known}")
    click.echo(canonical.block(documents[source].cite(source, quote)))


def _fill(paths: list[Path], documents: dict[str, evidence.Document]) -> None:
    terms = ontology.load(Path(places.ontology()))
    faults: list[Fault] = []
    for path in paths:
        try:
            table = canonical.read(path)
            if canonical.fill(table, path, documents):
                canonical.rewrite(path, table, terms)
        except DataFault as wrong:
            faults += wrong.faults
    if faults:
        raise DataFault(faults)


@click.command("format")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Change nothing; exit 1 if a file is not in canonical form.")
def format_(files: tuple[Path, ...], check: bool) -> None:
    """Write curated files in canonical form, all of them if none is named.

    \b
    Example: cagraph format data/agreements/tj-be-labour-memorandum-2025.toml
    """
    terms = ontology.load(Path(places.ontology()))
    changed = []
    for path in files or sorted(Path(places.data()).rglob("*.toml")):
        table = canonical.read(path)
        if check:
            differs = canonical.dump(table, terms) != path.read_text(encoding="utf-8")
        else:
            differs = canonical.rewrite(path, table, terms)
        changed += [path] if differs else []
    for path in changed:
        click.echo(f"{'not in canonical form' if check else 'formatted'}: {path}")
    if check and changed:
        raise CagraphError(f"{len(changed)} files are not in canonical form", "run `cagraph format`")


@click.command()
@click.argument("names", nargs=-1, metavar="[FILE|FOLDER|CHECK]...")
@format_option
@store_option
def check(names: tuple[str, ...], format_: str | None, where: str | None) -> None:
    """Check the data: every file first, then the graph as a whole, with the cure for each fault.

    Files and folders narrow the first part to themselves and leave out the second; names of checks
    pick single ones of the second. Exit 1 if anything is wrong.

    \b
    Example: cagraph check
             cagraph check data/kz
             cagraph check dates-in-order --format json
    """
    paths = [Path(name) for name in names if name and Path(name).exists()]
    if paths:
        _check_files(paths, [name for name in names if Path(name) not in paths])
        return
    found = checks.offenders(store.connect(where), names)
    if found.rows:
        show(found, format_)
    else:
        click.echo("no fault found", err=True)
    if any(row[0] in checks.ERRORS for row in found.rows):
        raise SystemExit(1)


def _check_files(paths: list[Path], others: list[str]) -> None:
    home = Path(places.data()).resolve()
    others += [str(path) for path in paths if not path.resolve().is_relative_to(home)]
    if others:
        raise UsageFault(f"not a file or folder of {home}: {', '.join(others)}",
                         "name checks apart from files; CAGRAPH_DATA names another folder of data")  # fmt: skip
    try:
        compiler.records()
    except DataFault as wrong:
        inside = [path.resolve() for path in paths]
        faults = [f for f in wrong.faults if any(Path(f.file).resolve().is_relative_to(path) for path in inside)]
        if faults:
            raise DataFault(faults) from None
    click.echo("no fault found", err=True)


@click.command()
@click.option(
    "--floor",
    type=click.IntRange(50, 100),
    default=92,
    show_default=True,
    help="How alike two names must be, up to 100.",
)
@format_option
@store_option
def duplicates(floor: int, format_: str | None, where: str | None) -> None:
    """List pairs of things that may be one thing under two ids.

    Names, titles and spellings of things of like kind and country are compared. Merge the files of
    one thing; write distinctFrom = ["other-id"] into a record of a pair that is two things, and it
    is not offered again.

    \b
    Example: cagraph duplicates --floor 85
    """
    show(repeated.duplicates(store.connect(where), floor), format_)
