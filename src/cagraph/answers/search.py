"""Words -> the things that they mean, best first; other forms, scripts and typing errors are forgiven."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from cagraph.answers import things
from cagraph.errors import refuse_beyond
from cagraph.rows import Rows
from cagraph.search.ranking import ranked

if TYPE_CHECKING:
    from collections.abc import Collection

    from cagraph.search.index import Index
    from cagraph.store import Store


class Hit(NamedTuple):
    """A thing that a search led to, with the text that fits and how well, up to 100."""

    id: str
    label: str
    kind: str
    matched: str
    score: int


def answer(store: Store, words: str, limit: int = 20) -> Rows:
    """Return the things that some words mean, best first, each with the text that matched.

    Names in every language and script, titles, numbers, register ids, subjects and the sentences on
    a thing are compared; each word narrows.
    """
    refuse_beyond("limit", limit, 1)
    best = hits(store, words, limit=limit)
    notes = () if best else ("nothing is called so; try fewer or other words",)
    return Rows(Hit._fields, best, shown=("kind", "matched", "score", "id"), title="label", notes=notes)


def hits(store: Store, words: str, kinds: Collection[str] = (), limit: int = 20) -> list[Hit]:
    """Return the things that some words mean, best first; only of some classes if given."""
    index = words_of(store)
    found = ranked(index, words, kinds, limit)
    about = things.described(store, [index.ids[match.thing] for match in found])
    return [
        Hit(thing.id, thing.label, thing.kind, index.texts[match.text], match.score)
        for match in found
        for thing in [about[index.ids[match.thing]]]
    ]


@lru_cache(maxsize=4)
def words_of(store: Store) -> Index:
    """Return the index of the words of a store's things; a store does not change while it is open."""
    return store.words()
