"""Hostile curated files: refused with a cure or read right, never lost, never a traceback."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cagraph import cli
from cagraph.curated import canonical, loading, signs, vocabulary
from cagraph.curated.lines import LARGEST
from cagraph.curated.tables import read_table
from cagraph.errors import DataFault, Fault, visible

ROOT = Path(__file__).parents[1]
TINY = ROOT / "tests/tiny"
TERMS = vocabulary.load(ROOT / "ontology")
COUNTRIES = dict.fromkeys(["kz", "uz", "ru", "kr", "kg", "tj", "tm"])
LAW = 'id = "kz-law-x"\nkind = "Law"\nlabel = "A law"\n'
BLOCK = '\n[[evidence]]\npassage = "book 900+5 2:' + "ab" * 32 + '"\nat = "line 9"\njurisdiction = ["kz"]\n'


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a copy of the small data."""
    shutil.copytree(TINY, tmp_path / "data")
    return tmp_path / "data"


def put(data: Path, text: str | bytes, name: str = "kz/laws/kz-law-x.toml") -> Path:
    path = data / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def run(*args: str | Path) -> Result:
    found = CliRunner().invoke(cli.main, list(map(str, args)))
    assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
    return found


# What is written is read back.

KEYS = ["id", "kind", "label", "altLabel", "party", "figure x", "", "a.b", 'q"uote', "тест", "back\\slash", "evidence",
        "action", "figure", "outline", "preference", "conflict", "passage", "at", "date", "quote", "line", "a\tb", "x\x7f"]  # fmt: skip
STRINGS = ["", "plain", 'say "so"', "back\\slash", "tab\there", "line\nbreak", "\x00\x07\x1b", "\x7f\x9b", "\u202etrojan",
           "# no comment", "''' and \"\"\"", "é e\u0301", "🇰🇿", "\ufeff", "x" * 120, "end\\", "2021-05", "book 1+2 2:" + "0" * 64, "line 3"]  # fmt: skip
NUMBERS = ["0", "-1", "0xff", "1_000", "1e3", "-0.0", "5e-324", "1e22", "inf", "nan", "-inf", "9223372036854775807",
           "9223372036854775808", "9" * 400, "true", "false", "0b1", "3.14"]  # fmt: skip
OTHERS = ["1979-05-27", "07:32:00", "1979-05-27T07:32:00Z", "1979-05-27T07:32:00.9", "{}", "{ a = 1 }", "[]", "[[1], [2]]",
          '[1, "a", true]', '["a", { b = 1 }]', '{ a = { "b c" = [1] } }', "[1979-05-27]", "[{}]", '[{ date = "2021" }, { date = 1 }]']  # fmt: skip


def quoted(text: str, chance: random.Random) -> str:
    """Return a text as a string of TOML, in one of its four forms where that can hold it."""
    escaped = "".join(
        f"\\u{ord(c):04x}" if (c < " " or c in '\\"\x7f') or (c < "\uffff" and chance.random() < 0.05) else c
        for c in text
    )
    forms = [f'"{escaped}"', f'"""{escaped}"""', f'"""\n{escaped}\\\n   """']
    if not any(c < " " or c in "'\x7f" for c in text):
        forms += [f"'{text}'", f"'''{text}'''"]
    return chance.choice(forms)


def tables(chance: random.Random) -> str:
    """Return some TOML, most of it sound."""

    def value() -> str:
        kind = chance.random()
        if kind < 0.6:
            return quoted(chance.choice(STRINGS), chance)
        if kind < 0.75:
            return f"[{', '.join(quoted(chance.choice(STRINGS), chance) for _ in range(chance.randint(0, 9)))}]"
        return chance.choice(NUMBERS[:8] if kind < 0.9 else [*NUMBERS, *OTHERS])

    def pairs() -> Iterator[str]:
        for key in chance.sample(KEYS, chance.randint(0, 4)):
            yield f"{key if key.isalpha() and key.isascii() else quoted_key(key, chance)} = {value()}"

    lines = list(pairs())
    heads = [
        "[[evidence]]",
        "[[evidence.action]]",
        "[[evidence.figure]]",
        "[[outline]]",
        "[[preference]]",
        "[[conflict]]",
    ]
    for _ in range(chance.randint(0, 5)):
        lines += [
            chance.choice(heads if chance.random() < 0.9 else ["[a]", "[a.b]", "[[action]]", "[x.'y z']", "[[a.b]]"]),
            *pairs(),
        ]
    end = chance.choice(["\n", "\n", "\n", "\r\n"])
    text = end.join(lines) + end
    return chance.choice(["", "", "", "\ufeff"]) + text + ("# a comment\n" if chance.random() < 0.05 else "")


