"""Words -> the things that they mean, best first; other forms, scripts and typing errors are forgiven."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from cagraph.answers import things
from cagraph.errors import refuse_beyond
from cagraph.rows import Rows, left_out
from cagraph.search.ranking import ranked

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from cagraph.search.index import Index
    from cagraph.search.ranking import Match
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
    found = ranked(words_of(store), words)
    best = _described(store, found[:limit])
    notes = () if best else ("nothing is called so; try fewer or other words",)
    return Rows(Hit._fields, best, shown=("kind", "matched", "score", "id"), title="label",
                notes=(*notes, *left_out(len(best), len(found))))  # fmt: skip


def hits(store: Store, words: str, kinds: Collection[str] = (), limit: int = 20) -> list[Hit]:
    """Return the things that some words mean, best first; only of some classes if given."""
    return _described(store, ranked(words_of(store), words, kinds)[:limit])


def _described(store: Store, found: Sequence[Match]) -> list[Hit]:
    index = words_of(store)
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
