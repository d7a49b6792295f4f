"""Curated files: each fault is named with file, line and id, and all of them at once."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import pytest

from cagraph import files
from cagraph.curated import canonical
from cagraph.curated import loading as curated
from cagraph.curated import vocabulary as ontology
from cagraph.curated.tables import read_table
from cagraph.errors import DataFault

ROOT = Path(__file__).parents[1]
COUNTRIES = dict.fromkeys(["be", "tj", "kz", "kr"])
FINGERPRINT = "0" * 64
HEAD = 'id = "tj-be-memorandum"\nkind = "BilateralAgreement"\nlabel = "A memorandum"\n'
BLOCK = f'\n[[evidence]]\npassage = "book 1+2 2:{FINGERPRINT}"\nat = "line 3, One"\n'
CLAIM = 'party = ["be", "tj"]\n'
BOOK = 'id = "book"\nkind = "Source"\nlabel = "A book"\ntitle = ["A book"]\nissued = ["2025"]\nchecksum = ["00"]\n\n[[outline]]\nline = 2\nlevel = 1\ntitle = "One"\n'


@pytest.fixture
def vocabulary() -> ontology.Vocabulary:
    return ontology.load(ROOT / "ontology")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, "sources/book.toml", BOOK)
    write(tmp_path, "agreements/tj-be-memorandum.toml", HEAD + BLOCK + CLAIM)
    return tmp_path


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def faults(folder: Path, vocabulary: ontology.Vocabulary) -> list[str]:
    with pytest.raises(DataFault) as caught:
        curated.load(folder, vocabulary, COUNTRIES)
    return [str(fault) for fault in caught.value.faults]


def test_a_sound_record_is_read(folder: Path, vocabulary: ontology.Vocabulary) -> None:
    agreement = next(t for t in curated.load(folder, vocabulary, COUNTRIES) if t.kind == "BilateralAgreement")
    assert agreement.evidence[0].claims == (("party", ("be", "tj")),)
    assert agreement.evidence[0].passage.section == "One"


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        (HEAD + BLOCK + "party = [be]\n", 8, "not TOML"),
        (HEAD + BLOCK + CLAIM + 'colour = "red"\n', 9, "'colour' is not a field"),
        (HEAD + 'colour = "red"\n' + BLOCK + CLAIM, 4, "'colour' is not a field of a record"),
        (HEAD + BLOCK + 'party = ["be", "atlantis"]\n', 8, "'atlantis' is no thing"),
        (HEAD + BLOCK + 'party = ["be", "book"]\n', 8, "'book' is a Source"),
        (HEAD + BLOCK + CLAIM + 'topic = ["cooking"]\n', 9, "'cooking' is not in topics"),
        (HEAD + BLOCK + CLAIM + 'task = ["x"]\n', 9, "'task' is not a field of a BilateralAgreement"),
        (HEAD + BLOCK + CLAIM + 'quote = "words"\n', 9, "cite --fill"),
        (HEAD + BLOCK + CLAIM + '[[evidence.action]]\nactionType = "signed"\ndate = "2021-02-30"\n', 11, "a day that never was"),
        (HEAD + BLOCK + CLAIM + '[[evidence.action]]\nactionType = "sung"\n', 10, "'sung' is not in actionTypes"),
        (HEAD + BLOCK + CLAIM + '[[evidence.action]]\ndate = "2021"\n', 9, "the action lacks its actionType"),
        (HEAD + BLOCK + CLAIM + '[[evidence.figure]]\nindicator = "labour-quota"\nvalue = "800"\n', 11, "write a number"),
        (HEAD + BLOCK + CLAIM + 'label = "x"\n', 9, "put it at the head of the file"),
        (HEAD + BLOCK + CLAIM + 'date = "2021"\n', 9, "put it into [[evidence.action]]"),
        (HEAD + BLOCK + CLAIM + 'indicator = "labour-quota"\n', 9, "put it into [[evidence.figure]]"),
        (HEAD + BLOCK + CLAIM + 'mainDate = "2021"\n', 9, "'mainDate' is not a field"),
        (HEAD + BLOCK + CLAIM + '[[evidence.action]]\nactionType = "signed"\ndate = ["2021", "2022"]\n', 11, "date holds 2 values; write one"),
        (HEAD + BLOCK + 'party = ["be", "book"]\n', 8, "refer to Country, Region, Agency"),
        (HEAD + '[[preference]]\nproperty = "date"\nprefers = "2021"\n' + BLOCK + CLAIM, 4, "the preference lacks its reason"),
        (HEAD + BLOCK, 5, "evidence without a claim"),
        (HEAD + BLOCK.replace("book", "film") + CLAIM, 6, "'film' is not a source"),
        (HEAD + BLOCK.replace(FINGERPRINT, "abc") + CLAIM, 5, "malformed"),
        (HEAD.replace("Bilateral", "Trilateral") + BLOCK + CLAIM, 2, "not a kind"),
        (HEAD.replace("tj-be-memorandum", "Tj Be") + BLOCK + CLAIM, 1, "not a slug"),
        (HEAD + 'sameAs = ["no address"]\n' + BLOCK + CLAIM, 4, "no web address"),
        (HEAD + BLOCK + CLAIM + '[[evidence.figure]]\nindicator = "labour-quota"\nvalue = nan\n', 11, "write a number"),
        (HEAD + 'shortName = "A memorandum of many, many words"\n' + BLOCK + CLAIM, 4, "say it in 28"),
        (HEAD + 'shortName = " Loose"\n' + BLOCK + CLAIM, 4, "trim it"),
        (HEAD.replace('label = "A memorandum"', "label = 7") + BLOCK + CLAIM, 3, "write a string"),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_line(
    folder: Path, vocabulary: ontology.Vocabulary, text: str, line: int, says: str
) -> None:
    path = write(folder, "agreements/tj-be-memorandum.toml", text)
    found = [fault for fault in faults(folder, vocabulary) if says in fault]
    assert found, faults(folder, vocabulary)
    assert found[0].startswith(f"{path}:{line}: ")
    assert "; " in found[0]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('issued = ["someday"]', ":5: book: 'someday' is not a date"),
        ("issued = []", "lacks its issued"),
        ("", "lacks its issued"),
    ],
)
def test_a_source_has_what_evidence_needs_of_it(
    folder: Path, vocabulary: ontology.Vocabulary, line: str, says: str
) -> None:
    write(folder, "sources/book.toml", BOOK.replace('issued = ["2025"]', line))
    assert any(says in fault for fault in faults(folder, vocabulary))


def test_every_fault_is_listed_not_only_the_first(folder: Path, vocabulary: ontology.Vocabulary) -> None:
    write(folder, "agreements/tj-be-memorandum.toml", HEAD + BLOCK + 'party = ["x1", "x2"]\ncolour = 1\n')
    write(folder, "concepts/other.toml", "id = \n")
    assert len(faults(folder, vocabulary)) >= 4


def test_an_id_can_be_taken_once(folder: Path, vocabulary: ontology.Vocabulary) -> None:
    write(folder, "concepts/tj-be-memorandum.toml", HEAD + BLOCK + CLAIM)
    assert any("this id is taken" in fault for fault in faults(folder, vocabulary))


def test_a_misplaced_file_is_told_where_to_go(folder: Path, vocabulary: ontology.Vocabulary) -> None:
    shutil.move(folder / "agreements/tj-be-memorandum.toml", folder / "tj-be-memorandum.toml")
    assert any("agreements/tj-be-memorandum.toml" in fault for fault in faults(folder, vocabulary))


def test_one_passage_is_cited_in_one_way(folder: Path, vocabulary: ontology.Vocabulary) -> None:
    other = HEAD.replace("memorandum", "treaty").replace("A treaty", "A treaty")
    write(folder, "agreements/tj-be-treaty.toml", other + BLOCK.replace("1+2", "9+2") + CLAIM)
    assert any("cites a passage otherwise than" in fault for fault in faults(folder, vocabulary))


def test_the_canonical_form_is_stable_and_says_the_same(folder: Path, vocabulary: ontology.Vocabulary) -> None:
    path = write(folder, "agreements/tj-be-memorandum.toml", HEAD + BLOCK + CLAIM.replace(" ", ""))
    before = curated.load(folder, vocabulary, COUNTRIES)
    canonical.rewrite(path, read_table(path), vocabulary)
    once = path.read_text(encoding="utf-8")
    assert not canonical.rewrite(path, read_table(path), vocabulary)
    assert path.read_text(encoding="utf-8") == once
    assert curated.load(folder, vocabulary, COUNTRIES) == before


def test_strings_of_every_kind_survive_the_canonical_form(folder: Path, vocabulary: ontology.Vocabulary) -> None:
    nasty = 'quote " back \\ slash, tab \\t, Тоҷикистон, <script>, \\u0007'
    path = write(folder, "agreements/tj-be-memorandum.toml", HEAD + f"description = '''{nasty}'''\n" + BLOCK + CLAIM)
    before = read_table(path)
    canonical.rewrite(path, before, vocabulary)
    assert read_table(path) == before


def test_a_comment_is_not_thrown_away(folder: Path, vocabulary: ontology.Vocabulary) -> None:
    path = write(folder, "agreements/tj-be-memorandum.toml", "# think of me\n" + HEAD + BLOCK + CLAIM)
    with pytest.raises(DataFault, match="a comment would be lost"):
        canonical.rewrite(path, read_table(path), vocabulary)
    assert path.read_text(encoding="utf-8").startswith("# think of me")


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file.txt"
    path.write_text("old")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cagraph.files.os.fdopen", full)
    with pytest.raises(OSError, match="No space left"):
        files.write(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_device_a_link_and_a_mode_are_kept(tmp_path: Path) -> None:
    """A page written to a pipe goes through it; a link still leads to the file it led to."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    files.write(pipe, "through")
    assert os.read(reader, 100) == b"through"
    os.close(reader)
    assert pipe.is_fifo()
    real, link = tmp_path / "real", tmp_path / "link"
    real.write_text("old")
    real.chmod(0o600)
    link.symlink_to(real)
    files.write(link, "new")
    assert link.is_symlink()
    assert real.read_text() == "new"
    assert real.stat().st_mode & 0o777 == 0o600


