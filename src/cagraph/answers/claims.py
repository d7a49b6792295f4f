"""What is said of one thing: its claims, life, figures, conflicts, and what points at it."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from cagraph.answers import conflicts, figures
from cagraph.answers.card import TITLES, Card, Claim
from cagraph.answers.standing import WHOLE, State, no_trace, states
from cagraph.answers.stored import number
from cagraph.iris import local
from cagraph.names import SLUG
from cagraph.queries import ask

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from cagraph.answers.things import Named
    from cagraph.rows import Rows
    from cagraph.store import Store

BIBLIOGRAPHY = ("title", "creator", "publisher", "issued", "url", "checksum")
_STEP = ("date", "earliest", "by", "instrument", "place", "note", "set_aside")


def card(store: Store, thing: Named, as_of: str) -> Card:
    """Return everything known about a thing.

    Args:
        store: what is asked.
        thing: what `lookup.find` returned.
        as_of: ISO 8601 day for which the status is computed.
    """
    said = [*own(store, thing.id), *_mentions(store, thing.id)]
    state = states(store, [thing.id], as_of).get(thing.id, {}).get(WHOLE, no_trace())
    return made(store, thing, said, state)


def own(store: Store, id_: str) -> list[Claim]:
    """Return what is said of a thing itself, as against what points at it."""
    return [
        *_claims(store, id_),
        *_actions(store, id_),
        *_figures(store, id_),
        *_conflicts(store, id_),
        *_preferences(store, id_),
    ]


def made(store: Store, thing: Named, said: list[Claim], status: State) -> Card:
    """Return the card of a thing about which something is said: its names, and where each claim stands."""
    about: dict[str, list[str]] = defaultdict(list)
    tags: dict[str, str] = {}
    for field, value, language in ask(store, "about", id=thing.id).rows:
        about[str(field)].append(str(value))
        tags |= {str(value): str(language)} if language else {}
    if thing.kind == "Source":
        places = places_of_texts(store, [thing.id])
        about["creator"].sort(key=lambda name: places.get((thing.id, name), 0))
    short = "".join(about["shortName"])
    head = [Claim("name", "shortName", short)] if short else []
    titles = [Claim("name", field, value, tags[value]) for field in TITLES for value in about[field]]
    head += sorted(titles, key=lambda title: title.label != "ru")
    said = [*head, *(Claim("bibliography", field, value) for field in BIBLIOGRAPHY for value in about[field]), *said]
    stands = _places(store, {claim.evidence for claim in said if claim.evidence})
    nowhere = ("",) * 5
    return Card(
        thing, status, [(*claim[:4], *stands.get(claim.evidence, nowhere), claim.evidence) for claim in said],
        description=next(iter(about["description"]), ""), short_name=short,
        names=tuple(name for name in about["name"] if name not in tags), not_found=tuple(about["notFound"]),
    )  # fmt: skip


def _claims(store: Store, id_: str) -> Iterator[Claim]:
    """Yield the claims about a thing by field; within a field they keep the order of the text."""
    rows = ask(store, "claims", id=id_).rows
    labels = labelled(store, [str(value) for _, _, value, _ in rows])
    evidence = {str(where) for *_, where in rows}
    stands = {str(row["evidence"]): (str(row["source"]), number(row["position"])) for row in _evidence(store, evidence)}
    places = places_of_texts(store, evidence)

    def order(row: tuple[object, ...]) -> tuple[object, ...]:
        _, property_, value, where = map(str, row)
        is_text = value not in labels
        return (property_, (stands[where], places.get((where, value), 0)) if is_text else ((), 0), value)

    for _, property_, value, where in sorted(rows, key=order):
        yield Claim("claim", local(property_), str(value), labels.get(str(value), ""), str(where))


def places_of_texts(store: Store, ids: Collection[str]) -> dict[tuple[str, str], int]:
    """Return the place of each text among those that a piece of evidence, or a source, gives in order."""
    rows = ask(store, "order-of-texts", id=tuple(sorted(ids))).rows
    return {(str(id_), str(text)): number(place) for id_, text, place in rows}


def labelled(store: Store, values: Iterable[str]) -> dict[str, str]:
    """Return the label of each of those values that is the id of a thing or concept."""
    ids = tuple(sorted({value for value in values if SLUG.fullmatch(value)}))
    return {str(id_): str(label) for id_, label in ask(store, "labels", id=ids).rows}


def _actions(store: Store, id_: str) -> Iterator[Claim]:
    rows = ask(store, "actions-on", "named", thing=id_)
    labels = labelled(store, [str(row[name]) for row in rows for name in ("by", "instrument", "type")])
    steps: dict[tuple[str, str], dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        step = steps[str(row["action"]), str(row["evidence"])]
        step["label"].add(labels[str(row["type"])])
        for name in _STEP:
            step[name].update([str(row[name])] if row[name] else [])
    for (_, evidence), step in sorted(steps.items(), key=lambda item: (min(item[1]["earliest"], default="9"), item[0])):
        about = [
            *(f"by {labels.get(actor, actor)}" for actor in sorted(step["by"])),
            *(f"by means of {labels.get(act, act)} ({act})" for act in sorted(step["instrument"])),
            *(f"in {place}" for place in sorted(step["place"])),
            *sorted(step["note"]),
            *(f"set aside: {why}" for why in sorted(step["set_aside"])),
        ]
        date = ", ".join(sorted(step["date"])) or "undated"
        yield Claim("action", next(iter(step["label"])), date, "; ".join(about), evidence)


def _figures(store: Store, id_: str) -> Iterator[Claim]:
    found = figures.figures_of(store, id_)
    labels = labelled(store, [f"indicator-{figure.indicator}" for figure in found])
    for figure in found:
        told = (figure.where, figure.what, figure.period, figure.note, f"set aside: {figure.set_aside}")
        about = "; ".join(part for part in told if part and part != "set aside: ")
        yield Claim("figure", labels[f"indicator-{figure.indicator}"], figure.amount, about, figure.evidence)


def _conflicts(store: Store, id_: str) -> Iterator[Claim]:
    for row in conflicts.about(store, id_):
        field = f"{row.conflict}: {row.field}"
        yield Claim("conflict", field, row.value, f"against {row.other_value}", row.evidence)
        yield Claim("conflict", field, row.other_value, f"against {row.value}", row.other_evidence)


def _preferences(store: Store, id_: str) -> Iterator[Claim]:
    for property_, prefers, reason in ask(store, "preferences", columns=("property", "prefers", "reason"), id=id_).rows:
        yield Claim("preference", str(property_), str(prefers), str(reason))


def _mentions(store: Store, id_: str) -> Iterator[Claim]:
    rows = ask(store, "mentions", id=id_)
    for row in sorted(rows, key=lambda row: (str(row["property"]), str(row["label"]), str(row["evidence"]))):
        if row["subject"] != id_:
            yield Claim("mention", local(row["property"]), str(row["subject"]), str(row["label"]), str(row["evidence"]))


def _evidence(store: Store, ids: Collection[str]) -> Rows:
    return ask(store, "evidence", evidence=tuple(sorted(ids)))


def _places(store: Store, ids: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return source, section, line, authority and inference of each piece of evidence."""
    columns = ("source", "section", "line", "accordingTo", "inference")
    return {str(row["evidence"]): tuple(str(row[name]) for name in columns) for row in _evidence(store, ids)}
