"""A store -> the texts that its things are found by, for the index of words."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from cagraph.kinds import KINDS
from cagraph.queries import ask
from cagraph.search.index import Entry, made

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cagraph.queries import Asked

_STATES = {"kk": "kz", "ky": "kg", "tg": "tj", "tk": "tm", "uz": "uz", "uz-cyrl": "uz"}
"""The state of each language; Russian is the language of all."""
_PLACES = {"Country", "Region"}
LANGUAGES = frozenset({"en", "ru", "kk", "ky", "tg", "tk", "uz", "uz-cyrl"})
"""The languages that a thing is also found in by the names of the countries it belongs to."""
_FIELDS = {
    "ca:shortName": "short", "eli:number": "number", "eli:id_local": "number",
    "dcterms:description": "text", "ca:provision": "text", "ca:aim": "text", "ca:task": "text", "ca:definition": "text",
}  # fmt: skip
"""Where a text of each property stands; all else is a name."""


def index_of(store: Asked) -> bytes:
    """Return the index of the words of a store's things."""
    return made(entries(store))


def entries(store: Asked) -> Iterator[Entry]:
    """Yield every text of every thing that it may be found by: names, numbers, what it is about, sentences on it."""
    kinds: dict[str, str] = {}
    for id_, kind, label in ask(store, "classes", kind=tuple(kind.name for kind in KINDS)).rows:
        kinds[str(id_)] = str(kind).removeprefix("ca:")
        yield Entry(str(id_), kinds[str(id_)], "about", str(label))
    called: dict[str, list[str]] = defaultdict(list)
    states = {(str(id_), str(state)) for id_, state in ask(store, "states-of").rows}
    for id_, property_, tag, text in ask(store, "texts").rows:
        language = str(tag).lower()  # some engines keep its case
        kind, field = kinds.get(str(id_), ""), _FIELDS.get(str(property_), "name")
        if kind:
            is_own = field == "name" and (str(id_), _STATES.get(language, "")) in states
            yield Entry(str(id_), kind, "own" if is_own else field, str(text))
        if kind in _PLACES and field == "name" and language in LANGUAGES:
            called[str(id_)].append(str(text))
    for concept, label in ask(store, "concept-labels").rows:
        called[str(concept)].append(str(label))
    for id_, about in _subjects(store):
        for word in called.get(about, [about] if about.isdigit() else []) if id_ in kinds else ():
            yield Entry(id_, kinds[id_], "about", word)


def _subjects(store: Asked) -> Iterator[tuple[str, str]]:
    """Yield things with what they are about: places, topics, forms, indicators, years."""
    for question in ("places-of", "subjects", "years-of"):
        for id_, about in ask(store, question).rows:
            yield str(id_), str(about)
