from __future__ import annotations

import csv
import io
import json
import time
from decimal import Decimal
from typing import Any
from unicodedata import east_asian_width

import pytest
import wcwidth

from cagraph import formats, queries, rows, terminal
from cagraph.api import Cagraph
from cagraph.errors import UsageFault
from cagraph.store import Store, cells

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


ENDS = ("\n", "\r", "\r\n", "\t", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029")
CONTROLS = [*(chr(n) for n in (*range(9), *range(14, 32), *range(127, 160)) if chr(n) not in ENDS)]
BIDI = [*map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A)))]
NOTHING = ["\ufffe", "\uffff", "\ud800", "\udfff", "\ufeff"]
HOSTILE = [*ENDS, *CONTROLS, *BIDI, *NOTHING]


@pytest.mark.parametrize("columns", [1, 2, 5])
def test_whatever_stands_in_cells_tsv_has_a_line_a_row_and_csv_reads_back_as_many(columns: int) -> None:
    cells: list[rows.Cell] = [None, "", " ", "x", '"', "a|b", ("a", "b"), *HOSTILE, *(f"a{sign}b" for sign in HOSTILE)]
    answer = rows.Rows(tuple(f"c{n}" for n in range(columns)), [(cell,) * columns for cell in cells])
    text = formats.tsv(answer)
    assert text.count("\n") == len(text.splitlines()) == len(cells) + 1
    assert {line.count("\t") for line in text.splitlines()} == {columns - 1}
    assert all(text.splitlines()), "readers skip blank lines"
    for format_ in ("csv", "excel-csv"):
        written = formats.write(answer, format_).removeprefix("\ufeff")
        read = list(csv.reader(io.StringIO(written, newline="")))
        assert [len(line) for line in read] == [columns] * (len(cells) + 1)
        assert written.replace("\r\n", "\n").encode().isascii() or not set(written) & {*CONTROLS, *BIDI}


@pytest.mark.parametrize("format_", [name for name in formats.WRITERS if name != "excel-csv"])
def test_no_writer_hands_on_a_sign_that_steers(format_: str) -> None:
    answer = rows.Rows(("a", "b"), [(f"a{sign}b", sign) for sign in HOSTILE])
    text = formats.write(answer, format_)
    assert not set(text) & {*HOSTILE} - {"\n", "\t"}
    assert text.encode()
    if format_ == "json":
        assert [row["b"] for row in json.loads(text)] == HOSTILE, "JSON can say them all"


def test_a_text_of_many_lines_and_what_stands_around_rows_do_not_steer_the_terminal() -> None:
    steering = "".join(CONTROLS + BIDI)
    told = rows.Rows(("a", "role"), [("x", f"y{steering}")], text=f"x\r\n y{steering}z")
    assert terminal.text(told, 80) == "x\n yz"
    told = rows.Rows(("a", "role"), [("x", "y")], title="a", headings=("role", {"y": steering}), lead=steering)
    assert not set(terminal.text(told, 80)) & {*HOSTILE} - {"\n"}


NUMBERS = {
    "integer": ["0", "-7", "9" * 30, "9" * 5000, "0" * 5 + "1"],
    "decimal": ["12345678901234567.89", "0.1", "-0.00001", "1.5", "800.0", "1" * 400 + ".5", "0.1234567890123456789", ".5", "+2.50"],
    "double": ["0.1", "1e300", "1e-7", "123456.75", "-2.5e3"],
    "nonNegativeInteger": ["18446744073709551616"], "unsignedByte": ["255"], "short": ["-5"], "float": ["0.25"],
}  # fmt: skip
XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.mark.parametrize(("datatype", "text"), [(name, text) for name, texts in NUMBERS.items() for text in texts])
def test_every_writer_gives_every_digit_of_a_number(datatype: str, text: str) -> None:
    cell = cells.literal(text, XSD + datatype)
    assert not isinstance(cell, str)
    answer = rows.Rows(("n",), [(cell,)])
    wanted = Decimal(text)
    assert json.loads(formats.json(answer), parse_float=Decimal, parse_int=Decimal)[0]["n"] == wanted
    for written in (formats.tsv(answer), formats.csv(answer), formats.excel(answer)):
        number = written.split("\n")[1].strip()
        assert Decimal(number) == wanted
        assert datatype == "double" or "e" not in number.lower()


