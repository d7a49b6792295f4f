"""What the synthetic world says of a thing of each kind: about as much as the real data does."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, Any

from benchmarks import words
from benchmarks.world import Member, headings, year
from cagraph.curated.shortening import LONGEST

if TYPE_CHECKING:
    from random import Random

    from benchmarks.world import World

Table = dict[str, Any]
_TOPICS = (
    "migration", "labour-migration", "organised-recruitment", "seasonal-work", "foreign-workers", "employment",
    "vocational-training", "social-security", "pensions", "remittances", "readmission", "visas", "citizenship",
    "diaspora", "health", "stay-and-registration",
)  # fmt: skip
_INDICATORS = (
    "immigration", "emigration", "citizens-abroad", "labour-migrants-abroad", "foreign-workers", "migrant-stock",
    "work-permits-issued", "visas-issued", "refugees", "students", "remittances-received", "people-placed",
)  # fmt: skip
_GROUPS = ("men", "women", "children", "seasonal-workers", "for-work", "for-study")
_SECTORS = ("agriculture", "construction", "manufacturing", "transport", "services", "trade")
_BODIES = ("ministry", "service", "committee", "centre", "state-agency", "fund")
_NOUNS = {
    "Scheme": "procedure", "Event": "meeting", "Organization": "association", "Region": "province",
    "InternationalOrganization": "international commission", "Programme": "programme", "Concept": "regime",
    "AgreementGroup": "agreements", "PolicyDocument": "concept", "MultilateralAgreement": "convention",
}  # fmt: skip
_FORMS = {
    "Law": ("law",), "Decree": ("decree", "resolution", "order"), "PolicyDocument": ("concept-paper", "strategy"),
    "BilateralAgreement": ("agreement", "treaty", "memorandum"), "MultilateralAgreement": ("convention",),
    "Scheme": ("quota", "work-permit", "visa", "stay-rule"), "Event": ("process",), "Agency": _BODIES,
    "Organization": ("ngo", "company", "university"), "AgreementGroup": ("agreement",),
    "InternationalOrganization": ("commission",),
}  # fmt: skip
_OF_BODIES = frozenset({"Agency", "Organization", "InternationalOrganization"})
_INSTRUMENTS = frozenset({"Law", "Decree", "PolicyDocument", "BilateralAgreement", "MultilateralAgreement"})
_WITHOUT_COUNTRY = frozenset({"InternationalOrganization", "Region", "FigureSet", "BilateralAgreement",
                              "MultilateralAgreement", "AgreementGroup"})  # fmt: skip
_BLOCKS = (1, 1, 2, 2, 2, 3, 3, 4, 6)
"""How many pieces of evidence a thing has."""
_NUMBERED = frozenset({"Law", "Decree", "BilateralAgreement", "FigureSet"})
"""Kinds for whose names a rule finds a short form of numbers or codes."""
_CURATED = frozenset({"MultilateralAgreement", "AgreementGroup", "Region", "Source"})
"""Kinds whose short names curators write: rules find none, or that of a neighbour's thing."""


def table(world: World, member: Member, chance: Random) -> Table:
    """Return a thing of the world as its file holds it."""
    kind = "Event" if member.kind == "Redirect" else member.kind
    found: Table = {"id": world.id(member), "kind": kind, "label": label(world, member)}
    if member.kind == "Redirect":
        heir = next(iter(world.some(chance, "Scheme", member.country)), world.id(Member("Country", member.country, 0)))
        return found | {"isReplacedBy": heir}
    found["altLabel"] = [f"{found['label']}, entry {member.number + 1}", f"запись {found['id']} реестра@ru"]
    if member.kind == "Country":
        return found | {"altLabel": [f"{found['label']} Region"]}
    found["description"] = words.sentence(chance, words.phrase(member.number))
    bare = found["label"].removesuffix(f" of {world.name(member.country)}")
    if chance.random() < 0.02 or kind in _CURATED or (kind not in _NUMBERED and len(bare) > LONGEST):
        found["shortName"] = f"{world.codes[member.country].upper()} {kind[:12]} {member.number + 1}"
    if kind == "Source":
        return found | _source(member, found["id"])
    wanted = 7 if kind == "FigureSet" else chance.choice(_BLOCKS)
    found["evidence"] = [
        {**passage, **_attribution(world, member, chance)} for passage in world.passages(chance, member.country, wanted)
    ]
    for place, block in enumerate(found["evidence"]):
        _claims(world, member, chance, block, is_first=place == 0)
    _steps(world, member, chance, found["evidence"])
    return found | _choices(found, chance)


