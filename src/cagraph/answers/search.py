"""Words -> the things whose names are most like them, best first; typing errors are forgiven."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from cagraph.answers import things
from cagraph.errors import refuse_beyond
from cagraph.names import fold
from cagraph.queries import ask
from cagraph.rows import Rows, left_out

if TYPE_CHECKING:
    from collections.abc import Collection

    from cagraph.store import Store

_NEAR = 0.7
"""A hit that scores less than this share of the best one is noise: it is left out."""
_FLOOR = 60
"""Below this score, of 100, names have no more than some letters in common."""
_CANDIDATES = 200
"""Names kept of each way of comparing."""
_WEIGHTS = (("ratio", 1.0), ("token_set_ratio", 0.97), ("token_sort_ratio", 0.95), ("partial_ratio", 0.85))
"""Ways of comparing, each of which forgives more than the one before, and so proves less."""
_FRAGMENT = 0.7
"""A name less than half as long as the words asked for says little: it is weighed down so much."""


class Hit(NamedTuple):
    """A thing that a search led to, with the name that fits and how well, up to 100."""

    id: str
    label: str
    kind: str
    matched: str
    score: int


def answer(store: Store, words: str, limit: int = 20) -> Rows:
    """Return the things whose names are most like the words, best first.

    Names in every language and script, official titles, numbers and register ids are compared.
    """
    refuse_beyond("limit", limit, 1)
    ranked = _ranked(store, words)
    best = _hits(store, ranked[:limit])
    notes = () if best else ("nothing is called so; try fewer or other words",)
    return Rows(Hit._fields, best, shown=("kind", "matched", "score", "id"), title="label",
                notes=(*notes, *left_out(len(best), len(ranked))))  # fmt: skip


def hits(store: Store, words: str, kinds: Collection[str] = (), limit: int = 20) -> list[Hit]:
    """Return the things whose names are most like the words, best first; only of some classes if given."""
    return _hits(store, _ranked(store, words, kinds)[:limit])


def _ranked(store: Store, words: str, kinds: Collection[str] = ()) -> list[tuple[str, float, str]]:
    """Return all things with names like the words, best first: id, score, and the name that fits."""
    bearers = names(store, tuple(kinds))
    ranked: dict[str, tuple[float, str]] = {}
    for text, score in _scores(fold(words), list(bearers)).items():
        for id_, shown in bearers[text] if score >= _FLOOR else ():
            if score > ranked.get(id_, (0.0, ""))[0]:
                ranked[id_] = (score, shown)
    best_score = max((score for score, _ in ranked.values()), default=0.0)
    near = [id_ for id_ in ranked if ranked[id_][0] >= best_score * _NEAR]
    order = sorted(near, key=lambda id_: (-ranked[id_][0], len(ranked[id_][1]), id_))
    return [(id_, *ranked[id_]) for id_ in order]


def _hits(store: Store, ranked: list[tuple[str, float, str]]) -> list[Hit]:
    about = things.described(store, [id_ for id_, *_ in ranked])
    return [Hit(id_, about[id_].label, about[id_].kind, matched, round(score)) for id_, score, matched in ranked]


def _scores(folded: str, texts: list[str]) -> dict[str, float]:
    """Return how much each of those names resembles the words that resemble them at all."""
    from rapidfuzz import fuzz, process

    best: dict[str, float] = {}
    for scorer, weight in _WEIGHTS:
        alike = process.extract(folded, texts, scorer=getattr(fuzz, scorer), limit=_CANDIDATES, score_cutoff=_FLOOR)
        for text, score, _ in alike:
            share = weight if len(text) * 2 >= len(folded) else weight * _FRAGMENT
            best[text] = max(best.get(text, 0.0), score * share)
    return best


@lru_cache(maxsize=4)
def names(store: Store, kinds: tuple[str, ...] = ()) -> dict[str, list[tuple[str, str]]]:
    """Return every name in folded form -> ids of its bearers, with the name as written.

    A store does not change while it is open.
    """
    bearers: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for id_, lines in ask(store, "names", kind=kinds or None).rows:
        for line in str(lines).split("\n"):
            folded, _, text = line.partition("\t")
            bearers[folded].append((str(id_), text))
    return bearers
