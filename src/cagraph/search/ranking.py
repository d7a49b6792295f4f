"""Words -> the things that they mean, best first, each with the text that matched.

Each word narrows: a thing counts if it has all of them, in its names, numbers, subjects or the
sentences on it, or all but such as tell little. It stands the higher the more of what the words
tell is found in one of its names, and the more of that name they say.
"""

from __future__ import annotations

from functools import cache
from itertools import combinations, islice
from typing import TYPE_CHECKING, NamedTuple

from cagraph.names import fold
from cagraph.search.index import FIELDS
from cagraph.search.nearness import near
from cagraph.search.words import letters, words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from cagraph.search.index import Index

_SHARES = {"name": 100, "own": 100, "number": 100, "short": 100, "about": 80, "text": 50}
"""How much a word counts in each field, of 100."""
_FIELD_SHARES = [_SHARES[field] for field in FIELDS]
_OWN = FIELDS.index("own")
_NAMES = {FIELDS.index("name"), _OWN, FIELDS.index("number")}
_TITLES = {*_NAMES, FIELDS.index("short")}
_SAID = 0.4
"""The part of a name's score that depends on how much of the name is said."""
_FLOOR = 0.5
"""Things of which less is found are left out: they have a common word or two with the question."""
_AT_HOME = 1.08
"""How much more a name counts in the language of the thing's own state: who asks in Turkmen means what is Turkmen."""
_STRANGE = 0.8
"""What a word that nothing has tells, in parts of what one tells that a single thing has: it may be a common one."""
_SAME_STATE = 85
"""A word so like the name of a state names it; then only what is about that state is meant."""
_CANDIDATES = 250
"""Things that are looked at closely; those with more of what the words tell first."""
_MOST_WORDS = 16
_COUNTED = 20_000
"""Bearers of all words up to which each is looked at; where there are more, sets are cut."""
_LACKING, _MOST_TRIES = 4, 160
"""Words that a thing may lack, and ways of leaving some out that are tried."""
_LEAST = 0.46
"""Things whose words are found here and there, and in no one text, score less than this."""
_NAMED, _WHOLE, _RARE = 0.35, 0.75, 0.6
"""A thing of which less than `_FLOOR` is found counts from here on, if so much of a name is said, and it tells so much.

The last in parts of what a word tells that nothing has: "Kandas" does, "migration" does not.
"""


class Match(NamedTuple):
    """A thing that some words lead to."""

    thing: int
    """Its place in the index."""
    score: int
    """How well it fits, up to 100."""
    text: int
    """The text that matched best, by its place in the index."""


class _Asked(NamedTuple):
    """One of the words: what of the index is like it, and how much it tells."""

    likeness: dict[int, int]
    weight: float


def ranked(index: Index, text: str, kinds: Collection[str] = ()) -> list[Match]:
    """Return the things that some words lead to, best first.

    Args:
        index: the words of all things.
        text: what is looked for, in any language and script.
        kinds: only things of these classes; of all if empty.
    """
    asked = [_asked(index, word) for word in dict.fromkeys(words(text)[:_MOST_WORDS])]
    whole = sum(one.weight for one in asked)
    if not whole:
        return []
    allowed = {place for place, kind in enumerate(index.kinds) if kind in kinds} if kinds else set()
    found = [
        match
        for thing in _candidates(index, asked, whole)
        if not kinds or index.kind_of[thing] in allowed
        for match in [_match(index, asked, whole, thing)]
        if match
    ]
    found.sort(key=lambda match: (-match[0], match[1].thing))
    return [match for _, match in found]


def _asked(index: Index, word: str) -> _Asked:
    likeness = dict(near(index, word))
    best = max(likeness.values(), default=0)
    weights = [index.weights[place] / 1000 for place, like in likeness.items() if like >= best - 5]
    weight = min(weights, default=_STRANGE * index.rarest)
    return _Asked(likeness, weight * (0.2 if word in _small() else 1))


@cache
def _small() -> frozenset[str]:
    """Return the words that join others."""
    return frozenset(word for written in letters()["small"] for word in words(written))