def label(world: World, member: Member) -> str:
    """Return the label of a thing: no two of a country have the same."""
    kind, country, number = member
    name, about = world.name(country), words.phrase(number)
    match kind:
        case "Country":
            return name
        case "Law":
            return f'Law of {name} "On {about}" No. {number + 1}-IV of {year(member)}'
        case "Decree":
            return f"Decree of the Government of {name} No. {number + 101} of {year(member)} on {about}"
        case "Agency":
            return f"{_BODIES[number % len(_BODIES)].capitalize().replace('-', ' ')} for {about} of {name}"
        case "BilateralAgreement":
            return f"Agreement between {name} and {world.name(world.other(member))} on {about}, {year(member)}"
        case "FigureSet":
            return f"{about.capitalize()}: figures of {name}"
        case "Source":
            return f"Yearbook {number + 1} on migration in {name}"
        case "Redirect":
            return f"Former record {number + 1} of {name}"
        case _:
            return f"{about.capitalize()} {_NOUNS[kind]} of {name}"


def _source(member: Member, id_: str) -> Table:
    return {
        "title": [f"Migration yearbook, volume {member.number + 1}"],
        "creator": ["A. Author", "B. Author"],
        "publisher": ["Centre for the study of migration"],
        "issued": [f"{2015 + (member.country + member.number) % 10}"],
        "checksum": [sha256(id_.encode()).hexdigest()],
        "outline": [dict(heading) for heading in headings(member.country)],
    }


def _attribution(world: World, member: Member, chance: Random) -> Table:
    """Return who says what a passage says, and whether a second reader has seen it."""
    found = {"review": "missing"} if chance.random() < 0.5 else {}
    dice = chance.random()
    if dice < 0.1:
        found["inference"] = words.sentence(chance, "the passage")
    elif dice < 0.2:
        found["accordingTo"] = next(iter(world.some(chance, "Agency", member.country)), "World Bank")
    return found


def _claims(world: World, member: Member, chance: Random, block: Table, *, is_first: bool) -> None:
    """Put into a block of evidence what its passage claims of the thing; the first says what it is."""
    kind, country, number = member
    home = world.codes[country]
    if is_first and kind not in _WITHOUT_COUNTRY:
        block["jurisdiction"] = [home]
    if kind in _FORMS and (is_first or chance.random() < 0.2):
        block["form"] = [_FORMS[kind][number % len(_FORMS[kind])]]
    if is_first:
        block |= _of_kind(world, member)
        block["title" if kind in _INSTRUMENTS else "name"] = [label(world, member)]
        if kind in {"FigureSet", "AgreementGroup"}:
            del block["name"]
    if kind != "FigureSet" and (is_first or chance.random() < 0.5):
        block["topic"] = sorted(chance.sample(_TOPICS, chance.choice((1, 1, 2))))
    _more(world, member, chance, block)
    if kind == "FigureSet":
        block["figure"] = [_figure(world, member, chance, n) for n in range(chance.choice((1, 2, 2, 3)))]
    elif kind in {"Scheme", "Programme"} and chance.random() < 0.3:
        block["figure"] = [_figure(world, member, chance, 0)]


def _of_kind(world: World, member: Member) -> Table:
    """Return what only things of this kind have."""
    kind, country, number = member
    home = world.codes[country]
    match kind:
        case "BilateralAgreement":
            return {"party": sorted({home, world.codes[world.other(member)]})}
        case "MultilateralAgreement" | "AgreementGroup":
            near = dict.fromkeys(world.codes[(country + step) % len(world.codes)] for step in range(5))
            hub, *rest = near
            return {"party": list(near)} if kind == "MultilateralAgreement" else {"hub": [hub], "partner": rest}
        case "Law" | "Decree":
            return {"number": [f"{number + 1}-IV" if kind == "Law" else f"{number + 101}"]}
        case "Region":
            return {"isPartOf": [home]}
        case _:
            return {}


def _more(world: World, member: Member, chance: Random, block: Table) -> None:
    """Put in what a passage says besides: texts, and ties to other things of the country."""
    kind, country, number = member
    texts = ["note", "note"]
    texts += ["provision", "aim"] if kind in _INSTRUMENTS | {"Scheme", "AgreementGroup"} else []
    texts += ["task", "task"] if kind in _OF_BODIES else ["definition"] if kind == "Concept" else []
    for field in dict.fromkeys(chance.sample(texts, chance.choice((1, 1, 2)))) if kind != "FigureSet" else ():
        block[field] = [words.sentence(chance, words.phrase(number)) for _ in range(chance.choice((1, 1, 1, 2)))]
    ties: list[tuple[str, str, float]] = [("concerns", "Scheme", 0.15), ("administeredBy", "Agency", 0.1),
                                          ("territory", "Region", 0.1), ("ledTo", "Event", 0.05)]  # fmt: skip
    ties += [("passed_by", "Agency", 0.4), ("amends", "Law", 0.1)] if kind in {"Law", "Decree"} else []
    ties += [("based_on", "Law", 0.3), ("operatedBy", "Agency", 0.15)] if kind in {"Scheme", "Programme"} else []
    ties += (
        [("subOrganizationOf", "Agency", 0.2), ("cooperatesWith", "Organization", 0.2)] if kind in _OF_BODIES else []
    )
    ties += [("isPartOf", "AgreementGroup", 0.2)] if kind == "BilateralAgreement" else []
    ties += [("related", "Concept", 0.3), ("broader", "Concept", 0.1)] if kind == "Concept" else []
    for field, of, share in ties if kind != "FigureSet" else ():
        other = world.some(chance, of, country) if chance.random() < share and field not in block else []
        if other and other != [world.id(member)]:
            block[field] = other
    if chance.random() < 0.1:
        block["url"] = [f"https://example.org/{world.id(member)}/{chance.randrange(1000)}"]
    if kind == "FigureSet":
        block.pop("url", None)