def quoted_key(key: str, chance: random.Random) -> str:
    return "".join(['"', *(f"\\u{ord(c):04x}" if c < " " or c in '\\"\x7f' else c for c in key), '"'])


def meaning(table: dict[str, Any]) -> dict[str, Any]:
    """Return a record without the order of what the canonical form orders."""

    def unordered(several: Any) -> Any:
        return (
            sorted(several, key=repr)
            if isinstance(several, list) and all(isinstance(o, dict) for o in several)
            else several
        )

    def plain(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: unordered(plain(value[name])) for name in sorted(value)}
        return [plain(one) for one in value] if isinstance(value, list) else value

    found: dict[str, Any] = plain(table)
    return found


def test_what_is_formatted_says_the_same_or_is_refused_and_stays(tmp_path: Path) -> None:
    """Over tables of every kind: 4,000 of them, the same at each run."""
    chance = random.Random(20261125)  # noqa: S311 - no secret
    done = 0
    refusals: list[Fault] = []
    for _ in range(4000):
        text = tables(chance)
        path = put(tmp_path, text, "x.toml")
        before = path.read_bytes()
        try:
            canonical.differs(path, TERMS, {}, write=True)
        except DataFault as refused:
            assert path.read_bytes() == before
            refusals += refused.faults
            continue
        done += 1
        after = path.read_bytes()
        assert repr(meaning(tomllib.loads(after.decode()))) == repr(
            meaning(tomllib.loads(text.removeprefix("\ufeff")))
        ), text
        assert not after.startswith(b"\xef\xbb\xbf")
        assert b"\r" not in after
        assert not canonical.differs(path, TERMS, {}, write=False)
        assert not canonical.differs(path, TERMS, {}, write=True)
    assert done > 500
    assert len(refusals) > 500
    assert all(fault.problem and fault.cure for fault in refusals)


@pytest.mark.parametrize("key", ["figure x", "", "a.b", "тест", 'q"', "a\\b", "'", "é"])
def test_a_key_that_needs_quotes_gets_them(tmp_path: Path, key: str) -> None:
    written = key.replace("\\", "\\\\").replace('"', '\\"')
    path = put(tmp_path, f'id = "x"\n"{written}" = "y"\n', "x.toml")
    run("format", path)
    assert tomllib.loads(path.read_text(encoding="utf-8")) == {"id": "x", key: "y"}


@pytest.mark.parametrize(("mark", "end"), [(b"", b"\r\n"), (b"\xef\xbb\xbf", b"\n"), (b"\xef\xbb\xbf", b"\r\n")])
def test_line_ends_and_a_byte_order_mark_are_told_and_mended(data: Path, mark: bytes, end: bytes) -> None:
    path = data / "kz/laws/kz-law-on-migration.toml"
    run("format", path)
    clean = path.read_bytes()
    path.write_bytes(mark + clean.replace(b"\n", end))
    assert run("check", path).exit_code == 0
    told = run("format", "--check", path)
    assert told.exit_code == 1
    assert "not in canonical form" in told.output
    assert run("format", path).exit_code == 0
    assert path.read_bytes() == clean


def test_every_fault_is_told_and_the_good_files_are_written(data: Path) -> None:
    good = put(data, "kind = 'Law'\nid = 'kz-law-x'\nlabel = 'A law'\n")
    bad = [
        put(data, "x = [", "kz/laws/kz-law-a.toml"),
        put(data, LAW + "# a comment\n", "kz/laws/kz-law-b.toml"),
        put(data, LAW + "since = 2021-05-01\n", "kz/laws/kz-law-c.toml"),
    ]
    kept = [path.read_bytes() for path in bad]
    found = run("format", *bad[:2], good, bad[2])
    assert found.exit_code == 1
    assert good.read_text() == LAW
    assert [path.read_bytes() for path in bad] == kept
    assert all(f"{path}:" in found.output for path in bad)
    assert "3 faults" in found.output


# Signs that no text may hold.

