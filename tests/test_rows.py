from __future__ import annotations

import csv
import io
import json
import time
from typing import Any
from unicodedata import east_asian_width

import pytest

from cagraph import formats, queries, rows, terminal
from cagraph.api import Cagraph
from cagraph.errors import UsageFault
from cagraph.store import Store

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


THINGS = rows.Rows(
    ("id", "label", "role", "date"),
    [("a", "The first " + "long " * 40 + "label", "own", "2021"), ("b", "The second", "guest", ""), ("c", "The third", "own", "2022")],
    shown=("date", "id"), title="label", headings=("role", {"own": "Of one's own", "guest": "Of others"}),
)  # fmt: skip


def test_a_thing_takes_its_label_whole_and_one_line_below() -> None:
    lines = terminal.text(THINGS, 80).splitlines()
    assert max(map(len, lines)) <= 80
    assert " ".join(lines).count("long") == 40
    assert "    2021 · a" in lines
    assert "    b" in lines


@pytest.mark.parametrize("width", [60, 80, 100, 200])
def test_no_answer_is_wider_than_the_terminal_or_crushed(graph: Store, width: int) -> None:
    """Every named query and the answers of every shape; only a word longer than the line may stick out."""
    api = Cagraph(graph)
    examples: dict[str, Any] = {name: queries.load(name).example for name in queries.names()}
    answers = [api.query(name, **values) for name, values in examples.items()]
    answers += [
        api.sources(),
        api.coverage(),
        api.duplicates(),
        api.conflicts(),
        api.show("tj"),
        api.show("iom"),
    ]
    answers += [api.search("migration"), api.schemes("ru"), api.timeline("uz"), api.compare("kz", "uz"), api.queries()]
    for answer in answers:
        assert isinstance(answer, rows.Rows)
        for line in terminal.text(answer, width).splitlines():
            assert sum(1 + (east_asian_width(c) in "WF") for c in line) <= width or " " not in line.strip(), line


def test_things_stand_under_the_heading_of_their_role() -> None:
    text = terminal.text(THINGS, 80)
    assert text.index("Of one's own") < text.index("The first") < text.index("The third") < text.index("Of others")


def test_rows_that_a_table_would_crush_become_entries() -> None:
    wide = rows.Rows(("label", "note", "more"), [("A name", "word " * 60, "other " * 60)])
    assert "────" not in terminal.text(wide, 80)
    assert "────" in terminal.text(rows.Rows(("label", "note"), [("A name", "word")]), 80)


def test_an_answer_is_a_sequence_of_rows() -> None:
    assert [row.id for row in ANSWER] == ANSWER["id"] == ["tj-be", "x"]
    assert ANSWER[0]["count"] == 3
    assert isinstance(ANSWER[:1], rows.Rows)
    with pytest.raises(AttributeError, match="no column 'colour'; there are id, label"):
        _ = ANSWER[0].colour
    assert rows.Rows(("evidence",), [(("b", "a"),), ("c",), ("",)]).evidence == ("a", "b", "c")


def test_the_first_rows_say_how_many_are_left_out() -> None:
    assert ANSWER.first(1).notes == ("1 of 2 rows; --limit leaves out the rest",)
    assert ANSWER.first(0) is ANSWER
    with pytest.raises(UsageFault, match="is no limit"):
        ANSWER.first(-1)


def test_a_notebook_shows_a_table_that_nothing_breaks_out_of() -> None:
    html = rows.Rows(("a_b",), [("<script>",)], notes=("a & b",))._repr_html_()
    assert "<th>a b</th>" in html
    assert "&lt;script&gt;" in html
    assert "<p>a &amp; b</p>" in html


def test_pandas_and_polars_style_readers_take_an_answer_as_it_is() -> None:
    pandas = pytest.importorskip("pandas")
    frame = pandas.DataFrame(ANSWER)
    assert list(frame.columns) == list(ANSWER.columns)
    assert frame["id"].tolist() == ["tj-be", "x"]
    ours = rows.Rows(("n", "m"), [(1, "a"), (None, "b")], notes=("told",)).to_pandas()
    assert str(ours["n"].dtype) == "Int64"
    assert ours.attrs["notes"] == ("told",)
    assert list(rows.Rows(("n",)).to_pandas().columns) == ["n"]
