"""Commands for curators: cite a passage, format records, check the data."""

from __future__ import annotations

from pathlib import Path

import click

from cagraph.cli.options import format_option, limit_option, show, store_option
from cagraph.errors import CagraphError, EvidenceFault, UsageFault
from cagraph.store.opening import connect


@click.command()
@click.argument("words", nargs=-1, required=True, metavar='SOURCE "WORDS" | --fill FILE...')
@click.option("--fill", is_flag=True, help='Replace each quote = "..." in these files by its position.')
@click.option(
    "--sources", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True, help="Folder that holds the source documents.",
)  # fmt: skip
def cite(words: tuple[str, ...], fill: bool, folder: Path) -> None:
    """Print the evidence block for a passage, to paste into a record.

    WORDS are words of the passage; " ... " between two parts spans all from one to the other. They
    must stand in the document exactly once. With --fill, every quotation in the files is replaced
    by its position, so that no words of a source stay in the data.

    \b
    Example: cagraph cite timesca-2026 "pilot project on the digital platform" --sources ../shared/sources
             cagraph cite --fill data/kz/laws/kz-law-477-iv-2011.toml --sources ../shared/sources
    """
    from cagraph.curated import loading, quotes, renditions, vocabulary
    from cagraph.store import home

    data = Path(home.data())
    outlines = loading.outlines(data)
    at_hand = renditions.match_documents(folder, loading.source_checksums(data), loading.cited_passages(data))
    if fill:
        quotes.fill_files([Path(name) for name in words], at_hand, outlines, vocabulary.load(Path(home.ontology())))
        return
    if len(words) != 2:  # noqa: PLR2004
        raise UsageFault("give a source and the words of one passage", "put the words in quotation marks")
    source, quote = words
    if source not in at_hand:
        known = ", ".join(sorted(at_hand)) or "none"
        raise EvidenceFault(f"{source} is not among the documents of {folder}", f"found there: {known}")
    click.echo(quotes.block(at_hand[source].cite(source, quote), outlines))


@click.command("format")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Change nothing; exit 1 if a file is not in canonical form.")
def format_(files: tuple[Path, ...], check: bool) -> None:
    """Write curated files in canonical form, all of them if none is named.

    \b
    Example: cagraph format data/agreements/tj-be-labour-memorandum-2025.toml
    """
    from cagraph.curated import canonical, loading, vocabulary
    from cagraph.store import home

    outlines = loading.outlines(Path(home.data()))
    terms = vocabulary.load(Path(home.ontology()))
    paths = files or sorted(Path(home.data()).rglob("*.toml"))
    changed = [path for path in paths if canonical.differs(path, terms, outlines, write=not check)]
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
        from cagraph.store import compiler

        compiler.check_files(paths, [name for name in names if Path(name) not in paths])
        click.echo("no fault found", err=True)
        return
    from cagraph.answers import checks

    offenders = checks.check(connect(where, last_good=False), names)
    show(offenders, format_)
    if any(row[0] in checks.ERRORS for row in offenders.rows):
        raise SystemExit(1)


@click.command()
@click.option("--floor", type=click.IntRange(50, 100), default=92, show_default=True,
              help="How alike two names must be, up to 100.")  # fmt: skip
@limit_option
@format_option
@store_option
def duplicates(floor: int, limit: int | None, format_: str | None, where: str | None) -> None:
    """List pairs of things that may be one thing under two ids.

    Names, titles and spellings of things of like kind and country are compared. Merge the files of
    one thing; write distinctFrom = ["other-id"] into a record of a pair that is two things, and it
    is not offered again.

    \b
    Example: cagraph duplicates --floor 85
    """
    from cagraph.answers import duplicates as repeated

    show(repeated.pairs(connect(where), floor, limit or 0), format_)
