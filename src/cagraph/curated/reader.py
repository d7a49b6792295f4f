"""One curated table -> one record; every fault is named with file, line and id."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any

from cagraph import edtf
from cagraph.curated.ids import evidence_id
from cagraph.curated.layout import EVIDENCE
from cagraph.curated.lines import line_of, lines_of
from cagraph.curated.records import Claims, Evidence, Passage, Preference, Thing, Value
from cagraph.errors import Fault, UsageFault
from cagraph.iris import CA
from cagraph.kinds import BY_NAME
from cagraph.names import SLUG

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from cagraph.curated.profile import Term
    from cagraph.curated.vocabulary import Vocabulary

Table = dict[str, Any]
_IRI = re.compile(r"https?://(?:[^\s<>\"{}|\\^`%\[\]]|%[0-9A-Fa-f]{2})+")


class Reader:
    """Turns one table into a `Thing`, noting every fault on the way."""

    def __init__(self, path: Path, id_: str, vocabulary: Vocabulary, known: dict[str, str]) -> None:
        self.path, self.id = path, id_
        self.vocabulary, self.known = vocabulary, known
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
        bibliography = self.vocabulary.tables["Source"] if kind == "Source" else ()
        self.unknown(table, {*self.vocabulary.head, *bibliography, "evidence", "preference"}, "a record")
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
            bibliography=tuple((name, self.strings(table, name)) for name in bibliography if name in table),
        )

    def source(self, table: Table) -> None:
        """Check what evidence needs of a source."""
        self.lacking(table, "Source", "kind")
        for issued in self.strings(table, "issued"):
            self.date(issued, "issued")

    def date(self, text: str, field: str) -> None:
        """Check that a text is EDTF."""
        try:
            edtf.parse(text)
        except UsageFault as wrong:
            self.fault(f'"{text}"', wrong.message, wrong.hint, field)

    def preference(self, table: Table) -> Preference:
        """Return a preference."""
        fields = self.vocabulary.tables["Preference"]
        self.unknown(table, set(fields), "a preference")
        self.lacking(table, "Preference", "[[preference]]")
        choice = Preference(**{name: self.text(table, name) for name in fields})
        for name in fields:
            if value := getattr(choice, name):
                self.check(self.vocabulary.terms[name], value)
        return choice

    def evidence(self, kind: str, table: Table) -> Evidence:
        """Return a piece of evidence with its claims."""
        self.block += 1
        if "quote" in table:
            self.fault("quote", "a quotation stands in the record",
                       "run `cagraph cite --fill FILE --sources DIR` to replace it by its position")  # fmt: skip
        passage = self.passage(table)
        claims = {k: v for k, v in table.items() if k not in {*EVIDENCE, "quote", "action", "figure"}}
        block = Evidence(
            id=evidence_id(table),
            passage=passage,
            accordingTo=self.text(table, "accordingTo"),
            inference=self.text(table, "inference"),
            recordedBy=self.text(table, "recordedBy") or "cagraph",
            reviewedBy=self.text(table, "reviewedBy"),
            claims=self.claims(kind, claims),
            actions=tuple(self.step("Action", t) for t in self.tables(table, "action")),
            figures=tuple(self.step("Figure", t) for t in self.tables(table, "figure")),
        )
        if not (block.claims or block.actions or block.figures):
            self.fault("[[evidence]]", "evidence without a claim", "add what the passage says, or drop it")
        return block

    def passage(self, table: Table) -> Passage:
        """Return the passage that a block of evidence names."""
        source = self.text(table, "source")
        if self.known.get(source) != "Source":
            self.fault("source", f"{source!r} is not a source", "see data/sources/")
        numbers = [table.get(name) for name in ("position", "length", "line")]
        mark = self.text(table, "fingerprint")
        sound = all(isinstance(n, int) and n >= 0 for n in numbers)
        if "quote" not in table and not (sound and re.fullmatch(r"[0-9a-f]{64}", mark)):
            self.fault("[[evidence]]", "position, length, line or fingerprint is missing or malformed",
                       "take them from `cagraph cite`")  # fmt: skip
        position, length, line = (n if isinstance(n, int) else 0 for n in numbers)
        return Passage(source, position, length, mark, line, self.text(table, "section"))

    def step(self, kind: str, table: Table) -> Claims:
        """Return the claims of an action or a figure."""
        fields = self.vocabulary.tables[kind]
        self.unknown(table, {*fields}, f"the {kind.lower()}")
        self.lacking(table, kind, f"[[evidence.{kind.lower()}]]")
        return self.claims(kind, {k: v for k, v in table.items() if k in fields})

    def claims(self, kind: str, table: Table) -> Claims:
        """Return the claims of a table, in canonical order."""
        terms = self.vocabulary.terms
        claims = []
        for name in sorted(table, key=lambda n: terms[n].order if n in terms else 0):
            term = terms.get(name)
            if term is None or term.is_derived:
                self.fault(name, f"{name!r} is not a field", "see docs/ontology.md for the fields")
            elif term.is_editorial or not self.vocabulary.allows(term, kind):
                self.fault(name, f"{name!r} is not a field of a {kind}", term.place)
            else:
                claims.append((name, tuple(self.values(term, table[name]))))
        return tuple(claims)

    def values(self, term: Term, given: Any) -> Iterator[Any]:  # noqa: ANN401 - whatever stands in the file
        """Yield the sound values of a field."""
        several = given if isinstance(given, list) else [given]
        if term.is_single and len(several) > 1:
            self.fault(term.name, f"{term.name} holds {len(several)} values", "write one")
        for value in several:
            if term.takes(value):
                yield value
                self.check(term, value)
            else:
                wanted = "number" if term.is_number else "string"
                self.fault(term.name, f"{term.name} holds {value!r}", f"write a {wanted}")

    def check(self, term: Term, value: Value) -> None:
        """Check that a value is one that its field may hold."""
        closed = self.vocabulary.closed_list(term)
        if closed and value not in closed:
            wrong = f"{value!r} is not in {term.scheme.removeprefix(CA) or term.name}"
            self.fault(f'"{value}"', wrong, f"choose one of: {', '.join(sorted(closed))}", term.name)
        elif term.is_relation and not term.scheme:
            self.reference(str(value), term.ranges, term.name)
        elif term.is_date:
            self.date(str(value), term.name)
        elif (isinstance(value, str) and value.strip() != value) or value == "":
            self.fault(term.name, f"{value!r} has loose white space or is empty", "trim it")

    def reference(self, id_: str, ranges: frozenset[str], field: str = "") -> None:
        """Check that an id names a thing of the right class."""
        kind = self.known.get(id_)
        if kind is None:
            self.fault(f'"{id_}"', f"{id_!r} is no thing", "correct the id, or add its record", field)
        elif ranges and not ranges & self.vocabulary.kinds.get(kind, frozenset()):
            self.fault(
                f'"{id_}"', f"{id_!r} is a {kind}", f"refer to {', '.join(self.vocabulary.fitting(ranges))}", field
            )

    def unknown(self, table: Table, allowed: set[str], where: str) -> None:
        """Note every field that a table may not have."""
        for name in table.keys() - allowed:
            self.fault(name, f"{name!r} is not a field of {where}",
                       f"known: {', '.join(sorted(allowed))}; claims go under [[evidence]]")  # fmt: skip

    def lacking(self, table: Table, kind: str, needle: str) -> None:
        """Note every field that a table must have and has not."""
        for name in self.vocabulary.needed[kind]:
            if table.get(name, "") in ("", [], [""]):
                self.fault(needle, f"the {kind.lower()} lacks its {name}", f"add {name} = ...")

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
