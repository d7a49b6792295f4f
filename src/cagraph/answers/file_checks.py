"""Checks of some curated files: each by itself, and what the checks of the graph find about its records."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cagraph.answers import checks
from cagraph.curated import loading
from cagraph.curated.lines import line_of, lines_of
from cagraph.curated.places import below, real
from cagraph.errors import DataFault, Fault, UsageFault
from cagraph.rows import Rows
from cagraph.store import compiler

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from cagraph.curated.loading import Loaded


def check(data: Path, paths: Sequence[Path], others: Sequence[str] = ()) -> Rows:
    """Return what the checks of the graph find about the records at or below some paths.

    The graph is made in memory of all records without a fault: the rest of the data may be wrong.

    Args:
        data: the folder of data that they lie in.
        paths: files and folders.
        others: what else was named with them, which is refused.

    Raises:
        UsageFault: if a path lies outside the data.
        DataFault: if these files have faults; then with every fault in them, and those of the graph.
    """
    root = real(data)
    outside = [*others, *sorted(map(str, set(paths) - below(paths, [data])))]
    if outside:
        raise UsageFault(f"not a file or folder of {root}: {', '.join(outside)}",
                         "name checks apart from files; CAGRAPH_DATA names another folder of data")  # fmt: skip
    found, store = compiler.trial(data)
    asked = below(found.paths.values(), paths)
    ids = {id_ for id_, path in found.paths.items() if path in asked}
    offenders = [row for row in map(checks.Offender._make, checks.check(store).rows) if {row.id, row.value} & ids]
    faults = [*loading.faults_in(found.faults, paths), *_unsound_sources(found, ids)]
    if faults:
        raise DataFault([*faults, *_as_faults(offenders, found, ids)])
    errors = sum(offender.check in checks.ERRORS for offender in offenders)
    listed = f"; {len(offenders)} rows to be looked at" if offenders else ""
    notes = () if errors else (f"no fault found{listed}",)
    left_out = len({fault.file for fault in found.faults})
    if left_out:
        notes = (*notes, f"{left_out} other files have faults, and were left out: `cagraph check` lists them")
    return Rows(checks.Offender._fields, offenders, notes=notes)


def _unsound_sources(found: Loaded, ids: Collection[str]) -> Iterator[Fault]:
    """Yield a fault for each record that is sound itself, but not the record of a source it cites."""
    for id_, sources in found.unsupported.items():
        if id_ in ids:
            wrong = f"the record of its source {', '.join(sources)} has faults, so that it cannot be checked as a whole"
            yield Fault(str(found.paths[id_]), 1, id_, wrong, "mend the record of the source first")


def _as_faults(offenders: Sequence[checks.Offender], found: Loaded, ids: Collection[str]) -> Iterator[Fault]:
    for one in offenders:
        if one.check in checks.ERRORS:
            id_ = one.id if one.id in ids else one.value
            path = found.paths[id_]
            line = line_of(lines_of(path), one.property)
            yield Fault(str(path), line, id_, f"{one.check}: {one.property} {one.value}", one.cure)
