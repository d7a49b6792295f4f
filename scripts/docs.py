"""Write the generated pages of docs/: ontology.md, queries.md, cli.md. Run by `make docs`.

A test fails when a page is stale.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

import click
from pyoxigraph import parse

from cagraph import cli, queries
from cagraph.iris import CA, PREFIXES, iri, local_name, text
from cagraph.store.cells import shorten

DOCS = Path(__file__).parents[1] / "docs"
ONTOLOGY = Path(__file__).parents[1] / "ontology"
Facts = dict[str, dict[str, list[str]]]


def pages() -> dict[str, str]:
    """Return each generated page by file name."""
    return {"ontology.md": ontology(), "queries.md": questions(), "cli.md": commands()}


def ontology() -> str:
    """Return the page of classes, properties and concept schemes."""
    facts: Facts = defaultdict(lambda: defaultdict(list))
    for name in ("cagraph.ttl", "concepts.ttl"):
        for quad in parse(path=str(ONTOLOGY / name)):
            facts[text(quad.subject)][quad.predicate.value].append(text(quad.object))
    lines = [
        "# The ontology",
        "",
        "<!-- Generated from ontology/*.ttl by `make docs`; do not edit. -->",
        "",
        f"Vocabulary `{CA}`, prefix `ca:`; resources `{PREFIXES['id']}<slug>`, prefix `id:`.",
        "A data field carries the local name of its property.",
        "",
        "## Classes",
        "",
        "| class | what it is | is a | close to |",
        "|---|---|---|---|",
    ]
    lines += [_class(subject, about) for subject, about in facts.items() if iri("owl:Class") in about[iri("rdf:type")]]
    lines += [
        "",
        "## Properties",
        "",
        "| property | field | meaning | on | holds | conflicts |",
        "|---|---|---|---|---|---|",
    ]
    kinds = {iri("owl:ObjectProperty"), iri("owl:DatatypeProperty")}
    lines += [_property(subject, about) for subject, about in facts.items() if kinds & set(about[iri("rdf:type")])]
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


def _names(about: dict[str, list[str]], *properties: str) -> str:
    return ", ".join(f"`{shorten(one)}`" for name in properties for one in about[iri(name)])


def _class(subject: str, about: dict[str, list[str]]) -> str:
    comment = about[iri("rdfs:comment")][0]
    above, close = _names(about, "rdfs:subClassOf"), _names(about, "skos:closeMatch")
    return f"| `{shorten(subject)}` | {comment} | {above} | {close} |"


def _property(subject: str, about: dict[str, list[str]]) -> str:
    comment = about[iri("rdfs:comment")][0]
    on = _names(about, "rdfs:domain", "schema:domainIncludes")
    holds = _names(about, "rdfs:range", "schema:rangeIncludes", "ca:valuesFrom")
    conflict = ", ".join(about[iri("ca:conflictClass")])
    return f"| `{shorten(subject)}` | `{local_name(subject)}` | {comment} | {on} | {holds} | {conflict} |"


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
    example = "".join(f" --param {name}={value}" for name, value in question.example.items())
    return [*lines, f"Example: `cagraph query {question.name}{example}`", ""]


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