HOSTILE = [
    "\\u001b[31m", "\\u0007", "\\u0000", "\\r", "\\n", "\\t", "\\u007f", "\u0085", "\u009b", "\u202e", "\u2066", "\u200f", "\ufeff",
    "\u200b", "\u00ad", "\u2060", "\ufffe", "\uffff", "\U000e0041", "\ue000", "\u2028", "\U0010ffff", "\ufdd0", "e\u0301", "\u212b",
]  # fmt: skip
PLACES = [
    LAW.replace("A law", "A {}law") + BLOCK,
    LAW + 'altLabel = ["One", "An{}other"]\n' + BLOCK,
    LAW + 'description = "What it {}says."\n' + BLOCK,
    LAW + BLOCK + 'number = ["4{}7"]\n',
    LAW + BLOCK + 'provision = ["One.", "Another{} one."]\n',
    LAW + BLOCK + 'inference = "Read{} so."\n',
    LAW + BLOCK + 'accordingTo = "A person{}"\n',
    LAW + BLOCK + '\n[[evidence.action]]\nactionType = "adopted"\ndate = "2021"\nnote = "Has {}a note."\n',
    LAW + BLOCK + 'figure = [\n  {{ indicator = "agreements", area = "kz", breakdown = "a{}b", value = 5 }},\n]\n',
    LAW + '\n[[preference]]\nproperty = "number"\nprefers = "47"\nreason = "Its {}reason."\n' + BLOCK,
    LAW.replace("kz-law-x", "kz-law-{}x") + BLOCK,
]
SOURCE = (
    'id = "kz-law-x"\nkind = "Source"\nlabel = "A book"\ntitle = ["A {}book"]\nissued = ["2025"]\nchecksum = ["00"]\n'
)
PLACES += [SOURCE, SOURCE.replace("{}", "") + '\n[[outline]]\nline = 2\nlevel = 1\ntitle = "Chapter {}one"\n']


@pytest.mark.parametrize("place", range(len(PLACES)))
@pytest.mark.parametrize("sign", HOSTILE, ids=ascii)
def test_a_sign_that_no_text_may_hold_is_refused_with_its_line(data: Path, place: int, sign: str) -> None:
    text = PLACES[place].format(sign)
    path = put(data, text)
    found = loading.loaded(data, TERMS, COUNTRIES)
    told = [
        fault
        for fault in found.faults
        if fault.file == str(path) and ("U+" in fault.problem or "form C" in fault.problem)
    ]
    assert told, found.faults
    assert told[0].line == next(n for n, line in enumerate(text.split("\n"), 1) if sign in line)
    assert told[0].cure
    assert str(told[0]).isprintable()


@pytest.mark.parametrize(
    "text", ["Тоҷикистон", "ශ්\u200dරී ලංකාව", "می\u200cخواهم", "n°\u00a05", "“Xorijda Ish”", "中国", "O‘zbekiston"]
)
def test_a_text_of_any_language_is_none_of_them(text: str) -> None:
    assert signs.unfit(text) is None


def test_names_of_countries_hold_no_such_sign(data: Path) -> None:
    names = data / "countries.tsv"
    lines = names.read_text(encoding="utf-8").splitlines()
    names.write_text("\n".join([*lines, "FR\ten\tFrance\x1b[31m"]) + "\n", encoding="utf-8")
    found = run("check", data)
    assert found.exit_code == 1
    assert f"{names}:{len(lines) + 1}: " in found.output
    assert visible(found.output) == found.output


def test_the_ontology_holds_no_such_sign() -> None:
    for path in (ROOT / "ontology").glob("*.ttl"):
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            assert signs.unfit(line) is None, f"{path}:{number}"


def test_no_sign_of_the_data_steers_the_terminal_in_a_message(data: Path) -> None:
    """Ids, fields, values, file names: whatever is wrong with them."""
    put(data, 'id = "\\u001b[31m"\nkind = "\\u009b"\nlabel = "x"\n"\\u001b[2J" = 1\nsameAs = ["\\u202e"]\n')
    put(data, 'id = "x"\n"\\u001b]0;x\\u0007" = 1979-05-27\n', "concepts/\x1b[31m.toml")
    put(data, b"x = \x1b", "concepts/y.toml")
    for command in (["check"], ["format"]):
        found = run(*command, *sorted(data.rglob("*.toml")) if command == ["format"] else [data])
        assert found.exit_code == 1
        assert visible(found.output) == found.output


# Files that are none.


