"""Documents of any shape: time and memory are linear in them, for whatever reads them."""

from __future__ import annotations

import hashlib
import json
import resource
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner

from cagraph import cli
from cagraph.curated.documents import Document
from cagraph.curated.records import Passage
from cagraph.errors import EvidenceFault

ROOT = Path(__file__).parents[1]
SIZE = 10_000_000
GENEROUS = 90
"""Seconds of processor time; each takes some two."""
SHAPES = {
    "a footnote mark of digits": ("<sup>", "1"), "a footnote mark of digits apart": ("<sup>", "1 "), "marks that do not end": ("", "<sup>1"),
    "marks that end": ("", "<sup>1</sup> "), "a mark of spaces": ("<sup>", " "), "a mark a line": ("", "<sup>\n"), "marks and spaces": ("", "\n<sup>1</sup>" + " " * 50),
    "digits": ("", "7"), "digits apart": ("", "7 "), "dotted digits": ("", "1."), "raised digits": ("", "²"),
    "ends of links": ("", "]("), "an address of brackets": ("](", "("), "an address of pairs": ("](", "a()"), "addresses in addresses": ("", "](("),
    "square brackets": ("", "["), "links": ("", "[a](b) "), "links that do not end": ("", "[a](b"), "images": ("", "![]("), "pipes": ("", "|"), "pipes apart": ("", "| "),
    "open tags": ("", "<"), "tags that do not end": ("", "<a "), "a tag of spaces": ("<a", " "), "breaks that do not end": ("", "<br"), "end tags": ("", "</"),
    "comments": ("", "<!--"), "entities": ("", "&lt;"), "spaces": ("", " "), "spaces behind a digit": ("5", " "), "spaces behind a currency": ("$", " "), "tabs": ("a-", "\t"),
    "empty lines": ("", "\n"), "empty lines behind a hyphen": ("a-", "\n"), "returns": ("", "\r"), "hyphens": ("", "-"), "hyphens behind a letter": ("a", "-"),
    "a hyphen a line": ("", "-\n"), "a broken word a line": ("", "a-\n"), "a broken number a line": ("", "1-\n"), "broken numbers": ("", "1- "),
    "soft hyphens": ("", "a\xad"), "soft hyphens apart": ("", "a\xad "), "a soft hyphen and spaces": ("a\xad", " "), "currencies": ("", "$ "), "percents": ("", "5 %"),
    "digits and spaces": ("", "5" + " " * 100), "prices": ("", "5 $ "), "backslashes": ("", "\\"), "stars": ("", "*"), "stars and letters": ("", "**a"),
    "underscores": ("", "_1"), "rules": ("", "="), "rules and letters": ("", "===a"), "mixed rules": ("", "-*_="), "hashes": ("", "# "), "ticks": ("", "`"),
    "marks over a letter": ("a", "\u0301"), "marks over letters": ("", "a" + "\u0301" * 40), "noughts": ("", "\0"), "noughts and letters": ("", "a\0"),
    "quotation marks": ("", "“a”"), "a ligature": ("", "\ufdfa"), "letters": ("", "x"), "words": ("", "ab "), "spaces that do not break": ("", "\xa0"),
    "spaces without width": ("", "a\u200b"), "flags": ("", "\U0001f1f0"), "jamo": ("", "\u1100\u1161\u11a8"), "dots": ("", " ... a"), "byte order marks": ("", "\ufeff"),
}  # fmt: skip
"""What stands first, and what is repeated behind it."""
WHOLE = [
    "a footnote mark of digits", "marks that do not end", "digits", "an address of brackets", "square brackets", "pipes", "spaces",
    "empty lines behind a hyphen", "hyphens behind a letter", "marks over a letter", "backslashes", "a soft hyphen and spaces",
]  # fmt: skip
"""Shapes of one run, which a pattern could go over again and again; the others are held by their ratio."""
WANTED = [Passage("s", at, length, "ab" * 32, 1) for at, length in ((0, 3), (5000, 7), (900, 3), (10**6, 3))]


def text_of(shape: str, size: int) -> str:
    first, repeated = SHAPES[shape]
    return first + repeated * (size // len(repeated.encode()))


def read(text: str) -> None:
    """Do with a text what verify, cite and coverage do with a document."""
    document = Document(text, hashlib.sha256(text.encode()).hexdigest())
    assert set(document.find_all(WANTED).values()) == {None}
    for quote in ("ab ab never", "1 2", "never there ... at all", "7 8", "<sup>1", "a-"):
        with suppress(EvidenceFault):
            assert document.cite("s", quote)
    if document.found:
        document.excerpt(0, min(5, len(document.found)))
        assert document.footnote(len(document.found) - 1) >= 0


def seconds(shape: str, size: int) -> float:
    text = text_of(shape, size)
    started = time.process_time()
    read(text)
    return time.process_time() - started


@pytest.mark.parametrize("shape", SHAPES)
def test_four_times_the_text_takes_four_times_the_time(shape: str) -> None:
    once, more = seconds(shape, 100_000), seconds(shape, 400_000)
    assert more < 0.5 or more < 10 * once, "the square would be 16"


@pytest.mark.parametrize("shape", WHOLE)
def test_ten_megabytes_are_read_in_bounded_time_and_memory(shape: str) -> None:
    assert seconds(shape, SIZE) < GENEROUS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 4_000_000, "KiB"


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return a function that asks the small data, whose two sources are documents of some shapes."""
    shutil.copytree(ROOT / "tests/tiny", tmp_path / "data")
    (tmp_path / "documents").mkdir()
    for source, shape in (("book", "a footnote mark of digits"), ("paper", "pipes")):
        document = tmp_path / f"documents/{source}.txt"
        document.write_text(text_of(shape, SIZE), encoding="utf-8")
        record = tmp_path / f"data/sources/{source}.toml"
        lines = record.read_text(encoding="utf-8").split("\n")
        checksum = hashlib.sha256(document.read_bytes()).hexdigest()
        lines = [f'checksum = ["{checksum}"]' if line.startswith("checksum") else line for line in lines]
        record.write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setenv("CAGRAPH_DATA", str(tmp_path / "data"))

    def asked(*words: str) -> str:
        started = time.process_time()
        found = CliRunner().invoke(cli.main, [*words, "--sources", str(tmp_path / "documents")])
        assert isinstance(found.exception, SystemExit | None), found.exception
        assert time.process_time() - started < GENEROUS
        return found.output if words[0] == "cite" else found.stdout

    return asked


def test_commands_over_hostile_documents_end(ask: Callable[..., str]) -> None:
    failures = json.loads(ask("verify", "--format", "json"))
    assert {row["problem"] for row in failures} == {"the passage is not in the document"}
    assert "book" in ask("coverage", "--least", "1", "--format", "tsv")
    assert "these words are not in the document" in ask("cite", "book", "words of the book")