def test_a_failed_write_names_the_file_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "none" / "page.html"
    with pytest.raises(FileNotFoundError) as caught:
        files.write(path, "x")
    assert caught.value.filename == str(path)


@pytest.mark.parametrize("line", ["evidence = 1", "evidence = [1]", "sub = { a = 1 }", "x = nan", "x = 1979-05-27"])
def test_what_no_record_holds_is_refused_before_it_is_rewritten(tmp_path: Path, line: str) -> None:
    path = write(tmp_path, "x.toml", f'id = "x"\n{line}\n')
    with pytest.raises(DataFault, match=r"x\.toml:2: x: "):
        canonical.read(path)


def test_a_comment_behind_a_value_is_not_thrown_away_and_a_sign_in_a_text_is_none(
    tmp_path: Path, vocabulary: ontology.Vocabulary
) -> None:
    path = write(tmp_path, "x.toml", 'id = "x" # think of me\n')
    with pytest.raises(DataFault, match=r"x\.toml:1: x: a comment"):
        canonical.rewrite(path, canonical.read(path), vocabulary)
    path = write(tmp_path, "y.toml", 'id = \'y\'\nlabel = """\n# of \'all\'"""\n')
    assert canonical.rewrite(path, canonical.read(path), vocabulary)


def test_many_faults_are_found_in_little_time(folder: Path, vocabulary: ontology.Vocabulary) -> None:
    number = 2000
    write(folder, "agreements/tj-be-memorandum.toml", HEAD + '[[evidence]]\npassage = "film"\n' * number)
    started = time.process_time()
    found = [fault for fault in faults(folder, vocabulary) if "is not a source" in fault]
    assert len(found) == number
    assert ":2003: " in found[999]
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    ("figure", "says"),
    [
        ('{ indicator = "agreements", area = "tj" }', "value or bounds"),
        ('{ indicator = "agreements", area = "tj", value = 5, lower = 1 }', "value or bounds"),
        ('{ indicator = "agreements", area = "tj", lower = 50, upper = 5 }', "above the upper"),
        ('{ indicator = "refugees", area = "tj", fromArea = "kz", value = 5 }', "an area, or where from and to"),
        ('{ indicator = "happiness", area = "tj", value = 5 }', "not in indicators"),
        ('{ indicator = "agreements", area = "tj", value = 5, approximate = "yes" }', "true or false"),
    ],
)
def test_a_figure_that_says_nothing_or_two_things_is_refused(
    folder: Path, vocabulary: ontology.Vocabulary, figure: str, says: str
) -> None:
    write(folder, "agreements/tj-be-memorandum.toml", HEAD + BLOCK + CLAIM + f"figure = [\n  {figure},\n]\n")
    found = [fault for fault in faults(folder, vocabulary) if says in fault]
    assert found, faults(folder, vocabulary)
    assert ":10: " in found[0]


@pytest.mark.parametrize(
    "heading",
    [
        'line = "two"\nlevel = 1\ntitle = "One"', 'line = 0\nlevel = 1\ntitle = "One"', "line = 2\nlevel = 1\ntitle = 5",
        'line = 2\nlevel = -1\ntitle = "One"', 'line = 2\nlevel = 1\ntitle = "One"\nauthor = ["A", "B"]',
        'line = 2\nlevel = 1\ntitle = "One"\n\n[[outline]]\nline = 2\nlevel = 2\ntitle = "Two"',
    ],
)  # fmt: skip
def test_an_outline_is_checked_like_everything_else(
    folder: Path, vocabulary: ontology.Vocabulary, heading: str
) -> None:
    book = BOOK[: BOOK.index("[[outline]]")]
    write(folder, "sources/book.toml", f"{book}[[outline]]\n{heading}\n")
    assert any("heading" in fault for fault in faults(folder, vocabulary))
