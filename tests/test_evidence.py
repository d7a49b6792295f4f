"""Passages: found where they stand, in the document itself and in another rendition of it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cagraph import cli
from cagraph.answers import evidence as passages
from cagraph.curated import loading as curated
from cagraph.curated.documents import Document, fingerprint, words
from cagraph.errors import EvidenceFault
from cagraph.store import Store

TEXT = """# **A chapter**

The *first* agreement, dated 21<sup>st</sup> of May<sup>12</sup>, was signed.
It was regis-
tered twice. The first agreement, dated 22 of May, was not.

## A section.

<sup>12</sup> See [the register](https://example.org/a_b) for No. 477-IV<br>of 2011.
"""


@pytest.fixture
def document(tmp_path: Path) -> Document:
    path = tmp_path / "document.txt"
    path.write_text(TEXT, encoding="utf-8")
    return Document.read(path)


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("**July 22<sup>nd</sup>**, 2011<sup>14</sup>", "July 22nd, 2011"),
        ("social-\nand-economic", "social-and-economic"),
        ("see [forbes.kz/a\\_b](https://forbes.kz/a_b)", "see forbes.kz/a_b"),
        ("<https://adilet.zan.kz/rus/docs/Z1100000477>", "https://adilet.zan.kz/rus/docs/Z1100000477"),
        ("one<br>two\tthree", "one two three"),
        ("“Xorijda  Ish”", '"Xorijda Ish"'),
        ("\\$2.7 billion", "$2.7 billion"),
        ("# 2. State *policy*", "2. State policy"),
    ],
)
def test_markup_does_not_change_the_words(marked: str, plain: str) -> None:
    assert words(marked) == words(plain)


def test_different_words_differ() -> None:
    assert fingerprint(words("signed in 2021")) != fingerprint(words("signed in 2022"))


def test_a_passage_is_cited_by_its_words(document: Document) -> None:
    passage = document.cite("source", "dated 21st of May, was signed")
    assert (passage.position, passage.length, passage.line, passage.section) == (5, 6, 3, "A chapter")
    assert document.find(passage) == 5
    assert document.excerpt(5, 6) == "dated 21<sup>st</sup> of May<sup>12</sup>, was signed."


def test_an_ellipsis_spans_the_middle(document: Document) -> None:
    passage = document.cite("source", "It was registered ... dated 22 of May")
    assert words(document.excerpt(passage.position, passage.length))[-1] == "may"


def test_a_footnote_is_named_in_the_section(document: Document) -> None:
    assert document.cite("source", "No. 477-IV of 2011").section == "A section, footnote 12"


def test_what_is_not_there_is_refused(document: Document) -> None:
    with pytest.raises(EvidenceFault, match="not in the document"):
        document.cite("source", "was ratified")


def test_what_stands_twice_is_refused_with_both_lines(document: Document) -> None:
    with pytest.raises(EvidenceFault, match="2 times, on lines 3, 5"):
        document.cite("source", "The first agreement, dated")


def rendition(text: str, width: int, seed: int) -> str:
    """Return the same words as another program would print them: plain, reflowed, hyphenated."""
    text = re.sub(r"<sup>\s*\d+\s*</sup>", "", text)
    text = re.sub(r"</?(?:sup|sub|a|b|i|u|em|strong|mark|span)\b[^<>]*>", "", text)
    text = re.sub(r"<br\s*/?>", "\n", text)
    text = re.sub(r"\[([^\]\n]*)\]\([^()\s]*\)", r"\1", text)
    text = re.sub(r"<(https?://[^>]*)>", r"\1", text)
    text = re.sub(r"(?m)^#+\s*", "", text)
    text = re.sub(r"\\([_$*])", r"\1", text)
    text = text.replace("**", "").replace("*", "")
    chance = random.Random(seed)  # noqa: S311 - no secret
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) + 1 <= width:
            line = f"{line} {word}".strip()
            continue
        room = width - len(line) - 2
        if 3 <= room < len(word) - 2 and word.isalpha() and chance.random() < 0.8:
            lines.append(f"{line} {word[:room]}-")
            line = word[room:]
        else:
            lines.append(line)
            line = word
    return "\n".join([*lines, line]) + "\n"


@pytest.mark.parametrize(("width", "seed"), [(60, 1), (72, 2), (100, 3)])
def test_passages_are_found_in_another_rendition(
    graph: Store, sources: Path, tmp_path: Path, width: int, seed: int
) -> None:
    for path in sources.glob("0*.txt"):
        other = rendition(path.read_text(encoding="utf-8"), width, seed)
        (tmp_path / path.name).write_text(other, encoding="utf-8")
    counts, failures = passages.verify(graph, tmp_path)
    total = sum(int(str(row["passages"])) for row in counts.dicts())
    held = sum(int(str(row["hold"])) for row in counts.dicts())
    assert {row["document"] for row in counts.dicts()} == {"another rendition"}
    assert held / total >= 0.98, failures.rows[:10]


def test_a_passage_is_cited_from_another_rendition_too(sources: Path, tmp_path: Path) -> None:
    """What `verify` knows by its content, `cite` knows."""
    for path in sources.glob("0*.txt"):
        text = rendition(path.read_text(encoding="utf-8"), 72, 2)
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    words = "a memorandum of cooperation with relevant agencies"
    blocks = [
        CliRunner().invoke(cli.main, ["cite", "timesca-2026", words, "--sources", str(folder)]).output.splitlines()
        for folder in (sources, tmp_path)
    ]
    there, here = ({line.partition(" = ")[0]: line for line in block} for block in blocks)
    assert there["fingerprint"] == here["fingerprint"]
    assert there["length"] == here["length"]


def test_every_passage_holds(graph: Store, sources: Path) -> None:
    counts, failures = passages.verify(graph, sources)
    assert not failures.rows
    assert {row["document"] for row in counts.dicts()} == {"same file"}


def test_a_changed_document_is_noticed(graph: Store, sources: Path, tmp_path: Path) -> None:
    for path in sources.glob("0*.txt"):
        text = path.read_text(encoding="utf-8")
        (tmp_path / path.name).write_text(text.replace("Belgium", "Denmark"), encoding="utf-8")
    _, failures = passages.verify(graph, tmp_path)
    assert 0 < len(failures) < 60
    assert {row["problem"] for row in failures.dicts()} == {"the passage is not in the document"}


def test_a_missing_document_is_named(graph: Store, tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    counts, failures = passages.verify(graph, tmp_path)
    assert {row["document"] for row in counts.dicts()} == {"missing"}
    assert len(failures) == len(passages.cited(graph))


def test_no_sentence_of_a_source_is_in_the_project(sources: Path) -> None:
    """Titles, names and numbers are taken over; running text is not: no twelve words in a row."""
    size = 12
    taken: dict[str, str] = {}
    for path in sources.glob("0*.txt"):
        found = Document.read(path).words
        for at in range(len(found) - size):
            taken.setdefault(" ".join(found[at : at + size]), path.name)
    offenders = []
    for path in sorted((Path(__file__).parents[1] / "data").rglob("*.toml")):
        for field, text in prose(curated.read_table(path)):
            mine = words(text)
            if any(" ".join(mine[at : at + size]) in taken for at in range(len(mine) - size + 1)):
                offenders.append(f"{path}: {field}: {text[:80]}: say it in your own words")
    assert not offenders, "\n".join(offenders)


def prose(table: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield every text of a record that is not a title, a name or an address."""
    for field, value in table.items():
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, dict):
                yield from prose(one)
            elif isinstance(one, str) and field not in {"title", "name", "label", "altLabel", "url", "section"}:
                yield field, one
