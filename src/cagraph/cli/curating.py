"""Commands for curators: cite a passage, format records, check the data."""

from __future__ import annotations

import os
from pathlib import Path

import click

from cagraph.cli.options import emit, format_option, limit_option, show, store_option
from cagraph.errors import CagraphError, DataFault, EvidenceFault, UsageFault, visible
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
    from cagraph.curated import loading, places, quotes, renditions, vocabulary
    from cagraph.store import home

    data = places.data_of([Path(name) for name in words] if fill else [], Path(home.data()))
    outlines = loading.outlines(data)
    found = renditions.matched(folder, loading.source_checksums(data), loading.cited_passages(data))
    at_hand = found.documents
    if not at_hand:
        raise EvidenceFault(*found.refusal(folder))
    if fill:
        paths = [Path(name) for name in words]
        quotes.fill_files(paths, at_hand, outlines, vocabulary.load(Path(home.ontology())))
        return
    if len(words) != 2:  # noqa: PLR2004
        raise UsageFault("give a source and the words of one passage", "put the words in quotation marks")
    source, quote = words
    if source not in at_hand:
        known = ", ".join(sorted(at_hand)) or "none"
        cure = "\n".join([*found.unread, f"found there: {known}"])
        raise EvidenceFault(f"{source} is not among the documents of {folder}", cure)
    emit(quotes.block(at_hand[source].cite(source, quote), outlines) + "\n")


@click.command("format")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--check", is_flag=True, help="Change nothing; exit 1 if a file is not in canonical form.")
def format_(files: tuple[Path, ...], check: bool) -> None:
    """Write curated files in canonical form, all of them if none is named.

    A file with a fault, or with a comment, which would be lost, stays as it is; the others are
    written, and the command exits 1. The data is that which the files lie in, as for `check`.

    \b
    Example: cagraph format data/agreements/tj-be-labour-memorandum-2025.toml
    """
    from cagraph.curated import canonical, loading, places, vocabulary
    from cagraph.store import home

    data = places.data_of(files, Path(home.data()))
    terms = vocabulary.load(Path(home.ontology()))
    paths = files or loading.curated_files(data)
    changed, faults = canonical.differing(paths, terms, loading.outlines(data), write=not check)
    for path in changed:
        emit(visible(f"{'not in canonical form' if check else 'formatted'}: {path}\n"))
    if faults:
        raise DataFault(faults)
    if check and changed:
        raise CagraphError(f"{len(changed)} files are not in canonical form", "run `cagraph format`")


@click.command()
@click.argument("names", nargs=-1, metavar="[FILE|FOLDER|CHECK]...")
@limit_option
@format_option
@store_option
def check(names: tuple[str, ...], limit: int | None, format_: str | None, where: str | None) -> None:
    """Check the data: every file first, then the graph as a whole, with the cure for each fault.

    Files and folders narrow both parts to their records, whatever is wrong with the rest; names of
    checks pick single ones of the second. Files are checked as part of the folder of data that they
    lie in: the nearest above them that holds sources/ and countries.tsv, else CAGRAPH_DATA, else what
    is installed. Exit 1 if anything is wrong.

    \b
    Example: cagraph check
             cagraph check data/kz
             cagraph check dates-in-order --format json
    """
    from cagraph.answers import checks

    paths = [Path(name) for name in names if name and os.path.lexists(name)]
    if paths:
        from cagraph.answers import file_checks
        from cagraph.curated import places
        from cagraph.store import home

        data = places.data_of(paths, Path(home.data()))
        offenders = file_checks.check(data, paths, [name for name in names if Path(name) not in paths])
    else:
        missing = [name for name in names if "/" in name or name.endswith(".toml")]
        if missing:
            raise UsageFault(f"there is no file or folder {', '.join(missing)}", "correct the path")
        offenders = checks.check(connect(where, last_good=False), names)
    show(offenders, format_, limit)
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
