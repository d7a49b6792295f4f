"""One curated table -> one record; every fault is named with file, line and id."""

from __future__ import annotations

import re
from functools import cached_property
from math import isfinite
from typing import TYPE_CHECKING, Any

from cagraph import edtf
from cagraph.curated import head
from cagraph.curated.ids import evidence_id
from cagraph.curated.layout import ACTION, BIBLIOGRAPHY, DERIVED, EVIDENCE, FIGURE, NOT_CLAIMS, OUTLINE, PREFERENCE, TOP
from cagraph.curated.lines import line_of, lines_of
from cagraph.curated.outline import Outline, outline
from cagraph.curated.records import Claims, Evidence, Passage, Preference, Thing, Value
from cagraph.errors import Fault, UsageFault
from cagraph.iris import CA
from cagraph.kinds import BY_NAME
from cagraph.names import SLUG

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cagraph.curated.vocabulary import Term, Vocabulary

Table = dict[str, Any]
_REVIEWER = "second reader"  # of what does not say that nobody has read it twice
Known = tuple[dict[str, str], dict[str, Outline]]  # the kind of everything by id; the outline of each source
_IRI = re.compile(r"https?://(?:[^\s<>\"{}|\\^`%\[\]]|%[0-9A-Fa-f]{2})+")


class Reader:
    """Turns one table into a `Thing`, noting every fault on the way."""

    def __init__(self, path: Path, id_: str, vocabulary: Vocabulary, known: Known) -> None:
        self.path, self.id, self.vocabulary = path, id_, vocabulary
        self.known, self.outlines = known
        self.faults: list[Fault] = []
        self.block = 0

    def fault(self, needle: str, problem: str, cure: str, field: str = "") -> None:
        """Note a fault on the first line with the needle, in the current block and behind the field."""
        start = self.heads[min(self.block, len(self.heads) - 1)]
        if field:
            start = line_of(self.lines, f"{field} =", start) - 1
        line = line_of(self.lines, needle, start)
        self.faults.append(Fault(str(self.path), line, self.id, problem, cure))

    @cached_property
    def lines(self) -> list[str]:
        """The lines of the file."""
        return lines_of(self.path)

    @cached_property
    def heads(self) -> list[int]:
        """The line of each evidence block, by its number; 0 for what stands before the first."""
        return [0, *(number for number, line in enumerate(self.lines, 1) if "[[evidence]]" in line)]

    def thing(self, table: Table) -> Thing:
        """Return the record of a table, sound or not: `faults` tells."""
        kind = self.text(table, "kind")
        if kind not in BY_NAME:
            self.fault("kind", f"{kind!r} is not a kind", f"choose one of {', '.join(BY_NAME)}")
        if not SLUG.fullmatch(self.id) or self.path.stem != self.id:
            cure = "use lower-case ASCII words joined by hyphens, and name the file after the id"
            self.fault("id", "the id is not a slug or not the file's name", cure)
        if not self.text(table, "label"):
            self.fault("label", "there is no label", 'add label = "..."')
        allowed = {*TOP, "evidence", "preference"} | ({*BIBLIOGRAPHY, "outline"} if kind == "Source" else set())
        self.unknown(table, allowed, "a record")
        for name in (*self.strings(table, "distinctFrom"), *self.strings(table, "isReplacedBy")):
            self.reference(name, frozenset())
        for name in self.strings(table, "notFound"):
            if name not in self.vocabulary.terms:
                self.fault("notFound", f"{name!r} is not a field", "see docs/ontology.md")
        for address in self.strings(table, "sameAs"):
            if not _IRI.fullmatch(address):
                self.fault(f'"{address}"', f"{address!r} is no web address", "write it whole, with https://", "sameAs")
        if kind == "Source":
            self.source(table)
        return Thing(
            id=self.id,
            kind=kind,
            label=self.text(table, "label"),
            altLabel=self.strings(table, "altLabel"),
            description=self.text(table, "description"),
            sameAs=self.strings(table, "sameAs"),
            notFound=self.strings(table, "notFound"),
            isReplacedBy=self.text(table, "isReplacedBy"),
            distinctFrom=self.strings(table, "distinctFrom"),
            preferences=tuple(self.preference(t) for t in self.tables(table, "preference")),
            evidence=tuple(self.evidence(kind, t) for t in self.tables(table, "evidence")),
            outline=outline(table),
            bibliography=tuple((k, self.strings(table, k)) for k in BIBLIOGRAPHY if k in table and kind == "Source"),
        )

    def source(self, table: Table) -> None:
        """Check what evidence needs of a source."""
        for name in ("title", "issued", "checksum"):
            if not any(self.strings(table, name)):
                self.fault(name, f"a source lacks its {name}", f'add {name} = ["..."]')
        for dated in (table, *self.tables(table, "outline")):
            for issued in self.strings(dated, "issued"):
                self.date(issued, "issued")
        for heading in self.tables(table, "outline"):
            self.unknown(heading, set(OUTLINE), "a heading")
            if not all(isinstance(heading.get(name), int) for name in OUTLINE[:2]) or not self.text(heading, "title"):
                self.fault("[[outline]]", "a heading lacks its line, level or title", "give all three")
            for country in self.strings(heading, "country"):
                self.reference(country, frozenset({"Country"}), "country")

    def date(self, text: str, field: str) -> None:
        """Check that a text is EDTF."""
        try:
            edtf.parse(text)
        except UsageFault as wrong:
            self.fault(f'"{text}"', wrong.message, wrong.hint, field)

    def preference(self, table: Table) -> Preference:
        """Return a preference."""
        self.unknown(table, set(PREFERENCE), "a preference")
        choice = Preference(**{name: self.text(table, name) for name in PREFERENCE})
        if not (choice.property and choice.prefers and choice.reason):
            self.fault("[[preference]]", "a preference lacks property, prefers or reason", "give all three")
        if choice.about:
            self.reference(choice.about, frozenset(), "about")
        return choice

    def evidence(self, kind: str, table: Table) -> Evidence:
        """Return a piece of evidence with its claims."""
        self.block += 1
        if "quote" in table:
            self.fault("quote", "a quotation stands in the record",
                       "run `cagraph cite --fill FILE --sources DIR` to replace it by its position")  # fmt: skip
        passage = self.passage(table)
        claims = {k: v for k, v in table.items() if k not in {*EVIDENCE, "quote", "source", "action", "figure"}}
        for name in claims.keys() & NOT_CLAIMS:
            self.fault(name, f"{name!r} cannot stand here", "put it into [[evidence.action]] or [[evidence.figure]]")
        block = Evidence(
            id=evidence_id(passage.source, passage.fingerprint, table),
            passage=passage,
            accordingTo=self.text(table, "accordingTo"),
            inference=self.text(table, "inference"),
            recordedBy=self.text(table, "recordedBy") or "cagraph",
            reviewedBy="" if self.text(table, "review") else _REVIEWER,
            claims=self.claims(kind, claims),
            actions=tuple(self.step("Action", t, ACTION, "actionType") for t in self.tables(table, "action")),
            figures=tuple(self.step("Figure", t, FIGURE, "value") for t in self.tables(table, "figure")),
        )
        if not (block.claims or block.actions or block.figures):
            self.fault("[[evidence]]", "evidence without a claim", "add what the passage says, or drop it")
        return block

    def passage(self, table: Table) -> Passage:
        """Return the passage that a block of evidence names."""
        for needle, problem, cure in head.faults(table, self.outlines):
            self.fault(needle, problem, cure)
        return head.passage(table, self.outlines) or Passage(head.source(table), 0, 0, "", 0)

    def step(self, kind: str, table: Table, fields: tuple[str, ...], needed: str) -> Claims:
        """Return the claims of an action or a figure."""
        self.unknown(table, set(fields), f"{'an action' if kind == 'Action' else 'a figure'}")
        if needed not in table:
            self.fault(f"[[evidence.{kind.lower()}]]", f"{needed} is missing", f"add {needed}")
        return self.claims(kind, {k: v for k, v in table.items() if k in fields})

    def claims(self, kind: str, table: Table) -> Claims:
        """Return the claims of a table, in the order of the ontology."""
        terms = self.vocabulary.terms
        claims = []
        for name in sorted(table, key=lambda n: terms[n].order if n in terms else 0):
            term = terms.get(name)
            if term is None or name in DERIVED:
                self.fault(name, f"{name!r} is not a field", "see docs/ontology.md for the fields")
            elif kind in self.vocabulary.kinds and not self.vocabulary.allows(term, kind):
                self.fault(
                    name, f"{name!r} is not a field of a {kind}", f"it belongs to {', '.join(sorted(term.domains))}"
                )
            else:
                claims.append((name, tuple(self.values(term, table[name]))))
        return tuple(claims)

    def values(self, term: Term, given: Any) -> Iterator[Any]:  # noqa: ANN401 - whatever stands in the file
        """Yield the sound values of a field."""
        for value in given if isinstance(given, list) else [given]:
            is_number = term.name == "value"
            is_sound = isinstance(value, str) if not is_number else isinstance(value, int | float) and isfinite(value)
            if is_sound and not isinstance(value, bool):
                yield value
                self.check(term, value)
            else:
                self.fault(term.name, f"{term.name} holds {value!r}", f"write a {'number' if is_number else 'string'}")

    def check(self, term: Term, value: Value) -> None:
        """Check that a value is one that its field may hold."""
        if term.scheme and value not in self.vocabulary.concepts[term.scheme]:
            known = ", ".join(sorted(self.vocabulary.concepts[term.scheme]))
            self.fault(
                f'"{value}"',
                f"{value!r} is not in {term.scheme.removeprefix(CA)}",
                f"choose one of: {known}",
                term.name,
            )
        elif term.is_relation and not term.scheme:
            self.reference(str(value), term.ranges, term.name)
        elif term.name in {"date", "period", "issued"}:
            self.date(str(value), term.name)
        elif (isinstance(value, str) and value.strip() != value) or value == "":
            self.fault(term.name, f"{value!r} has loose white space or is empty", "trim it")

    def reference(self, id_: str, ranges: frozenset[str], field: str = "") -> None:
        """Check that an id names a thing of the right class."""
        kind = self.known.get(id_)
        if kind is None:
            self.fault(f'"{id_}"', f"{id_!r} is no thing", "correct the id, or add its record", field)
        elif ranges and not ranges & self.vocabulary.kinds.get(kind, frozenset()):
            self.fault(f'"{id_}"', f"{id_!r} is a {kind}", f"refer to {', '.join(sorted(ranges))}", field)

    def unknown(self, table: Table, allowed: set[str], where: str) -> None:
        """Note every field that a table may not have."""
        for name in table.keys() - allowed:
            self.fault(name, f"{name!r} is not a field of {where}",
                       f"known: {', '.join(sorted(allowed))}; claims go under [[evidence]]")  # fmt: skip

    def text(self, table: Table, name: str) -> str:
        """Return a field that holds one text."""
        value = table.get(name, "")
        if not isinstance(value, str):
            self.fault(name, f"{name} holds {value!r}", "write a string")
            return ""
        return value

    def strings(self, table: Table, name: str) -> tuple[str, ...]:
        """Return a field that holds one text or several."""
        value = table.get(name, [])
        values = [value] if isinstance(value, str) else value
        if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
            self.fault(name, f"{name} holds {value!r}", "write a list of strings")
            return ()
        return tuple(values)

    def tables(self, table: Table, name: str) -> list[Table]:
        """Return a field that holds tables."""
        value = table.get(name, [])
        if not isinstance(value, list) or not all(isinstance(one, dict) for one in value):
            self.fault(name, f"{name} is not a list of tables", f"write [[{name}]]")
            return []
        return value
