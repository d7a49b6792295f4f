"""Names and ids -> things; the nearest names when none fits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cagraph.answers import things
from cagraph.answers.things import Named
from cagraph.errors import UnknownName, UsageFault
from cagraph.iris import ID
from cagraph.names import SLUG, fold, is_country, slug
from cagraph.queries import PLAIN, ask

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from cagraph.queries import Question
    from cagraph.store import Store

_WRITTEN = {
    r"^the (?=\w)": "", r"^(?:no|nr|n) (?=\w*\d)": "", r"\brep\b": "republic", r"\bfed\b": "federation",
    r"\bdem\b": "democratic", r"\bst\b": "saint", r"\bis\b": "islands",
}  # fmt: skip
"""How people write what is called otherwise: none of these turns the name of one state into another's.

("Republic of Korea" without its form of state is the other Korea, "Republic of China" another state.)
"""
_ADDRESS = rf"(?:<?{re.escape(ID)}|id:)([^<>\s]+?)>?/?"
PLACES = ("Country", "Region", "InternationalOrganization")
"""Classes that a COUNTRY argument may name."""


def find(store: Store, name: str, kinds: Collection[str] = ()) -> Named:
    """Return the one thing with this id, code or name.

    Args:
        store: where to look.
        name: an id, or any name, acronym, code or spelling in any language.
        kinds: prefer things of these classes, and offer only them when none fits.

    Raises:
        UnknownName: if none fits, offering the nearest; or if several do, naming them.
    """
    wanted = called(store, name, kinds)
    if len(wanted) == 1:
        return wanted[0]
    if wanted:
        several = "; ".join(f"{thing.id} ({thing.label})" for thing in wanted[:8])
        raise UnknownName(f"{name!r} names {len(wanted)} things", f"give one of these ids: {several}")
    raise UnknownName(f"nothing is called {name!r}", _nearest(store, name, kinds))


def called(store: Store, name: str, kinds: Collection[str] = ()) -> list[Named]:
    """Return the things with this id, code or name: one, or several that share it, or none.

    Args:
        store: where to look.
        name: an id, its address, or any name, acronym, code or spelling in any language.
        kinds: those of these classes alone, if there are any.
    """
    address = re.fullmatch(_ADDRESS, name.strip()) if ":" in name else None
    given = address[1] if address else name.strip()
    by_id = _by_id(store, given) or (_by_id(store, given.lower()) if is_country(given) else None)
    if by_id:
        return [by_id]
    folded = fold(name)
    fitting = _by_name(store, folded) or _by_name(store, _as_called(folded)) or _by_printed_name(store, name)
    wanted = [thing for thing in fitting if thing.kind in kinds] or fitting
    countries = [thing for thing in wanted if thing.kind == "Country"]
    return countries if len(countries) == 1 else wanted


def _as_called(folded: str) -> str:
    """Return a folded name without article and sign of number, its usual abbreviations written out; else nothing.

    >>> _as_called("kyrgyz rep"), _as_called("n 477 iv"), _as_called("the netherlands"), _as_called("republic of korea")
    ('kyrgyz republic', '477 iv', 'netherlands', '')
    """
    called = folded
    for pattern, full in _WRITTEN.items():
        called = re.sub(pattern, full, called)
    return called if called != folded else ""


def source_id(store: Store, name: str) -> str:
    """Return the id of the source document of this id or name; of no name, none.

    Raises:
        UsageFault: if nothing is called so, or it is no source.
    """
    if not name:
        return ""
    thing = find(store, name, ("Source",))
    if thing.kind != "Source":
        raise UsageFault(f"{thing.label} is no source", "`cagraph sources` lists them")
    return thing.id


def _by_id(store: Store, id_: str, merged: tuple[str, ...] = ()) -> Named | None:
    if not SLUG.fullmatch(id_):
        return None
    rows = ask(store, "things", id=id_)
    if not rows:
        return None
    replacement = str(rows[0]["replacement"])
    if replacement and replacement not in {id_, *merged}:
        return _by_id(store, replacement, (id_, *merged))
    return Named(id_, str(rows[0]["label"]), things.kind_of([str(type_) for type_ in rows["type"]]))


def _by_name(store: Store, folded: str) -> list[Named]:
    if not folded:
        return []
    rows = ask(store, "named-things", name=folded, columns=things.COLUMNS).rows
    return things.named(rows)


def _by_printed_name(store: Store, name: str) -> list[Named]:
    """Return the things that some passage calls so, where no label or other name of ours fits."""
    from cagraph.answers import search
    from cagraph.search.ranking import so_called

    index = search.words_of(store)
    ids = [index.ids[thing] for thing in so_called(index, name)]
    return sorted(things.described(store, ids).values())


def _nearest(store: Store, name: str, kinds: Collection[str]) -> str:
    from cagraph.answers import search

    hits = search.hits(store, name, kinds=kinds, limit=5)
    offers = dict.fromkeys(f"{hit.label} ({hit.id})" for hit in hits)
    return f"did you mean {', or '.join(offers)}?" if offers else "try `cagraph search`"


def parameters(store: Store, question: Question, given: Mapping[str, str]) -> dict[str, str]:
    """Return the values of a question's parameters with names of things and concepts turned into ids.

    Raises:
        UnknownName: if a value for a thing or country names none.
        UsageFault: if a value for a concept is not in its scheme.
    """
    kinds = {parameter.name: parameter.kind for parameter in question.parameters}
    values = dict(given)
    for name, value in given.items():
        kind = kinds.get(name, "text")
        if kind in {"country", "thing"}:
            values[name] = find(store, value, PLACES if kind == "country" else ()).id
        elif kind not in PLAIN:
            values[name] = notation(store, kind, value)
    return values


def notation(store: Store, scheme: str, value: str) -> str:
    """Return the notation of a concept of a scheme, such as `topic`, from its notation or its words.

    `in force` and `In-force` are `in-force`.

    Raises:
        UsageFault: if the scheme has no such concept.
    """
    wanted = slug(value)
    if not ask(store, "concept", concept=f"{scheme}-{wanted}"):
        raise UsageFault(
            f"{value!r} is not {'an' if scheme[0] in 'aeiou' else 'a'} {scheme}",
            f"see `cagraph query concepts --param scheme={scheme}`",
        )
    return wanted
