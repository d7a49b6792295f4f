"""One curated table -> one record; every fault is named with file, line and id."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from cagraph import edtf
from cagraph.curated import head
from cagraph.curated.checked import Checked, Table
from cagraph.curated.ids import evidence_id
from cagraph.curated.layout import EVIDENCE, OUTLINE
from cagraph.curated.outline import is_sound, outline
from cagraph.curated.records import Claims, Evidence, Passage, Preference, Thing, Value
from cagraph.errors import UsageFault
from cagraph.iris import CA
from cagraph.kinds import BY_NAME
from cagraph.names import SLUG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cagraph.curated.profile import Term

_REVIEWER = "second reader"  # of what does not say that nobody has read it twice
_IRI = re.compile(r"https?://(?:[^\s<>\"{}|\\^`%\[\]]|%[0-9A-Fa-f]{2})+")


class Reader(Checked):
    """Turns one table into a `Thing`, noting every fault on the way."""

    def thing(self, table: Table) -> Thing:
        """Return the record of a table, sound or not: `faults` tells."""
        kind = self.text(table, "kind")
        if kind not in BY_NAME:
            self.fault("kind", f"{kind!r} is not a kind", f"choose one of {', '.join(BY_NAME)}")
        if not SLUG.fullmatch(self.id) or self.path.stem != self.id:
            cure = "use lower-case ASCII words joined by hyphens, and name the file after the id"
            self.fault("id", "the id is not a slug or not the file's name", cure)
        bibliography = self.vocabulary.tables["Source"] if kind == "Source" else ()
        self.editorial(table, {*bibliography, "outline"} if kind == "Source" else set())
        if kind == "Source":
            self.source(table)
        return Thing(
            id=self.id,
            kind=kind,
            label=self.text(table, "label"),
            altLabel=self.strings(table, "altLabel"),
            shortName=self.bounded(table, "shortName"),
            description=self.text(table, "description"),
            sameAs=self.strings(table, "sameAs"),
            notFound=self.strings(table, "notFound"),
            isReplacedBy=self.text(table, "isReplacedBy"),
            distinctFrom=self.strings(table, "distinctFrom"),
            preferences=tuple(self.preference(t) for t in self.tables(table, "preference")),
            evidence=tuple(self.evidence(kind, t) for t in self.tables(table, "evidence")),
            bibliography=tuple((name, self.strings(table, name)) for name in bibliography if name in table),
            outline=outline(table),
            conflicts=tuple(self.step("Conflict", t) for t in self.tables(table, "conflict")),
        )

    def editorial(self, table: Table, more: set[str]) -> None:
        """Check the head of a record, which may have some more fields, and the signs of all its texts."""
        self.signs(table)
        self.block = 0
        if not self.text(table, "label"):
            self.fault("label", "there is no label", 'add label = "..."')
        self.unknown(table, {*self.vocabulary.head, *more, "evidence", "preference", "conflict"}, "a record")
        for field in ("distinctFrom", "isReplacedBy"):
            for name in self.strings(table, field):
                self.reference(name, frozenset(), field)
        if "isReplacedBy" in table and "evidence" in table:
            cure = "move it to the record that took its place, or take isReplacedBy out"
            self.fault("[[evidence]]", "a retired id holds evidence, which would be lost", cure)
        for name in self.strings(table, "notFound"):
            if name not in self.vocabulary.terms:
                self.fault("notFound", f"{name!r} is not a field", "see docs/ontology.md")
        for address in self.strings(table, "sameAs"):
            if not _IRI.fullmatch(address):
                self.fault(f'"{address}"', f"{address!r} is no web address", "write it whole, with https://", "sameAs")

    def source(self, table: Table) -> None:
        """Check what evidence needs of a source."""
        self.lacking(table, "Source", "kind")
        for issued in self.strings(table, "issued"):
            self.date(issued, "issued")
        seen: set[object] = set()
        for heading in self.tables(table, "outline"):
            self.heading(heading, seen)

    def heading(self, heading: Table, seen: set[object]) -> None:
        """Check a heading of an outline; `seen` holds the lines of those before it."""
        needle = f"line = {heading.get('line')}"
        self.unknown(heading, set(OUTLINE), "a heading")
        if not is_sound(heading):
            self.fault(needle, "a heading lacks its line, level or title, or holds no text where one belongs",
                       "give line and level as numbers from 1 on, all else as strings")  # fmt: skip
            return
        if heading["line"] in seen:
            self.fault(needle, f"two headings stand on line {heading['line']}", "drop one")
        seen.add(heading["line"])
        if "country" in heading:
            self.reference(heading["country"], frozenset({"Country"}), "country")
        if "issued" in heading:
            self.date(heading["issued"], "issued")

    def bounded(self, table: Table, name: str) -> str:
        """Return a field that holds one text of a bounded length."""
        value, longest = self.text(table, name), self.vocabulary.terms[name].longest
        if len(value) > longest:
            self.fault(name, f"{name} has {len(value)} signs", f"say it in {longest}")
        if name in table and (not value or value.strip() != value):
            self.fault(name, f"{value!r} has loose white space or is empty", "trim it")
        return value

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
        several = self.strings(table, "subject")
        choice = Preference(**{name: self.text(table, name) for name in fields if name != "subject"}, subject=several)
        for name in fields:
            for value in several if name == "subject" else [getattr(choice, name)]:
                if value:
                    self.check(self.vocabulary.terms[name], value)
        return choice

    def evidence(self, kind: str, table: Table) -> Evidence:
        """Return a piece of evidence with its claims."""
        self.block += 1
        if "quote" in table:
            self.fault("quote", "a quotation stands in the record",
                       "run `cagraph cite --fill FILE --sources DIR` to replace it by its position")  # fmt: skip
        passage = self.passage(table)
        self.retiring(passage.source, "passage")
        self.retiring(self.text(table, "accordingTo"), "accordingTo")
        claims = {k: v for k, v in table.items() if k not in {*EVIDENCE, "quote", "source", "action", "figure"}}
        block = Evidence(
            id=evidence_id(passage.source, passage.fingerprint, table),
            passage=passage,
            accordingTo=self.text(table, "accordingTo"),
            inference=self.text(table, "inference"),
            recordedBy=self.text(table, "recordedBy") or "cagraph",
            reviewedBy="" if self.text(table, "review") else _REVIEWER,
            claims=self.claims(kind, claims),
            actions=tuple(self.step("Action", t) for t in self.tables(table, "action")),
            figures=tuple(self.step("Figure", t) for t in self.tables(table, "figure")),
        )
        if not (block.claims or block.actions or block.figures):
            self.fault("[[evidence]]", "evidence without a claim", "add what the passage says, or drop it")
        return block

    def passage(self, table: Table) -> Passage:
        """Return the passage that a block of evidence names."""
        for needle, problem, cure in head.faults(table, self.outlines):
            self.fault(needle, problem, cure)
        return head.passage(table, self.outlines) or Passage(head.source(table), 0, 0, "", 0)

    def step(self, kind: str, table: Table) -> Claims:
        """Return the claims of an action, a figure or a conflict."""
        fields = self.vocabulary.tables[kind]
        self.unknown(table, {*fields}, f"the {kind.lower()}")
        self.lacking(table, kind, "[[conflict]]" if kind == "Conflict" else f"[[evidence.{kind.lower()}]]")
        if kind == "Figure":
            self.number(table)
        return self.claims(kind, {k: v for k, v in table.items() if k in fields})

    def number(self, table: Table) -> None:
        """Check that a figure has a value or bounds, not both, and an area or where from and to, not both."""
        bounds = [table[name] for name in ("lower", "upper") if isinstance(table.get(name), int | float)]
        needle = f'indicator = "{table.get("indicator")}"'
        if ("value" in table) == bool(bounds):
            self.fault(needle, "a figure has a value or bounds, one of them", "give value, or lower and upper")
        if bounds != sorted(bounds):
            self.fault(needle, "the lower bound lies above the upper one", "swap them")
        if "area" in table and ("fromArea" in table or "toArea" in table):
            self.fault(needle, "a figure has an area, or where from and to", "give area for what does not move")

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
                wanted = "number" if term.is_number else "true or false" if term.is_flag else "string"
                self.fault(term.name, f"{term.name} holds {value!r}", f"write {'' if term.is_flag else 'a '}{wanted}")

    def check(self, term: Term, value: Value) -> None:
        """Check that a value is one that its field may hold."""
        closed = self.vocabulary.closed_list(term)
        if closed and value not in closed:
            wrong = f"{value!r} is not in {term.scheme.removeprefix(CA) or term.name}"
            self.fault(f'"{value}"', wrong, f"choose one of: {', '.join(sorted(closed))}", term.name)
        elif term.ranges == {"Evidence"}:
            pass  # no file of its own: a check of the graph finds evidence that is not there
        elif term.is_relation and not term.scheme:
            self.reference(str(value), term.ranges, term.name)
        elif term.is_date:
            self.date(str(value), term.name)
        elif (isinstance(value, str) and value.strip() != value) or value == "":
            self.fault(term.name, f"{value!r} has loose white space or is empty", "trim it")

    def reference(self, id_: str, ranges: frozenset[str], field: str = "") -> None:
        """Check that an id names a thing of the right class."""
        kind = self.known.get(id_)
        self.retiring(id_, field)
        if kind is None:
            self.fault(f'"{id_}"', f"{id_!r} is no thing", "correct the id, or add its record", field)
        elif ranges and not ranges & self.vocabulary.kinds.get(kind, frozenset()):
            self.fault(
                f'"{id_}"', f"{id_!r} is a {kind}", f"refer to {', '.join(self.vocabulary.fitting(ranges))}", field
            )