def oddities(data: Path) -> Iterator[tuple[Path, str]]:
    """Make files that cannot be read, each with what is said of it."""
    path = data / "concepts/a-folder.toml"
    path.mkdir()
    yield path, "not a file"
    path = data / "concepts/a-pipe.toml"
    os.mkfifo(path)
    yield path, "not a file"
    path = data / "concepts/a-link.toml"
    path.symlink_to(data / "nowhere")
    yield path, "leads nowhere"
    path = data / "concepts/a-circle.toml"
    path.symlink_to(path)
    yield path, "cannot be read"
    path = data / "concepts/large.toml"
    with path.open("wb") as file:
        file.truncate(1 << 30)
    yield path, f"keep it below {LARGEST:,}"
    yield put(data, "x = " + "[" * 100_000, "concepts/lists.toml"), "nested too deep"
    yield put(data, "x = " + "{a=" * 50_000, "concepts/tables.toml"), "not TOML"
    yield put(data, ".".join("a" * 100_000) + " = 1", "concepts/dotted.toml"), "nested too deep"
    yield put(data, "[" + ".".join("a" * 100_000) + "]", "concepts/headed.toml"), "nested too deep"
    yield put(data, "[" + ".".join(['"a"', "'b'"] * 50_000) + "]", "concepts/quoted.toml"), "nested too deep"
    yield put(data, "a.b.c.d.e.f.g.h={i.j.k.l.m={n.o.p.q.r.s=1}}", "concepts/mixed.toml"), "nested too deep"
    yield put(data, "x" * 6_000_000, "concepts/long-line.toml"), "not TOML"
    yield put(data, f'"{"y" * 6_000_000}" = 1\n' * 1 + f'"{"y" * 3_000_000}" = ', "concepts/long-key.toml"), "not TOML"
    yield put(data, "x = 1\nx = 2\n", "concepts/twice.toml"), "not TOML"
    yield put(data, "x = " + "9" * 5000, "concepts/number.toml"), "not TOML: a number has too many digits"
    long = f"s = '''\n{'1' * 3_000_000}\n'''\nx = [\n-9_9{'9' * 2_000_000}]"
    yield put(data, long, "concepts/longer.toml"), "longer.toml:5: longer: not TOML: a number has too many digits"
    yield put(data, 'id = "x"\n'.encode("utf-16"), "concepts/utf-16.toml"), "not UTF-8"
    yield put(data, b'id = "\xe9"\n', "concepts/latin-1.toml"), "not UTF-8"
    yield put(data, b'id = "\x00"\n', "concepts/nul.toml"), "not TOML"
    yield put(data, 'id = "x"\rkind = "Law"\r', "concepts/returns.toml"), "not TOML"


def test_what_cannot_be_read_is_told_by_name_and_nothing_hangs(data: Path) -> None:
    made = list(oddities(data))
    for command in (["build"], ["check", str(data)], ["check"]):
        found = subprocess.run(
            [sys.executable, "-m", "cagraph", *command], capture_output=True, text=True, timeout=120, check=False,
            env={**os.environ, "CAGRAPH_DATA": str(data)},
        )  # fmt: skip
        assert found.returncode == 1
        assert "Traceback" not in found.stderr
        assert len(found.stderr) < 20_000
        for path, says in made:
            assert any(f"{path}:" in line and says in line for line in found.stderr.splitlines()), (path, found.stderr)


def test_a_file_that_may_not_be_read_is_told_by_name(data: Path) -> None:
    path = put(data, LAW)
    if os.geteuid():
        path.chmod(0)
    else:  # root may read everything but this
        path.unlink()
        path.symlink_to("/proc/self/mem")
    assert "it cannot be read: " in run("check", path).output


def test_a_name_that_is_not_utf_8_is_told(data: Path) -> None:
    name = os.fsdecode(os.fsencode(data / "concepts") + b"/\xff.toml")
    with open(name, "w", encoding="utf-8") as file:  # noqa: PTH123 - a name that no text can hold
        file.write('id = "x"\nkind = "Concept"\nlabel = "X"\n')
    found = run("check", data)
    assert found.exit_code == 1
    assert "\\udcff.toml:1: " in found.output
    assert len(loading.digest(data)) == 64


