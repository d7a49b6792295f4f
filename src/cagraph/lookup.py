"""Names and ids -> things; the nearest names when none fits."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cagraph import queries
from cagraph.errors import UnknownName, UsageFault
from cagraph.names import SLUG, fold

if TYPE_CHECKING:
    from collections.abc import Collection

    from cagraph.store import Graph

_CODE = 2
"""Length of an ISO 3166-1 alpha-2 code, which readers write in capitals."""
_GENERAL = {"Instrument", "Agreement", "Body"}
_LEADING = r"^(the|republic of|kingdom of) "
_NEAR = 0.7
"""A hit that scores less than this share of the best one is left out."""
PLACES = ("Country", "Region", "InternationalOrganization")
"""Classes that a COUNTRY argument may name."""


class Found(NamedTuple):
    """A thing that a name or id led to."""

    id: str
    label: str
    kind: str


class Hit(NamedTuple):
    """A thing that a search led to, with the name that fits and how well, up to 100."""

    id: str
    label: str
    kind: str
    matched: str
    score: int


def kind_of(types: Collection[str]) -> str:
    """Return the most specific of a thing's classes, given as `ca:` names.

    >>> kind_of(["ca:Agreement", "ca:BilateralAgreement", "ca:Instrument"])
    'BilateralAgreement'
    """
    own = sorted({name.removeprefix("ca:") for name in types} - _GENERAL)
    return own[0] if own else "Agreement"


def find(graph: Graph, name: str, kinds: Collection[str] = ()) -> Found:
    """Return the one thing with this id, code or name.

    Args:
        graph: where to look.
        name: an id, or any name, acronym, code or spelling in any language.
        kinds: prefer things of these classes, and offer only them when none fits.

    Raises:
        UnknownName: if none fits, offering the nearest; or if several do, naming them.
    """
    by_id = _by_id(graph, name.strip()) or (_by_id(graph, name.strip().lower()) if len(name.strip()) == _CODE else None)
    if by_id:
        return by_id
    folded = fold(name)
    found = _by_name(graph, folded) or _by_name(graph, re.sub(_LEADING, "", folded))
    wanted = [one for one in found if one.kind in kinds] or found
    countries = [one for one in wanted if one.kind == "Country"]
    wanted = countries if len(countries) == 1 else wanted
    if len(wanted) == 1:
        return wanted[0]
    if wanted:
        several = "; ".join(f"{one.id} ({one.label})" for one in wanted[:8])
        raise UnknownName(f"{name!r} names {len(wanted)} things", f"give one of these ids: {several}")
    raise UnknownName(f"nothing is called {name!r}", _nearest(graph, name, kinds))


def _by_id(graph: Graph, id_: str, merged: tuple[str, ...] = ()) -> Found | None:
    if not SLUG.fullmatch(id_):
        return None
    rows = graph.select(queries.load("thing", "lookups").bind({"id": id_})).dicts()
    if not rows:
        return None
    replacement = str(rows[0]["replacement"] or "")
    if replacement and replacement not in {id_, *merged}:
        return _by_id(graph, replacement, (id_, *merged))
    return Found(id_, str(rows[0]["label"]), kind_of([str(row["type"]) for row in rows]))


def _by_name(graph: Graph, folded: str) -> list[Found]:
    if not folded:
        return []
    types: dict[str, set[str]] = {}
    labels: dict[str, str] = {}
    for row in graph.select(queries.load("named-things", "lookups").bind({"name": folded})).dicts():
        types.setdefault(str(row["id"]), set()).add(str(row["type"]))
        labels[str(row["id"])] = str(row["label"])
    return [Found(id_, labels[id_], kind_of(types[id_])) for id_ in sorted(types)]


def _nearest(graph: Graph, name: str, kinds: Collection[str]) -> str:
    hits = search(graph, name, kinds=kinds, limit=5)
    offers = dict.fromkeys(f"{hit.matched} ({hit.id})" for hit in hits)
    return f"did you mean {', or '.join(offers)}?" if offers else "try `cagraph search`"


def search(graph: Graph, words: str, kinds: Collection[str] = (), limit: int = 20, floor: int = 60) -> list[Hit]:
    """Return the things whose names are most like the words, best first.

    Typing errors are forgiven. Names in every language and script, official titles, numbers and
    register ids are compared.
    """
    from rapidfuzz import fuzz, process

    names = _names(graph, kinds)
    texts = list(dict.fromkeys(text for text, _, _ in names))
    folded = fold(words)
    best = dict.fromkeys(texts, 0.0)
    for scorer, weight in ((fuzz.ratio, 1.0), (fuzz.token_set_ratio, 0.97), (fuzz.token_sort_ratio, 0.95),
                           (fuzz.partial_ratio, 0.85)):  # fmt: skip
        for text, score, _ in process.extract(folded, texts, scorer=scorer, limit=200, score_cutoff=floor):
            long_enough = len(text) * 2 >= len(folded)
            best[text] = max(best[text], score * weight if long_enough else score * weight * 0.7)
    ranked: dict[str, tuple[float, str]] = {}
    for text, id_, shown in names:
        score = best[text]
        if score >= floor and score > ranked.get(id_, (0.0, ""))[0]:
            ranked[id_] = (score, shown)
    best_score = max((score for score, _ in ranked.values()), default=0.0)
    near = [id_ for id_ in ranked if ranked[id_][0] >= best_score * _NEAR]
    order = sorted(near, key=lambda id_: (-ranked[id_][0], len(ranked[id_][1]), id_))[:limit]
    about = described(graph, order)
    return [Hit(id_, about[id_].label, about[id_].kind, ranked[id_][1], round(ranked[id_][0])) for id_ in order]


def _names(graph: Graph, kinds: Collection[str]) -> list[tuple[str, str, str]]:
    question = queries.load("names-of-kind" if kinds else "names", "lookups")
    rows = graph.select(question.bind({"kind": tuple(kinds)} if kinds else {})).rows
    return [(fold(str(text)), str(id_), str(text)) for id_, text in rows]


def described(graph: Graph, ids: Collection[str]) -> dict[str, Found]:
    """Return label and kind of each of several things."""
    if not ids:
        return {}
    types: dict[str, set[str]] = {}
    labels: dict[str, str] = {}
    for row in graph.select(queries.load("kinds", "lookups").bind({"id": tuple(ids)})).dicts():
        types.setdefault(str(row["id"]), set()).add(str(row["type"]))
        labels[str(row["id"])] = str(row["label"])
    return {id_: Found(id_, labels[id_], kind_of(types[id_])) for id_ in types}


def resolved(graph: Graph, question: queries.Question, given: dict[str, str]) -> dict[str, str]:
    """Return the values of a question's parameters with names of things turned into ids.

    Raises:
        UnknownName: if a value for a thing or country names none.
        UsageFault: if a value for a concept is not in its scheme.
    """
    kinds = {parameter.name: parameter.kind for parameter in question.parameters}
    values = dict(given)
    for name, value in given.items():
        kind = kinds.get(name, "text")
        if kind in {"country", "thing"}:
            values[name] = find(graph, value, PLACES if kind == "country" else ()).id
        elif kind not in queries.PLAIN and not known_concept(graph, kind, value):
            raise UsageFault(f"{value!r} is not a {kind}", f"see `cagraph query concepts --param scheme={kind}`")
    return values


def known_concept(graph: Graph, scheme: str, notation: str) -> bool:
    """Tell whether a scheme, such as `topic`, has a concept with this notation."""
    if not SLUG.fullmatch(notation):
        return False
    return bool(graph.select(queries.load("concept", "lookups").bind({"concept": f"{scheme}-{notation}"})).rows)
