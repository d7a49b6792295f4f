"""The head of an evidence block: two lines that say where a passage stands.

`passage` holds source, position and length in normalised words, and the fingerprint behind the
version of its normalisation: `"yearbook-2023 6433+60 2:1fb8..."`. `at` holds the line, the footnote
if it is in one, and the section, which `cagraph format` takes from the outline of the source.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cagraph.curated.outline import NO_OUTLINE
from cagraph.curated.records import Passage
from cagraph.curated.words import VERSION

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from cagraph.curated.outline import Outline

HEAD = ("passage", "at")
_PASSAGE = re.compile(
    r"(?P<source>\S+) (?P<position>[0-9]{1,9})\+(?P<length>[0-9]{1,9}) "
    r"(?P<version>[0-9]{1,9}):(?P<fingerprint>[0-9a-f]{64})"
)
_AT = re.compile(r"line (?P<line>[0-9]{1,9})(?:, footnote (?P<footnote>[0-9]{1,9}))?(?:, .*)?")


def passage(block: Mapping[str, Any], outlines: Mapping[str, Outline]) -> Passage | None:
    """Return the passage that a block names; None if its head is malformed or of another version."""
    named, at = _PASSAGE.fullmatch(str(block.get("passage"))), _AT.fullmatch(str(block.get("at")))
    if not named or not at or int(named["version"]) != VERSION:
        return None
    line, footnote = int(at["line"]), int(at["footnote"] or 0)
    if line < 1 or int(named["length"]) < 1:
        return None
    outline = outlines.get(named["source"], NO_OUTLINE)
    return Passage(
        source=named["source"], position=int(named["position"]), length=int(named["length"]),
        fingerprint=named["fingerprint"], line=line, footnote=footnote,
        section=_section(outline, line, footnote), author=outline.author(line), issued=outline.issued(line),
    )  # fmt: skip


def lines(passage: Passage, outlines: Mapping[str, Outline]) -> dict[str, str]:
    """Return the two lines of a passage, by field."""
    name = f"{passage.source} {passage.position}+{passage.length} {VERSION}:{passage.fingerprint}"
    note = f"footnote {passage.footnote}" if passage.footnote else ""
    section = outlines.get(passage.source, NO_OUTLINE).section(passage.line)
    return {"passage": name, "at": ", ".join(part for part in (f"line {passage.line}", note, section) if part)}


def faults(block: Mapping[str, Any], outlines: Mapping[str, Outline]) -> Iterator[tuple[str, str, str]]:
    """Yield what is wrong with the head of a block: the words to look for, the problem, the cure."""
    if source(block) not in outlines:
        yield "passage", f"{source(block)!r} is not a source", "see data/sources/"
    if block.get("review", "missing") != "missing":
        yield "review", f"review holds {block['review']!r}", 'write review = "missing", or nothing'
    known = passage(block, outlines)
    if known and lines(known, outlines)["at"] != block["at"]:
        yield "at", "the section is not the one that the outline of the source gives", "run `cagraph format`"
    if not known and "quote" not in block:
        yield "[[evidence]]", "passage or at is missing or malformed", "take them from `cagraph cite`"


def source(block: Mapping[str, Any]) -> str:
    """Return the id of the source that a block names, sound or not otherwise."""
    return str(block.get("source") or str(block.get("passage", "")).partition(" ")[0])


def _section(outline: Outline, line: int, footnote: int) -> str:
    note = f"footnote {footnote}" if footnote else ""
    return ", ".join(part for part in (outline.section(line), note) if part)
