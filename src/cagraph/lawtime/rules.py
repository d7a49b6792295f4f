"""The rules as the ontology states them: what a step leads to, how far along each status is, which forms bind."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cagraph.iris import CA, iri, local_name, text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from pyoxigraph import Quad

BINDING, NON_BINDING, NOT_SETTLED = "binding", "non-binding", "not-settled"


@dataclass(frozen=True)
class Status:
    """A status of the closed list."""

    notation: str
    rank: int
    """How far along it is: of two steps the one that leads further settles the status."""
    is_of_the_whole: bool
    """Whether, in a bilateral agreement, it holds for both sides whoever is said to have brought it about."""
    is_undone: bool
    """Whether a later step that binds again undoes it: what was ended is resumed, who stayed out accedes."""
    is_of_each: bool
    """Whether only those who took the step reach it: consent never binds a party that did not give it."""
    is_before_signature: bool
    """Whether those it holds for are still talking."""


@dataclass(frozen=True)
class Effect:
    """What a step leads to for things of a class."""

    status: Status
    is_inferred: bool


@dataclass
class Rules:
    """What the ontology says of statuses, steps and forms."""

    version: str = ""
    statuses: dict[str, Status] = field(default_factory=dict)
    effects: dict[tuple[str, str, str], Effect] = field(default_factory=dict)
    """(class, step, binding force or the empty string) -> effect."""
    force: dict[str, str] = field(default_factory=dict)
    """Form -> whether an agreement of that form binds."""
    describing: set[str] = field(default_factory=set)
    """Forms whose period is what they are about."""
    acts_since: dict[str, str] = field(default_factory=dict)
    """Country -> the first day on which it can have taken a step of its own."""
    labels: dict[str, str] = field(default_factory=dict)
    """Step -> its name in words."""
    classes: tuple[str, ...] = ()
    """The classes that effects are stated for, the most specific first."""

    def effect(self, kinds: Collection[str], step: str, binding: str) -> Effect | None:
        """Return what a step leads to for a thing of these classes; None if it leaves the thing as it was."""
        for name in self.classes:
            if name in kinds or name == "Thing":
                found = self.effects.get((name, step, binding)) or self.effects.get((name, step, ""))
                if found or name != "Thing":
                    return found
        return None

    def binding(self, forms: Iterable[str], claimed: Iterable[str] = ()) -> str:
        """Return whether an agreement binds, from what is claimed of it, else from its forms, the weakest first."""
        said = set(claimed) or {self.force.get(form, NOT_SETTLED) for form in forms}
        return next((force for force in (NON_BINDING, NOT_SETTLED) if force in said), BINDING if said else NOT_SETTLED)


def rules(quads: Iterable[Quad]) -> Rules:
    """Return the rules of an ontology."""
    facts: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        facts[text(quad.subject)][quad.predicate.value].append(text(quad.object))
    found = Rules(version=next(iter(facts[iri("id:lawtime-rules")][iri("owl:versionInfo")]), ""))
    classes = []
    for subject, about in facts.items():
        if CA + "statuses" in about[iri("skos:inScheme")]:
            status = _status(about)
            found.statuses[status.notation] = status
        elif CA + "actionTypes" in about[iri("skos:inScheme")]:
            found.labels[about[iri("skos:notation")][0]] = about[iri("skos:prefLabel")][0]
        found.describing.update(about[iri("skos:notation")] if about[CA + "describesPeriod"] else ())
        found.acts_since.update((local_name(subject), day) for day in about[CA + "actsSince"])
        for force in about[CA + "givesForce"]:
            found.force[about[iri("skos:notation")][0]] = force
        classes += [(int(rank), local_name(subject)) for rank in about[CA + "effectOrder"]]
    found.classes = tuple(name for _, name in sorted(classes))
    for about in list(facts.values()):
        if CA + "Effect" in about[iri("rdf:type")]:
            _add_effects(found, about)
    return found


def _status(about: dict[str, list[str]]) -> Status:
    flags = {flag: "true" in about[CA + flag] for flag in ("ofTheWhole", "undoneLater", "ofEach", "beforeSignature")}
    return Status(about[iri("skos:notation")][0], int(about[CA + "rank"][0]), *flags.values())


def _add_effects(found: Rules, about: dict[str, list[str]]) -> None:
    status = found.statuses[local_name(about[CA + "leadsTo"][0]).removeprefix("status-")]
    effect = Effect(status, "inferred" in about[CA + "basis"])
    for name in map(local_name, about[CA + "onClass"]):
        for step in about[CA + "ofStep"]:
            for force in about[CA + "whereForce"] or [""]:
                found.effects[name, local_name(step).removeprefix("action-"), force] = effect