def test_hidden_files_are_no_data(data: Path) -> None:
    """Editors leave links and copies that begin with a dot."""
    (data / "concepts/.#return.toml").symlink_to("someone@host.1234")
    put(data, "x = [", "concepts/.return.toml.toml")
    assert not loading.loaded(data, TERMS, COUNTRIES).faults


@pytest.mark.parametrize("depth", [3, 8])
def test_a_long_path_is_read(tmp_path: Path, depth: int) -> None:
    deep = tmp_path.joinpath(*["d" * 100] * depth, "data")
    shutil.copytree(TINY, deep)
    assert len(loading.load(deep, TERMS, COUNTRIES)) > 15


def test_a_table_of_any_shape_is_read_or_refused(data: Path) -> None:
    """Whatever type stands where another belongs, in a record of any kind: no other error, and what passes builds."""
    chance = random.Random(7)  # noqa: S311 - no secret
    names = [*TERMS.terms, "id", "kind", "outline", "preference", "conflict", "evidence", "action", "figure", "passage", "at", "review", "quote",
             "source", "line", "level", "title", "checksum"]  # fmt: skip
    values = [
        *OTHERS,
        *NUMBERS,
        '"kz"',
        '["kz", "uz"]',
        '"2021/2020"',
        '"book"',
        '""',
        '[""]',
        '"Law"',
        '"Source"',
        '{ passage = "book 1+1 2:0" }',
    ]
    for number in range(300):
        heads = ["", "[[evidence]]", "[[evidence.action]]", "[[outline]]", "[[preference]]", "[[conflict]]"]
        text = f'id = "kz-law-x"\nkind = "{chance.choice(["Law", "Source", "FigureSet"])}"\nlabel = "X"\n'
        for head in chance.sample(heads, 3):
            fields = [f"{name} = {chance.choice(values)}" for name in chance.sample(names, 4)]
            text += (
                "\n".join([head, *(field for field in fields if head or field[:5] not in {"id = ", "kind ", "label"})])
                + "\n"
            )
        path = put(data, text, f"kz/laws/kz-law-x{number}.toml")
        try:
            read_table(path)
        except DataFault:
            path.unlink()
    found = loading.loaded(data, TERMS, COUNTRIES)
    assert all(fault.problem and fault.cure for fault in found.faults)


# Retired ids.


def redirect(name: str, new: str, kind: str = "Concept") -> str:
    return f'id = "{name}"\nkind = "{kind}"\nlabel = "{name}"\nisReplacedBy = "{new}"\n'


@pytest.mark.parametrize(
    ("records", "says"),
    [
        ({"a": "a"}, "'a' is a retired id; the ids replace each other in a circle"),
        ({"a": "b", "b": "a"}, "'b' is a retired id; the ids replace each other in a circle"),
        ({"a": "b", "b": "c", "c": "a"}, "in a circle"),
        ({"a": "b", "b": "return"}, "'b' is a retired id; write 'return', which took its place"),
        ({"a": "nowhere"}, "'nowhere' is no thing"),
    ],
)
def test_a_redirect_leads_to_a_thing_that_lives(data: Path, records: dict[str, str], says: str) -> None:
    for name, new in records.items():
        put(data, redirect(name, new), f"concepts/{name}.toml")
    faults = loading.loaded(data, TERMS, COUNTRIES).faults
    assert faults[0].file.endswith("concepts/a.toml")
    assert faults[0].line == 4
    assert any(says in str(fault) for fault in faults), faults


@pytest.mark.parametrize(
    "text",
    [
        LAW + BLOCK + 'amends = ["kz-old"]\n',
        LAW + BLOCK + 'accordingTo = "kz-old"\n',
        LAW + BLOCK + '\n[[evidence.action]]\nactionType = "adopted"\ndate = "2021"\nactionBy = ["kz-old"]\n',
        LAW + 'distinctFrom = ["kz-old"]\n' + BLOCK,
        LAW + '\n[[preference]]\nproperty = "number"\nprefers = "1"\nreason = "So."\nforParty = "kz-old"\n' + BLOCK,
    ],
)
def test_nothing_refers_to_a_retired_id(data: Path, text: str) -> None:
    put(data, redirect("kz-old", "kz-parliament", "Agency"), "kz/agencies/kz-old.toml")
    path = put(data, text)
    line = next(n for n, one in enumerate(text.split("\n"), 1) if "kz-old" in one)
    told = [str(fault) for fault in loading.loaded(data, TERMS, COUNTRIES).faults]
    assert any(f"{path}:{line}: kz-law-x: 'kz-old' is a retired id; write 'kz-parliament'" in one for one in told), told


