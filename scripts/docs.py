"""Write the generated pages of docs/: ontology.md, queries.md, cli.md, dependencies.md, the tables of lawtime.md.

Run by `make docs`; a test fails when a page is stale.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cagraph import cli, queries
from cagraph.curated import vocabulary
from cagraph.iris import CA, CAP, PREFIXES, iri, local_name
from cagraph.store.cells import shorten

if TYPE_CHECKING:
    from cagraph.curated.profile import Facts, Term

DOCS = Path(__file__).parents[1] / "docs"
ONTOLOGY = Path(__file__).parents[1] / "ontology"


def pages() -> dict[str, str]:
    """Return each generated page by file name."""
    return {
        "ontology.md": ontology(),
        "queries.md": questions(),
        "cli.md": commands(),
        "lawtime.md": law_time(),
        "dependencies.md": dependencies(),
    }


def ontology() -> str:
    """Return the page of classes, properties and concept schemes."""
    facts = _facts()
    lines = [
        "# The ontology",
        "",
        "<!-- Generated from ontology/*.ttl by `make docs`; do not edit. -->",
        "",
        f"Vocabulary `{CA}`, prefix `ca:`; resources `{PREFIXES['id']}<slug>`, prefix `id:`.",
        "Each term of ours is stated in `ontology/cagraph.ttl`. Which of them, and which terms of others, a thing of",
        "each class has, `ontology/profile.ttl` says, a SHACL application profile that the whole graph meets.",
        "",
        "## Classes",
        "",
        "| class | what it is | is a | close to |",
        "|---|---|---|---|",
    ]
    lines += [_class(subject, about) for subject, about in facts.items() if iri("owl:Class") in about[iri("rdf:type")]]
    lines += [*_fields(facts), *_other_properties(facts)]
    lines += [
        "",
        "## Concept schemes",
        "",
        "Filters, parameters and data fields take the value; SPARQL takes the IRI, which is the name of the",
        "scheme and the value: `id:topic-visas`, `id:form-memorandum`, `id:action-signed`, `id:status-in-force`.",
        "",
    ]
    schemes = [s for s, about in facts.items() if iri("skos:ConceptScheme") in about[iri("rdf:type")]]
    for scheme in schemes:
        lines += _scheme(scheme, facts)
    return "\n".join(lines).rstrip() + "\n"


def _facts() -> Facts:
    return vocabulary.facts_of(vocabulary.ontology(ONTOLOGY))


def law_time() -> str:
    """Return the page on law time: its own words, with the tables of statuses and effects made anew."""
    page = (ONTOLOGY.parent / "docs/lawtime.md").read_text(encoding="utf-8")
    facts = _facts()
    for name, lines in (("statuses", _statuses(facts)), ("effects", _effects(facts))):
        before, _, rest = page.partition(f"<!-- {name} -->\n")
        page = f"{before}<!-- {name} -->\n" + "\n".join(lines) + "\n<!-- end -->" + rest.partition("<!-- end -->")[2]
    return page


def _statuses(facts: Facts) -> list[str]:
    statuses = [one for one in facts.values() if CA + "statuses" in one[iri("skos:inScheme")]]
    head = ("status", "what it means", "Vienna Convention", "what it rests on", "what it never says")
    lines = [f"| {' | '.join(head)} |", "|---|---|---|---|---|"]
    columns = (iri("skos:definition"), CA + "viennaConvention", CA + "restsOn", iri("skos:scopeNote"))
    for one in sorted(statuses, key=lambda one: int(one[CA + "rank"][0])):
        told = (" ".join(one[column]) for column in columns)
        lines.append(f"| `{one[iri('skos:notation')][0]}` | {' | '.join(told)} |")
    return lines


_DEPENDENCY = re.compile(r'^ +"(?P<name>[\w-]+)>=(?P<least>[\d.]+),<(?P<below>[\d.]+)", *# (?P<purpose>.+)$')
_EXTRA = re.compile(r"^(?P<name>[\w-]+) = \[$")


def dependencies() -> str:
    """Return the page of packages: bounds, and what each is for, from the comments of pyproject.toml."""
    lines = [
        "# What cagraph stands on",
        "",
        "<!-- Generated from pyproject.toml by `make docs`; do not edit. -->",
        "",
        "Each package has the least version that the tests pass with (`make lowest` runs them so) and the version",
        "below which they were run. `.ci/constraints.txt` holds the exact versions of the last run (`make lock`).",
        "Only click and pyoxigraph are imported by every command; the others when something needs them.",
    ]
    project = (ONTOLOGY.parent / "pyproject.toml").read_text(encoding="utf-8").partition("\ndependencies")[2]
    for line in f"dependencies{project}".partition("[project.scripts]")[0].splitlines():
        extra = _EXTRA.match(line)
        if extra:
            name = extra["name"]
            heading = "Always" if name == "dependencies" else f"Extra `{name}`: `pip install 'cagraph[{name}]'`"
            lines += ["", f"## {heading}", "", "| package | from | below | what for |", "|---|---|---|---|"]
        elif one := _DEPENDENCY.match(line):
            lines.append(f"| {one['name']} | {one['least']} | {one['below']} | {one['purpose']} |")
    return "\n".join(lines) + "\n"


_CLASSES = {
    "Agreement": "agreement",
    "Instrument": "law, decree or policy document",
    "Event": "event",
    "Thing": "body, scheme or programme",
}


def _effects(facts: Facts) -> list[str]:
    lines = ["| of | step | leads to |", "|---|---|---|"]
    for one in facts.values():
        if CA + "Effect" not in one[iri("rdf:type")]:
            continue
        force = ", ".join(one[CA + "whereForce"])
        classes = "; ".join(_CLASSES[local_name(name)] for name in one[CA + "onClass"])
        steps = ", ".join(facts[step][iri("skos:prefLabel")][0] for step in one[CA + "ofStep"])
        status = local_name(one[CA + "leadsTo"][0]).removeprefix("status-")
        inferred = ", inferred" if "inferred" in one[CA + "basis"] else ""
        lines.append(f"| {classes}{f' ({force})' if force else ''} | {steps} | `{status}`{inferred} |")
    return lines


def _names(about: dict[str, list[str]], *properties: str) -> str:
    return ", ".join(f"`{shorten(one)}`" for name in properties for one in about[iri(name)])


def _class(subject: str, about: dict[str, list[str]]) -> str:
    comment = about[iri("rdfs:comment")][0]
    above, close = _names(about, "rdfs:subClassOf"), _names(about, "skos:closeMatch")
    return f"| `{shorten(subject)}` | {comment} | {above} | {close} |"


def _fields(facts: Facts) -> list[str]:
    """Return the tables of fields: what stands at the head of a record, what is claimed, what is derived."""
    terms = vocabulary.load(ONTOLOGY).terms.values()
    everything = next(term.domains for term in terms if term.is_editorial)
    head = ("field", "property", "meaning", "on", "holds", "how many", "conflicts")
    lines = ["", "## Fields", "", "A data field is a named shape of the profile; the order here is that of the files."]
    for title, told, chosen in (
        ("At the head of a record", "Editorial: they need no evidence.", [t for t in terms if t.is_editorial]),
        ("Claimed", "They stand with the evidence, in an action, a figure or a preference, or tell of a source.",
         [t for t in terms if not t.is_editorial and not t.is_derived]),
        ("Derived", "The build writes them, and no curator.", [t for t in terms if t.is_derived]),
    ):  # fmt: skip
        lines += ["", f"### {title}", "", told, "", f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
        lines += [_field(term, facts, everything) for term in chosen]
    return lines


def _field(term: Term, facts: Facts, everything: frozenset[str]) -> str:
    shape = facts[CAP + term.name]
    meaning = " ".join(shape[iri("sh:description")] or facts[term.iri][iri("rdfs:comment")])
    for_all = everything if term.domains >= everything else frozenset()
    on = ", ".join([*(["every thing"] if for_all else []), *_classes(term.domains - for_all)])
    least, most = (next(iter(shape[iri(f"sh:{end}Count")]), "") for end in ("min", "max"))
    number = least if least == most else f"{least or 0} to {most or 'many'}"
    path = " / ".join(f"`{shorten(step)}`" for step in term.path)
    conflicts = ", ".join(shape[iri("ca:conflictClass")])
    return f"| `{term.name}` | {path} | {meaning} | {on} | {_held(term)} | {number} | {conflicts} |"


def _classes(names: frozenset[str]) -> list[str]:
    return [f"`ca:{name}`" for name in sorted(names)]


def _held(term: Term) -> str:
    """Return what a field holds, for people."""
    if term.scheme:
        return f"a concept of `{shorten(term.scheme)}`"
    if term.is_relation:
        return ", ".join(_classes(term.ranges)) or "a thing"
    if term.words:
        return ", ".join(f"`{word}`" for word in term.words)
    return "EDTF" if term.is_date else "text" if term.is_text else f"`{shorten(term.datatype)}`"


def _other_properties(facts: Facts) -> list[str]:
    """Return the table of properties of ours that are no field of any class."""
    used = {step for term in vocabulary.load(ONTOLOGY).terms.values() for step in term.path}
    lines = ["", "## Properties beside the fields", "", "| property | meaning | on | holds |", "|---|---|---|---|"]
    for subject, about in facts.items():
        kind = any(local_name(name).endswith("Property") for name in about[iri("rdf:type")])
        if kind and subject.startswith(CA) and subject not in used:
            on, holds = _names(about, "rdfs:domain"), _names(about, "rdfs:range")
            lines.append(f"| `{shorten(subject)}` | {about[iri('rdfs:comment')][0]} | {on} | {holds} |")
    return lines


def _scheme(scheme: str, facts: Facts) -> list[str]:
    about = facts[scheme]
    lines = [f"### {about[iri('skos:prefLabel')][0]}", "", about[iri("skos:definition")][0], ""]
    lines += ["| value | IRI | label | meaning | under |", "|---|---|---|---|---|"]
    for subject, one in facts.items():
        if scheme in one[iri("skos:inScheme")]:
            notation, label = one[iri("skos:notation")][0], one[iri("skos:prefLabel")][0]
            meaning = " ".join(one[iri("skos:definition")])
            under = ", ".join(local_name(b).partition("-")[2] for b in one[iri("skos:broader")])
            lines.append(f"| `{notation}` | `id:{shorten(subject)}` | {label} | {meaning} | {under} |")
    return [*lines, ""]


def questions() -> str:
    """Return the page of named queries and checks."""
    lines = [
        "# Named queries and checks",
        "",
        "<!-- Generated from src/cagraph/queries by `make docs`; do not edit. -->",
        "",
        "A query is a file; each runs as it stands on any SPARQL 1.1 engine, its parameters unbound, or with",
        "`cagraph query NAME --param NAME=VALUE`. Things and countries are given by id, code or any name.",
        "",
        "Each claimed value of a row stands in the passage that the row's `evidence` names, or in that of its own",
        "column of evidence, as `date` in that of `date_evidence`. Labels, classes, notations of concepts and what",
        "a query counts or says itself rest on no passage: they are editorial.",
        "",
    ]
    for name in queries.names():
        lines += _question(queries.load(name))
    lines += ["# Checks", "", "A check finds offenders; `cagraph check` runs all.", ""]
    for name in queries.names("checks"):
        check = queries.load(name, "checks")
        lines += [f"## {name}", "", f"{check.title}. {check.purpose}", "", f"Cure: {check.cure}.", ""]
    return "\n".join(lines).rstrip() + "\n"


def _question(question: queries.Question) -> list[str]:
    lines = [f"## {question.name}", "", f"**{question.title}.** {question.purpose}", ""]
    for parameter in question.parameters:
        optional = ", optional" if parameter.optional else ""
        lines.append(f"- `{parameter.name}` ({parameter.kind}{optional}): {parameter.purpose}")
    if question.parameters:
        lines.append("")
    lines += _resting(question)
    example = "".join(f" --param {name}={value}" for name, value in question.example.items())
    return [*lines, f"Example: `cagraph query {question.name}{example}`", ""]


def _resting(question: queries.Question) -> list[str]:
    """Return the sentence that tells on which evidence the columns of a question rest, if it has any."""
    own = {column: question.evidence_of(column) for column in question.columns}
    if not any(own.values()):
        return []
    apart = [f"`{column}` on `{where}`" for column, where in own.items() if where not in {"", "evidence"}]
    sentence = f"Every row rests on `evidence`{', but ' if apart else ''}{_joined(apart)}"
    editorial = _joined([f"`{column}`" for column in question.editorial])
    verb = "is" if len(question.editorial) == 1 else "are"
    told = f"{sentence}; {editorial} {verb} editorial" if editorial else sentence
    derived = _joined([f"`{column}`" for column in question.derived])
    return [f"{told}; {derived} derived from it by law time." if derived else f"{told}.", ""]


def _joined(words: list[str]) -> str:
    """Return words as a list in a sentence."""
    return " and ".join([", ".join(words[:-1]), *words[-1:]]) if words[1:] else "".join(words)


def commands() -> str:
    """Return the page of commands: the help of each, as it prints."""
    lines = ["# Commands", "", "<!-- Generated from `cagraph --help` by `make docs`; do not edit. -->", ""]
    root = click.Context(cli.main, info_name="cagraph", **{**cli.main.context_settings, "terminal_width": 100})
    lines += ["```", cli.main.get_help(root), "```", ""]
    for name in cli.main.list_commands(root):
        command = cli.main.get_command(root, name)
        assert command is not None  # noqa: S101 - listed a line above
        context = click.Context(command, info_name=name, parent=root, max_content_width=100, terminal_width=100)
        lines += [f"## cagraph {name}", "", "```", command.get_help(context), "```", ""]
    return "\n".join(lines).rstrip() + "\n"


if __name__ == "__main__":
    for file, page in pages().items():
        (DOCS / file).write_text(page, encoding="utf-8")
        sys.stdout.write(f"docs/{file}\n")