def _candidates(index: Index, asked: Sequence[_Asked], whole: float) -> list[int]:
    """Return the things to look at closely: those with all words first, then those that lack what tells least."""
    bearers = [_bearers(index, one) for one in asked]
    of_states = [
        own
        for one, own in zip(asked, bearers, strict=True)
        if any(like >= _SAME_STATE and place in index.states for place, like in one.likeness.items())
    ]
    if sum(map(len, bearers)) <= _COUNTED:
        return _counted(asked, bearers, of_states, _NAMED * whole)
    found: dict[int, None] = {}
    for kept in islice(_kept(asked, _NAMED * whole), _MOST_TRIES):
        sets = sorted([*(bearers[at] for at in kept), *of_states], key=len)
        found |= dict.fromkeys(sorted(sets[0].intersection(*sets[1:])))
        if len(found) >= _CANDIDATES:
            break
    return list(islice(found, _CANDIDATES))


def _counted(
    asked: Sequence[_Asked], bearers: Sequence[set[int]], of_states: Sequence[set[int]], enough: float
) -> list[int]:
    """Return the same by adding up what each thing has: exact, and quick where few things have any of the words."""
    told: dict[int, float] = {}
    for one, own in zip(asked, bearers, strict=True):
        for thing in own:
            told[thing] = told.get(thing, 0.0) + one.weight
    fit = [thing for thing, weight in told.items() if weight >= enough and all(thing in own for own in of_states)]
    return sorted(fit, key=lambda thing: (-told[thing], thing))[:_CANDIDATES]


def _bearers(index: Index, one: _Asked) -> set[int]:
    """Return the things that have a word or one like it."""
    found: set[int] = set()
    for place in one.likeness:
        found.update(index.things_with(place))
    return found


def _kept(asked: Sequence[_Asked], enough: float) -> list[tuple[int, ...]]:
    """Return which words may be looked for together, all of them first, and the less the fewer tell."""
    known = [at for at, one in enumerate(asked) if one.likeness]
    some = (
        kept for size in range(len(known), max(0, len(known) - _LACKING - 1), -1) for kept in combinations(known, size)
    )
    told = [(sum(asked[at].weight for at in kept), kept) for kept in some]
    told += [(asked[at].weight, (at,)) for at in known]
    return [kept for weight, kept in sorted(told, key=lambda one: -one[0]) if kept and weight >= enough]


def _match(index: Index, asked: Sequence[_Asked], whole: float, thing: int) -> tuple[float, Match] | None:
    best = [0] * len(asked)
    top, matched, named = 0.0, 0, 0.0
    is_sought = index.kinds[index.kind_of[thing]] != "Country"  # other words behind one say what is sought of it
    for field, text in index.entries_of(thing):
        own = index.words_of(text)
        likes = [max([one.likeness.get(word, 0) for word in own], default=0) for one in asked]
        if not any(likes):
            continue
        said = sum([like * one.weight for like, one in zip(likes, asked, strict=True)]) / 100
        share = _FIELD_SHARES[field]
        fits = said / whole * share / 100
        if field in _TITLES:
            length = sum([index.weights[word] for word in own]) / 1000
            fits *= 1 - _SAID + _SAID * min(1.0, said / length)
            if said >= _WHOLE * length and is_sought:
                named = max(named, length)
        else:
            fits *= 1 - _SAID
        fits *= _AT_HOME if field == _OWN else 1
        best = [max(old, like * share) for old, like in zip(best, likes, strict=True)]
        if fits > top:
            top, matched = fits, text
    told = sum([share * one.weight for share, one in zip(best, asked, strict=True)]) / 10_000 / whole
    if told < _FLOOR and not (told >= _NAMED and named >= _RARE * index.rarest):
        return None
    score = (told + top) / 2
    if score < _LEAST:
        return None
    return score, Match(thing, min(100, round(100 * score)), matched)


def so_called(index: Index, name: str) -> list[int]:
    """Return the things that have exactly this name, letter case, marks and punctuation aside."""
    folded, own = fold(name), words(name)
    if not own:
        return []
    places = [index.place_of(word) for word in own]
    if [index.vocabulary[place] for place in places if place < len(index.vocabulary)] != own:
        return []
    bearers = set.intersection(*(set(index.things_with(place)) for place in places))
    return sorted(
        thing
        for thing in bearers
        if any(field in _NAMES and list(index.words_of(text)) == places and fold(index.texts[text]) == folded
               for field, text in index.entries_of(thing))
    )  # fmt: skip
