"""The written form of a citation, a function a style."""

from __future__ import annotations

import json
from calendar import month_name
from typing import TYPE_CHECKING, NamedTuple

from cagraph import signs
from cagraph.escape import tex
from cagraph.iris import ID
from cagraph.names import series

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
    """Where its text can be read, as a source gives it."""
    author: str = ""
    """Who wrote the chapter, where that is not all of the creators."""
    dated: str = ""
    """EDTF date of the article, where the source gives one."""
    section: str = ""
    line: str = ""
    authority: str = ""
    """Whom the source itself names for what it says."""
    inference: str = ""
    """Why the curator reads the passage so, where its words do not say it."""
    evidence: str = ""
    """Id of the piece of evidence, if one is cited."""


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
    """A citation before it is written: the addresses, the thing if one is cited, and where it says so."""

    addresses: tuple[str, ...]
    thing: Work | None
    passages: tuple[Work, ...]


def footnote(reference: Reference, state: Dataset) -> str:
    """Return a footnote: the thing, the passages it rests on by source, the state of the graph."""
    rests = _sources(reference.passages, "“", "”")
    parts = [_named(reference.thing) + "." if reference.thing else ""]
    parts += [f"Rests on: {rests}." if reference.thing else f"{rests}."] if rests else []
    return signs.line(" ".join([*(part for part in parts if part), f"In {state}, {', '.join(reference.addresses)}."]))


def oscola(reference: Reference, state: Dataset) -> str:
    """Return a citation after OSCOLA: author, title, publication in brackets, the place; single quotation marks."""
    rests = _sources(reference.passages, "‘", "’")
    addresses = ", ".join(f"<{address}>" for address in reference.addresses)
    if reference.thing:
        told = _named(reference.thing) + (f" <{reference.thing.url}>" if reference.thing.url else "")
        rests = f"{told}, cited in {rests}" if rests else told
    return signs.line(f"{rests}, via {state} {addresses}.")


def bibtex(reference: Reference, state: Dataset) -> str:
    """Return BibTeX: an entry of the thing with the passages it rests on as its note, else one a passage."""
    if reference.thing:
        note = "; ".join(_place(work, work.title) for work in reference.passages)
        return _entry(reference.thing, note, reference.addresses[0], state)
    entries = zip(reference.passages, reference.addresses, strict=True)
    return "\n\n".join(_entry(work, _place(work), address, state) for work, address in entries)


def _entry(work: Work, note: str, address: str, state: Dataset) -> str:
    fields = {
        "title": f"{{{tex(work.title)}}}",
        "author": " and ".join(f"{{{tex(name)}}}" for name in _writers(work)),
        "publisher": tex(work.publisher),
        "year": _year(work.dated or work.issued),
        "date": work.dated or work.issued,
        "number": tex(work.number),
        "howpublished": tex(work.url),
        "note": tex(". ".join(part for part in (note, f"In {state}") if part)),
        "url": address,
    }
    lines = [f"  {name} = {{{signs.line(value)}}}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{signs.line(work.evidence or work.id)},", *lines, "}"])


def _year(date: str) -> str:
    return date[:4] if date[:4].isdigit() else ""


def csl_json(reference: Reference, state: Dataset) -> str:
    """Return a list of CSL-JSON items: the thing if one is cited, and each passage."""
    items = [_item(reference.thing, reference.addresses[0], state)] if reference.thing else []
    items += [_item(work, ID + (work.evidence or work.id), state) for work in reference.passages]
    return signs.escaped(json.dumps(items, ensure_ascii=False, indent=1))


STYLES: dict[str, Callable[[Reference, Dataset], str]] = {
    "footnote": footnote, "oscola": oscola, "bibtex": bibtex, "csl-json": csl_json,
}  # fmt: skip


def _item(work: Work, address: str, state: Dataset) -> dict[str, object]:
    item: dict[str, object] = {
        "id": work.evidence or work.id,
        "type": _TYPES.get(work.kind, "entry"),
        "title": work.title,
        "author": [{"literal": name} for name in _writers(work)],
        "publisher": work.publisher,
        "issued": _parts(work.dated or work.issued),
        "number": work.number,
        "section": work.section,
        "locator": f"line {work.line}" if work.line else "",
        "note": "; ".join(_said(work)),
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
    """Return a thing's title with its number and date, as far as the title does not have them."""
    date = written(thing.issued)
    number = f"No. {thing.number}" if thing.number and thing.number not in thing.title else ""
    about = ", ".join(part for part in (number, date if date not in thing.title else "") if part)
    return f"{thing.title} ({about})" if about else thing.title


def _sources(passages: tuple[Work, ...], opening: str, closing: str) -> str:
    """Return each source once for each author who wrote in it, with all places."""
    places: dict[Work, list[str]] = {}
    for work in passages:
        whole = Work(work.id, work.kind, work.title, work.creators, work.publisher, work.issued, author=work.author)
        places.setdefault(whole, []).append(_place(work))
    told = []
    for work, within in places.items():
        by = f"{series(_writers(work))}, {'in ' if work.author else ''}" if _writers(work) else ""
        imprint = ", ".join(part for part in (work.publisher, written(work.issued)) if part)
        where = "; ".join(place for place in dict.fromkeys(within) if place)
        title = f"{opening}{work.title}{closing}" + (f" ({imprint})" if imprint else "")
        told.append(f"{by}{title}" + (f", {where}" if where else ""))
    return "; ".join(told)


def _place(work: Work, source: str = "") -> str:
    """Return section, date and line of a passage, whom the source names for it, and what the curator infers."""
    parts = (source, work.section, written(work.dated), f"line {work.line}" if work.line else "", *_said(work))
    return ", ".join(part for part in parts if part)


def _writers(work: Work) -> tuple[str, ...]:
    return (work.author,) if work.author else work.creators


def _said(work: Work) -> list[str]:
    authority = [f"according to {work.authority}"] if work.authority else []
    return authority + ([f"the curator infers: {work.inference.rstrip('.')}"] if work.inference else [])


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
