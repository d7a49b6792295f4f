"""Citations of a thing, a source, or one piece of evidence: who says it, where, and in which state of the data."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from cagraph.answers import lookup, things
from cagraph.answers.citation_styles import STYLES, Dataset, Reference, Work
from cagraph.answers.claims import places_of_texts
from cagraph.answers.days import last_day
from cagraph.answers.evidence import cited
from cagraph.answers.stored import number
from cagraph.errors import UsageFault
from cagraph.iris import CA, ID
from cagraph.names import SLUG
from cagraph.queries import ask

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from cagraph.answers.things import Named
    from cagraph.rows import Row
    from cagraph.store import Store


def cite(store: Store, names: Sequence[str], style: str = "footnote") -> str:
    """Return a citation, with section, line, version and date.

    Args:
        store: what is asked.
        names: ids of pieces of evidence, which are cited together; or the id or any name of one
            thing or source.
        style: `footnote`, `oscola`, `bibtex` or `csl-json`.

    Raises:
        UsageFault: if there is no such style, or several names are not all evidence.
        UnknownName: if nothing is called so.
    """
    if style not in STYLES:
        raise UsageFault(f"{style!r} is no style of citation", f"choose one of {', '.join(STYLES)}")
    return STYLES[style](_reference(store, list(dict.fromkeys(names))), dataset(store))


def dataset(store: Store) -> Dataset:
    """Return which state of the graph a store holds; one that does not say so has neither version nor digest."""
    rows = ask(store, "dataset").rows
    version, digest = map(str, rows[0]) if rows else ("", "")
    issued = [str(value) for _, field, value in ask(store, "bibliography").rows if field == "issued"]
    return Dataset(version, digest, max(map(last_day, issued), default=""))


def _reference(store: Store, names: list[str]) -> Reference:
    known = cited(store, [name for name in names if SLUG.fullmatch(name)])
    if known and len(known) == len(names):
        works = _works(store, known.values())
        return Reference(tuple(ID + work.evidence for work in works), None, tuple(works))
    if len(names) != 1:
        other = next((name for name in names if name not in known), "")
        raise UsageFault(f"{other!r} is no piece of evidence", "cite one or more pieces of evidence, or one thing")
    thing = lookup.find(store, names[0])
    if thing.kind == "Source":
        return Reference((ID + thing.id,), None, tuple(_sources(store, [thing.id]).values()))
    evidence = {str(where) for where in ask(store, "resting", columns=("evidence",), id=thing.id)["evidence"]}
    return Reference((ID + thing.id,), _thing(store, thing), tuple(_works(store, cited(store, evidence).values())))


def _thing(store: Store, thing: Named) -> Work:
    """Return what is cited as the work itself: title and number as the sources give them, date of signature."""
    claims: dict[str, set[str]] = defaultdict(set)
    for _, property_, value, _ in ask(store, "claims", id=thing.id).rows:
        claims[str(property_)].add(str(value))
    numbers = sorted(claims["eli:number"])
    dates = ask(store, "values", id=thing.id, property=CA + "mainDate")["value"]
    date = next(map(str, dates), "")
    return Work(id=thing.id, kind=thing.kind, title=thing.label, issued=date, number=", ".join(numbers),
                url=min(claims["schema:url"], default=""))  # fmt: skip


def _sources(store: Store, ids: Iterable[str]) -> dict[str, Work]:
    fields: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    wanted = tuple(sorted(set(ids)))
    for id_, field, value in ask(store, "bibliography", id=wanted).rows:
        fields[str(id_)][str(field)].append(str(value))
    places = places_of_texts(store, wanted)
    for id_, about in fields.items():
        about["creator"].sort(key=lambda name: places.get((id_, name), 0))
    return {
        id_: Work(
            id=id_, kind="Source", title="; ".join(about["title"]), creators=tuple(about["creator"]),
            publisher="; ".join(about["publisher"]), issued="; ".join(about["issued"]),
            url=min(about["url"], default=""),
        )
        for id_, about in fields.items()
    }  # fmt: skip


def _works(store: Store, evidence: Iterable[Row]) -> list[Work]:
    """Return the source of each piece of evidence with the place in it, in reading order."""
    rows = sorted(evidence, key=lambda row: (str(row["source"]), number(row["line"]), str(row["evidence"])))
    sources = _sources(store, [str(row["source"]) for row in rows])
    authorities = {str(row["accordingTo"]) for row in rows if row["accordingTo"]}
    named = things.described(store, {name for name in authorities if SLUG.fullmatch(name)})
    works = []
    for row in rows:
        authority = str(row["accordingTo"] or "")
        place: dict[str, Any] = {
            "section": str(row["section"] or ""), "line": str(row["line"]), "evidence": str(row["evidence"]),
            "authority": named[authority].label if authority in named else authority,
            "inference": str(row["inference"] or ""), "author": str(row["author"] or ""),
            "dated": str(row["issued"] or ""),
        }  # fmt: skip
        works.append(sources[str(row["source"])]._replace(**place))
    return works
