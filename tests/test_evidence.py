"""Passages: found where they stand, in the document itself and in another rendition of it."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cagraph import cli
from cagraph.answers import evidence as passages
from cagraph.curated import loading as curated
from cagraph.curated.documents import Document
from cagraph.curated.renditions import match_documents
from cagraph.curated.tables import read_table
from cagraph.curated.words import fingerprint, words
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
    assert (passage.position, passage.length, passage.line, passage.footnote) == (5, 6, 3, 0)
    assert document.find(passage) == 5
    assert document.excerpt(5, 6) == "dated 21<sup>st</sup> of May<sup>12</sup>, was signed."


def test_an_ellipsis_spans_the_middle(document: Document) -> None:
    passage = document.cite("source", "It was registered ... dated 22 of May")
    assert words(document.excerpt(passage.position, passage.length))[-1] == "may"


def test_a_passage_in_a_footnote_names_it(document: Document) -> None:
    assert document.cite("source", "No. 477-IV of 2011").footnote == 12


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
    assert there["passage"].split("+")[1] == here["passage"].split("+")[1]  # length, version and fingerprint


_SIGNS = re.compile(r"(?<=\d)\s?[^\w\s]+\s?(?=\d)")
"""What stands between two digits, alone or in white space."""


def test_every_sign_between_digits_is_seen(graph: Store, sources: Path) -> None:
    """Taken out, moved by a digit, or another in its place: the passage is no longer the one that was cited."""
    cited = {passages.passage(row) for row in passages.cited(graph).values()}
    seen = 0
    for source, document in passages.documents(graph, sources).items():
        for passage in (one for one in cited if one.source == source):
            text = raw(document, passage.position, passage.length)
            assert fingerprint(words(text)) == passage.fingerprint
            for found in _SIGNS.finditer(text):
                if not in_markup(text, found):
                    seen += 1
                    for changed in changes(text, *found.span()):
                        assert fingerprint(words(changed)) != passage.fingerprint, (found, text)
    assert seen > 900


def in_markup(text: str, found: re.Match[str]) -> bool:
    """Tell whether a sign is markup: of an emphasis, or in a tag or the address of a link, which other renditions lack."""
    tags = re.finditer(r"</?[a-z]+(?:\s[^<>]*)?>|\]\([^)\s]*\)|<sup>\s*\d+\s*</sup>", text)
    return not found[0].strip("*_`#\\ ") or any(tag.start() < found.end() and found.start() < tag.end() for tag in tags)


def raw(document: Document, position: int, length: int) -> str:
    """Return the characters of a passage as the document has them."""
    following = position + length
    end = document.found[following].offset if following < len(document.found) else len(document.text)
    return document.text[document.found[position].offset : end]


def changes(text: str, start: int, end: int) -> Iterator[str]:
    """Yield a text without one of its signs, with it a digit further on or back, and with another one."""
    sign = text[start:end]
    yield text[:start] + text[end:]
    yield text[:start] + " " + text[end:]
    if sign.strip() == sign:
        yield text[:start] + text[end] + sign + text[end + 1 :]
        yield text[: start - 1] + sign + text[start - 1 : start] + text[end:]
    yield text[:start] + sign.replace(sign.strip(), ";" if sign.strip() == "," else ",") + text[end:]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2.5 billion", "25 billion"), ("2020-2021", "20202021"), ("1,000", "1000"), ("12.05.2021", "12.052021"),
        ("2020 - 2021", "2020 2021"), ("-5 %", "5 %"), ("5 %", "5"), ("$5", "5"), ("$5", "€5"), ("10²", "102"),
        ("10:30", "10.30"), ("1/2", "12"), ("½", "12"), ("No. 477-IV", "No. 477IV"), ("18+", "18"), (".5", "5"),
        ("2019, 2020", "2019 2020"), ("$ 14.8", "14.8"), ("$ 14.8", "€ 14.8"), ("5 €", "5 $"), ("1\n-2", "1\n2"), ("3_5", "35"), ("3*5", "35"),
    ],
)  # fmt: skip
def test_numbers_that_differ_have_other_words(one: str, other: str) -> None:
    assert words(one) != words(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2020\u20132021", "2020-2021"), ("2020\u20112021", "2020-2021"), ("2020 \u2014 2021", "2020 - 2021"),
        ("2020-\n2021", "2020-2021"), ("COVID-\n19", "COVID-19"), ("5\u00a0%", "5%"), ("\u22125", "-5"),
        ("**2.5**", "2.5"), ("2\\.5", "2.5"), ("\u201c2.5\u201d", '"2.5"'), ("1\u20442", "½"), ("a|b", "a b"),
        ("2019.<sup>12</sup> It", "2019. It"), ("post-\nsoviet", "postsoviet"), ("2\u00ad5", "25"), ("5|6", "5 6"),
    ],
)  # fmt: skip
def test_another_rendition_has_the_same_words(one: str, other: str) -> None:
    assert words(one) == words(other)


def test_a_document_that_is_not_utf_8_is_said_to_be_so(graph: Store, sources: Path, tmp_path: Path) -> None:
    for path in sources.glob("0*.txt"):
        (tmp_path / path.name).write_bytes(path.read_text(encoding="utf-8").encode("cp1251", errors="replace"))
    answer = CliRunner().invoke(cli.main, ["verify", "--sources", str(tmp_path)])
    assert answer.exit_code == 1
    assert "is not UTF-8 text" in answer.output


def test_another_file_beside_the_documents_may_be_anything(graph: Store, sources: Path, tmp_path: Path) -> None:
    for path in sources.glob("0*.txt"):
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "notes.txt").write_bytes(b"\xff\xfe\xff")
    assert not passages.verify(graph, tmp_path)[1].rows


def test_decimal_points_taken_out_are_noticed(graph: Store, sources: Path, tmp_path: Path) -> None:
    for path in sources.glob("0*.txt"):
        text = re.sub(r"(?<=\d)\.(?=\d)", "", path.read_text(encoding="utf-8"))
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    assert len(passages.verify(graph, tmp_path)[1]) > 150


def test_of_words_that_stand_twice_each_is_where_its_neighbours_are(
    graph: Store, sources: Path, tmp_path: Path
) -> None:
    """The summary and a chapter tell one number in the same words: changed in one place, it is noticed."""
    for path in sources.glob("0*.txt"):
        text = path.read_text(encoding="utf-8").replace("USD 2.7 billion", "USD 3.9 billion", 1)
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    failures = passages.verify(graph, tmp_path)[1].dicts()
    assert {row["line"] for row in failures} == {81}


def test_a_passage_on_another_line_than_recorded_is_noticed(sources: Path) -> None:
    document = Document.read(next(sources.glob("003*.txt")))
    where = document.cite("yearbook-2023", document.excerpt(6433, 12))
    problem = passages._problem(where, where.position, document, document.checksum)
    assert not problem
    moved = replace(where, line=where.line + 1)
    assert "stands on line" in passages._problem(moved, where.position, document, document.checksum)
    assert not passages._problem(moved, where.position, document, "another file")


def test_headings_stand_where_the_outline_says(sources: Path) -> None:
    """Each line that a source record names as a heading begins with it, or with what it is a short form of."""
    data = Path(__file__).parents[1] / "data"
    documents = match_documents(sources, curated.source_checksums(data), curated.cited_passages(data))
    wrong = []
    for source, outline in curated.outlines(data).items():
        lines = documents[source].text.split("\n")
        for heading in outline:
            title, there = words(heading.title), words(lines[heading.line - 1])
            if there[: len(title)] != title and not set(there) <= set(title):
                wrong.append(f"{source} line {heading.line}: {heading.title}")
    assert not wrong, "correct the line or the title in data/sources"


def test_a_passage_lies_in_the_section_that_stands_over_it(graph: Store) -> None:
    """Of those that once were wrong: page furniture, footnotes and run-in headings."""
    said = {(str(r["source"]), int(str(r["line"]))): str(r["section"]) for r in passages.cited(graph).values()}
    assert not [section for section in said.values() if "Received:" in section or "army" in section]
    assert {section.partition(",")[0] for (source, _), section in said.items() if source == "yearbook-2023"} >= {
        "Kazakhstan", "Kyrgyzstan", "Russia", "Tajikistan", "Turkmenistan", "Uzbekistan", "Summary",
    }  # fmt: skip
    assert (
        said["yearbook-2023", 1720]
        == "Uzbekistan, Migrants' remittances. The role of labor migration in the social and economic development of Uzbekistan"
    )


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
    assert len(failures) == len(counts)
    assert all("the document is not in the folder" in str(row["problem"]) for row in failures.dicts())
    assert "no source document was recognised" in failures.notes[0]


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
        for field, text in prose(read_table(path)):
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
            elif isinstance(one, str) and field not in {"title", "name", "label", "altLabel", "url", "at"}:
                yield field, one