@pytest.mark.parametrize(
    ("datatype", "text"),
    [
        ("double", "INF"), ("double", "-INF"), ("double", "NaN"), ("double", "1e400"), ("integer", "1_000"),
        ("integer", "٣"), ("decimal", "1e5"), ("integer", "5.0"), ("decimal", "."), ("decimal", "+-5"), ("decimal", "abc"),
        ("integer", ""), ("boolean", "maybe"), ("float", "1_0"),
    ],
)  # fmt: skip
def test_what_is_no_number_stays_the_text_it_is(datatype: str, text: str) -> None:
    assert cells.literal(text, XSD + datatype) == text
    assert json.loads(formats.json(rows.Rows(("n",), [(cells.literal(text, XSD + datatype),)]))) == [{"n": text}]


def test_a_column_with_a_number_that_no_float_holds_can_be_added_up() -> None:
    column = [cells.literal(text, XSD + "decimal") for text in ("0.1", "12345678901234567.89", "3")]
    found: list[Any] = [row[0] for row in cells.in_step([(cell,) for cell in column])]
    assert sum(found) == Decimal("12345678901234570.99")
    floats: list[tuple[rows.Cell, ...]] = [(0.5,), (1,)]
    assert cells.in_step(floats) is floats


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


SCRIPTS = {
    "thai": "บันทึกความเข้าใจว่าด้วยการจ้างแรงงาน", "devanagari": "प्रवासी श्रमिक समझौता क्षत्रिय", "arabic": "اتّفاقيّة العمل",
    "hebrew": "הֶסְכֵּם", "tamil": "தொழிலாளர் ஒப்பந்தம்", "jamo": "한국", "korean": "대한민국", "japanese": "ベトナム協定",
    "chinese": "中华人民共和国", "family": "👩\u200d👩\u200d👧\u200d👦", "heart": "❤\ufe0f", "flag": "🇰🇿🇺🇿", "skin": "👋🏽", "marks": "e\u0301u\u0308" * 9,
    "cyrillic": "Қазақстан — ўзбек", "latin": "Türkiye’de", "burmese": "မြန်မာနိုင်ငံ", "khmer": "កម្ពុជា",
}  # fmt: skip


def test_columns_stand_in_line_in_every_script() -> None:
    answer = rows.Rows(("name", "mark"), [(text, f"@{name}") for name, text in SCRIPTS.items()])
    places = {
        wcwidth.wcswidth(line.partition("@")[0]) for line in terminal.text(answer, 100).splitlines() if "@" in line
    }
    assert len(places) == 1


@pytest.mark.parametrize("script", SCRIPTS)
def test_no_fold_parts_a_letter_from_its_marks(script: str) -> None:
    word = SCRIPTS[script].replace(" ", "") * 20
    whole = list(wcwidth.iter_graphemes(word))
    lines = terminal.text(rows.Rows(("a", "b"), [("1", word), ("2", "3 " * 200)]), 60).splitlines()
    found: list[str] = []
    for line in lines:
        assert wcwidth.wcswidth(line) <= 60
        found += [one for one in wcwidth.iter_graphemes(line.strip()) if one in whole]
    assert "".join(found) == word


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
    numbers: list[tuple[rows.Cell, ...]] = [(2**60 + 1, 2**70, Decimal("12345678901234567.89")), (None, 1, None)]
    exact = rows.Rows(("a", "b", "c"), numbers).to_pandas()
    assert [exact[name][0] for name in "abc"] == list(numbers[0])


FORMULAS = (
    "=1+1",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "=cmd|' /C calc'!A0",
    "\uff1d1",
    "-",
    "+",
)


def test_a_spreadsheet_finds_no_formula_and_every_number() -> None:
    answer = rows.Rows(
        ("t", "n"),
        [*((text, -5) for text in FORMULAS), ("-46.6", 0.5), ("+7", Decimal("-1.5")), (("=1", "b"), None), ("Ў", True)],
    )
    text = formats.excel(answer)
    assert text.startswith("\ufefft,n\r\n")
    assert text.count("\n") - text.count("\r\n") == sum("\n" in one or "\r" in one for one in FORMULAS)
    read = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert all(line[0].startswith("'") for line in read[1 : len(FORMULAS) + 1])
    assert [line[1] for line in read[1:]] == ["-5"] * len(FORMULAS) + ["0.5", "-1.5", "", "true"]
    assert [line[0] for line in read[len(FORMULAS) + 1 :]] == ["-46.6", "+7", "'=1|b", "Ў"]
    assert "\r\n=1+1,-5\r\n".replace("\r", "") in formats.csv(answer), "plain CSV is as the graph has it"