def test_a_retired_id_holds_no_evidence(data: Path) -> None:
    put(data, redirect("kz-law-x", "kz-parliament", "Law") + BLOCK)
    assert any("a retired id holds evidence" in str(f) for f in loading.loaded(data, TERMS, COUNTRIES).faults)


# Files are checked as the build and the graph would.


def test_a_file_is_told_what_the_graph_would_tell(data: Path) -> None:
    path = put(data, LAW)
    other = put(data, "x = [", "kz/laws/kz-law-y.toml")
    found = run("check", path, "--format", "csv")
    assert found.exit_code == 1
    assert "missing-evidence,kz-law-x" in found.output
    assert "missing-jurisdiction,kz-law-x" in found.output
    assert "1 other files have faults" in found.output
    both = run("check", path, other)
    assert both.exit_code == 1
    assert f"{path}:1: kz-law-x: missing-evidence" in both.output
    assert f"{other}:1: kz-law-y: not TOML" in both.output
    put(data, LAW + BLOCK)
    assert run("check", path).exit_code == 0


def test_a_record_whose_source_is_broken_does_not_pass(data: Path) -> None:
    path = put(data, LAW + BLOCK)
    assert run("check", path).exit_code == 0
    source = data / "sources/book.toml"
    source.write_text(source.read_text(encoding="utf-8") + '\nlable = "x"\n', encoding="utf-8")
    found = run("check", path)
    assert found.exit_code == 1
    assert "mend the record of the source first" in found.output


def test_files_are_checked_with_the_data_they_lie_in(data: Path, tmp_path: Path) -> None:
    """Not with what is installed: `book` is a source of theirs alone."""
    path = put(data, LAW + BLOCK)
    assert run("check", data / "kz").exit_code == 0
    run("format", path)
    assert 'at = "line 9' in path.read_text(encoding="utf-8")
    assert run("format", "--check", *sorted(data.rglob("*.toml"))).exit_code == 0
    shutil.copytree(TINY, tmp_path / "other")
    found = run("check", path, tmp_path / "other/kz")
    assert found.exit_code == 2
    assert "several folders of data" in found.output


@pytest.mark.parametrize("name", ["data/kz/laws/no-such.toml", "no-such.toml", "./nowhere"])
def test_a_path_that_is_not_there_is_no_check(name: str) -> None:
    found = run("check", name)
    assert found.exit_code == 2
    assert "there is no file or folder" in found.output


@pytest.mark.parametrize(
    "text",
    [
        "x = [",
        "\xff",
        'id = "zzz"\nkind = "Source"\nlabel = "Z"\nissued = ["someday"]\n',
        "outline = 3\nissued = 5\nchecksum = [[]]\n",
    ],
)
def test_a_broken_record_of_one_source_keeps_nobody_from_the_others(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setenv("CAGRAPH_DATA", str(data))
    law = data / "kz/laws/kz-law-on-migration.toml"
    run("format", law)
    said = run("--version").stdout.splitlines()[1].partition(", ")[2]
    (tmp_path / "documents").mkdir()
    nothing = run("cite", "book", "words", "--sources", tmp_path / "documents").output
    broken = put(data, text.encode("latin-1"), "sources/zzz.toml")
    told = run("--version")
    assert told.exit_code == 0
    assert told.stdout.splitlines()[1].partition(", ")[2] == said
    assert run("cite", "book", "words", "--sources", tmp_path / "documents").output == nothing
    assert run("format", "--check", law).exit_code == 0
    assert run("check", law).exit_code == 0
    assert str(broken) in run("check").output


def test_format_keeps_the_section_of_a_passage_whose_source_it_cannot_read(data: Path) -> None:
    """It is taken from the outline of the source: without one, nobody knows better."""
    law = data / "kz/laws/kz-law-on-migration.toml"
    run("format", law)
    text = law.read_text(encoding="utf-8")
    lines = [f'{line[:-1]}, Somewhere"' if line.startswith("at = ") else line for line in text.split("\n")]
    law.write_text("\n".join(lines), encoding="utf-8")
    for source in (data / "sources").glob("*.toml"):
        source.write_text("x = [", encoding="utf-8")
    run("format", law)
    assert law.read_text(encoding="utf-8") == "\n".join(lines)