def _figure(world: World, member: Member, chance: Random, number: int) -> Table:
    """Return a figure: of people between two countries, or of one."""
    home = world.codes[member.country]
    other = world.codes[(member.country + 1 + chance.randrange(5)) % len(world.codes)]
    figure: Table = {"indicator": chance.choice(_INDICATORS)}
    figure |= {"fromArea": [home], "toArea": [other]} if number % 2 == 0 else {"area": [home]}
    if chance.random() < 0.4:
        figure["group"] = [chance.choice(_GROUPS)]
    if chance.random() < 0.2:
        figure["sector"] = [chance.choice(_SECTORS)]
    return figure | {"period": [str(2015 + chance.randrange(10))], "value": chance.randrange(10, 10**6)}


def _steps(world: World, member: Member, chance: Random, blocks: list[Table]) -> None:
    """Put the steps of a thing's life into its evidence, in an order that can be."""
    kind, country, number = member
    then = year(member)
    day = f"{then}-{1 + number % 12:02}-{1 + number % 28:02}"
    home = world.codes[country]
    if kind in {"BilateralAgreement", "MultilateralAgreement"}:
        steps: list[Table] = [{"actionType": "signed", "date": day, **_place(chance)}]
        if _FORMS[kind][number % len(_FORMS[kind])] != "memorandum" and chance.random() < 0.6:
            actor = [home] if chance.random() < 0.5 else world.some(chance, "Agency", country) or [home]
            steps.append({"actionType": "ratified", "date": str(then + 1), "actionBy": actor})
            steps.append({"actionType": "entered-into-force", "date": str(then + 2)})
    else:
        first = {"Law": "adopted", "Decree": "adopted", "PolicyDocument": "adopted", "Event": "occurred"}.get(kind)
        steps = [{"actionType": first, "date": day}] if first else []
        if kind in {"Law", "Decree"}:
            steps += [{"actionType": "in-force-reported", "date": f"{then + 1}~"}] * (chance.random() < 0.5)
            steps += [{"actionType": "amended", "date": str(then + 3)}] * (chance.random() < 0.3)
        elif kind in {"Scheme", "Programme", "Agency"} and chance.random() < 0.3:
            steps = [{"actionType": "established" if kind == "Agency" else "launched", "date": str(then)}]
    for place, step in enumerate(steps):
        blocks[place % len(blocks)].setdefault("action", []).append(step)
    if steps and len(blocks) > 1 and chance.random() < 0.2:
        # Told once more and less precisely, as sources do.
        blocks[-1].setdefault("action", []).append({"actionType": steps[0]["actionType"], "date": str(then)})
    for block in blocks:
        block.get("action", []).sort(key=lambda step: step["date"])  # as the canonical form has them


def _place(chance: Random) -> Table:
    return {"place": "the capital"} if chance.random() < 0.3 else {}


def _choices(found: Table, chance: Random) -> Table:
    """Return the contradictions in a record, and the readings that a curator prefers: few things have one."""
    blocks = [block for block in found["evidence"] if not {"inference", "accordingTo"} & block.keys()]
    add: Table = {}
    if len(blocks) > 1 and chance.random() < 0.04:
        one, other = ("-".join((source, print_[:12])) for source, print_ in map(_named, blocks[:2]))
        add["conflict"] = [{"conflictKind": "statement", "field": "what it does", "reading": "It allows.",
                            "readIn": one, "otherReading": "It forbids.", "otherReadIn": other}]  # fmt: skip
    titled = next((block for block in blocks if "title" in block), None)
    if titled and len(blocks) > 1 and chance.random() < 0.2:
        another = blocks[-1] if blocks[-1] is not titled else blocks[0]
        another["title"] = [f"{titled['title'][0]}, as amended"]
        add["preference"] = [{"property": "title", "prefers": titled["title"][0], "reason": "It is the older one."}]
    return add


def _named(block: Table) -> tuple[str, str]:
    source, _, fingerprint = str(block["passage"]).split(" ")
    return source, fingerprint.partition(":")[2]
