from __future__ import annotations

import csv
import io
import json
import time

import pytest

from cagraph import formats, rows, terminal
from cagraph.errors import UsageFault

ANSWER = rows.Rows(
    ("id", "label", "count", "parties"),
    [("tj-be", 'A "quoted", label', 3, ("BE", "TJ")), ("x", "tab\there\nand line", None, ())],
)


def test_json_keeps_types_and_lists() -> None:
    found = json.loads(formats.json(ANSWER))
    assert found[0] == {"id": "tj-be", "label": 'A "quoted", label', "count": 3, "parties": ["BE", "TJ"]}
    assert found[1]["count"] is None


def test_csv_reads_back() -> None:
    lines = list(csv.reader(io.StringIO(formats.csv(ANSWER))))
    assert lines[1] == ["tj-be", 'A "quoted", label', "3", "BE|TJ"]


def test_tsv_has_one_line_a_row() -> None:
    text = formats.tsv(ANSWER)
    assert [line.count("\t") for line in text.splitlines()] == [3, 3, 3]


def test_markdown_cells_cannot_break_out() -> None:
    text = formats.markdown(rows.Rows(("a",), [("x | y <script>`\n| z",)]))
    assert text.count("\n") == 3
    assert "<script>" not in text.replace("\\<", "")


def test_a_table_fits_the_terminal_and_loses_no_word() -> None:
    wide = rows.Rows(("name", "text"), [("n" * 30, "word " * 60)])
    text = terminal.text(wide, 80)
    assert max(map(len, text.splitlines())) <= 80
    assert text.count("word") == 60
    assert "".join(text.split()).count("n" * 30) == 1


def test_wide_characters_are_counted_by_their_width() -> None:
    lines = terminal.text(rows.Rows(("a", "b"), [("대한민국", "x"), ("kr", "y")]), 60).splitlines()
    assert lines[2].index("x") + 4 == lines[3].index("y")


def test_an_empty_answer_still_has_its_header() -> None:
    for name in formats.WRITERS:
        assert formats.write(rows.Rows(("id",)), name)


def test_an_unknown_format_is_named() -> None:
    with pytest.raises(UsageFault, match="yaml"):
        formats.write(ANSWER, "yaml")


def test_a_table_does_not_steer_the_terminal() -> None:
    text = terminal.text(rows.Rows(("a",), [("x\x1b[31my\x00\x9b z",)]))
    assert text.splitlines()[2] == "x[31my z"


def test_long_words_of_wide_characters_fit_the_terminal() -> None:
    text = terminal.text(rows.Rows(("a", "b"), [("대한민국" * 30, "y" * 300)]), 60)
    assert all(sum(1 + (c >= "가") for c in line) <= 60 for line in text.splitlines()[2:])
    assert text.count("대") == 30
    assert text.count("y") == 300


def test_a_huge_cell_is_folded_in_little_time() -> None:
    started = time.process_time()
    text = terminal.text(rows.Rows(("a", "b"), [("x " * 200_000, "y" * 1_000_000)]), 80)
    assert (text.count("x"), text.count("y")) == (200_000, 1_000_000)
    assert time.process_time() - started < 10
