"""The written form of a citation, a function a style."""

from __future__ import annotations

import json
from calendar import month_name
from typing import TYPE_CHECKING, NamedTuple

from cagraph.escape import tex

if TYPE_CHECKING:
    from collections.abc import Callable

_TITLE = "cagraph: a knowledge graph of Central Asian migration law and policy"
_TYPES = {
    "BilateralAgreement": "treaty", "MultilateralAgreement": "treaty", "Law": "legislation", "Decree": "regulation",
    "Source": "document", "PolicyDocument": "document",
}  # fmt: skip
"""Kind -> type of CSL 1.0.2; any other is an entry of the graph."""
_SHOWN_DIGITS = 12
"""Digits of the digest that a citation in words gives: enough to tell any two states apart."""


class Work(NamedTuple):
    """What is cited: a thing or a source document, and the place in it."""

    id: str
    kind: str
    title: str
    creators: tuple[str, ...] = ()
    publisher: str = ""
    issued: str = ""
    """EDTF."""
    number: str = ""
    url: str = ""
    section: str = ""
    line: str = ""
    authority: str = ""
    """Whom the source itself names for what it says."""


class Dataset(NamedTuple):
    """Which state of the graph is cited."""

    version: str
    digest: str
    """SHA-256 of the data, hexadecimal."""
    last: str
    """Last day of the newest source, ISO 8601."""

    def __str__(self) -> str:
        """Return version, digest and last day in words; what is not known is left out."""
        parts = [f"cagraph {self.version}".strip()]
        parts += [f"data {self.digest[:_SHOWN_DIGITS]}"] if self.digest else []
        parts += [f"sources up to {written(self.last)}"] if self.last else []
        return ", ".join(parts)


class Reference(NamedTuple):
    """A citation before it is written: the address, the thing if one is cited, and where it says so."""

    address: str
    thing: Work | None
    passages: tuple[Work, ...]


def footnote(reference: Reference, state: Dataset) -> str:
    """Return a footnote in one sentence: the thing, the passages it rests on, the state of the graph."""
    rests = "; ".join(_source(work, f"“{work.title}”", f" ({_imprint(work)})") for work in reference.passages)
    told = f"{_named(reference.thing)}. Rests on: {rests}" if reference.thing else rests
    return f"{told}. In {state}, {reference.address}."


def oscola(reference: Reference, state: Dataset) -> str:
    """Return a citation after OSCOLA: author, title, publication in brackets, the place; single quotation marks."""
    rests = "; ".join(_source(work, f"‘{work.title}’", f" ({_imprint(work)})") for work in reference.passages)
    address = f"<{reference.address}>"
    if reference.thing:
        return f"{_named(reference.thing)}, cited in {rests}, via {state} {address}."
    return f"{rests}, via {state} {address}."


def bibtex(reference: Reference, state: Dataset) -> str:
    """Return a BibTeX entry; of a thing with the passages it rests on as its note, else one a source."""
    works = [reference.thing] if reference.thing else list({work.id: work for work in reference.passages}.values())
    entries = []
    for work in works:
        passages = reference.passages if reference.thing else [one for one in reference.passages if one.id == work.id]
        note = "; ".join(_place(one, with_source=bool(reference.thing)) for one in passages)
        fields = {
            "title": f"{{{tex(work.title)}}}",
            "author": " and ".join(f"{{{tex(name)}}}" for name in work.creators),
            "publisher": tex(work.publisher),
            "year": work.issued[:4],
            "date": work.issued,
            "number": tex(work.number),
            "note": tex(". ".join(part for part in (note, f"In {state}") if part)),
            "url": reference.address,
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
        entries.append("\n".join([f"@misc{{{work.id},", *lines, "}"]))
    return "\n\n".join(entries)


def csl_json(reference: Reference, state: Dataset) -> str:
    """Return a list of CSL-JSON items: the thing if one is cited, and each passage."""
    items = [_item(reference.thing, reference.address, state)] if reference.thing else []
    items += [_item(work, reference.address, state) for work in reference.passages]
    return json.dumps(items, ensure_ascii=False, indent=1)


STYLES: dict[str, Callable[[Reference, Dataset], str]] = {
    "footnote": footnote, "oscola": oscola, "bibtex": bibtex, "csl-json": csl_json,
}  # fmt: skip


def _item(work: Work, address: str, state: Dataset) -> dict[str, object]:
    item: dict[str, object] = {
        "id": "-".join(part for part in (work.id, work.line) if part),
        "type": _TYPES.get(work.kind, "entry"),
        "title": work.title,
        "author": [{"literal": name} for name in work.creators],
        "publisher": work.publisher,
        "issued": _parts(work.issued),
        "number": work.number,
        "section": work.section,
        "locator": work.line,
        "label": "line" if work.line else "",
        "note": f"according to {work.authority}" if work.authority else "",
        "archive": _TITLE,
        "archive_location": str(state),
        "version": state.version,
        "URL": address,
    }
    return {name: value for name, value in item.items() if value}


def _parts(date: str) -> dict[str, object]:
    """Return a date as CSL has it: years, months and days of its first and, of a span, its last part."""
    if not date or ".." in date:
        return {"literal": date} if date else {}
    parts = [[int(number) for number in part.rstrip("?~%").split("-")] for part in date.split("/")]
    return {"date-parts": parts} | ({"circa": True} if date[-1] in "?~%" else {})


def _named(thing: Work) -> str:
    """Return a thing's title with its number and date."""
    about = ", ".join(part for part in (f"No. {thing.number}" if thing.number else "", written(thing.issued)) if part)
    return f"{thing.title} ({about})" if about else thing.title


def _source(work: Work, title: str, imprint: str) -> str:
    by = f"{_listed(work.creators)}, " if work.creators else ""
    return f"{by}{title}{imprint if imprint != ' ()' else ''}{', ' if work.line else ''}{_place(work)}"


def _listed(names: tuple[str, ...]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def _imprint(work: Work) -> str:
    return ", ".join(part for part in (work.publisher, written(work.issued)) if part)


def _place(work: Work, *, with_source: bool = False) -> str:
    """Return section and line of a passage, and whom the source names for it."""
    where = f"line {work.line}" if work.line else ""
    parts = [work.title if with_source else "", f"“{work.section}”" if work.section else "", where]
    parts += [f"according to {work.authority}" if work.authority else ""]
    return ", ".join(part for part in parts if part)


def written(date: str) -> str:
    """Return an EDTF date in words.

    >>> written("2026-02-27"), written("2025-11"), written("2023/2024"), written("2026-02~")
    ('27 February 2026', 'November 2025', '2023 to 2024', 'about February 2026')
    """
    first, slash, last = date.partition("/")
    if slash:
        return f"{written(first)} to {written(last)}" if last != ".." else f"since {written(first)}"
    bare = date.rstrip("?~%")
    doubt = {"~": "about ", "?": "probably ", "%": "probably about "}.get(date[len(bare) :], "")
    year, *rest = bare.split("-")
    words = [str(int(rest[1]))] if len(rest) > 1 else []
    words += [month_name[int(rest[0])]] if rest else []
    return doubt + " ".join([*words, year])
