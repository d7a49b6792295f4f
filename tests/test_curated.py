"""Curated files: each fault is named with file, line and id, and all of them at once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cagraph import canonical, curated, ontology
from cagraph.errors import DataFault

ROOT = Path(__file__).parents[1]
COUNTRIES = dict.fromkeys(["be", "tj", "kz", "kr"])
FINGERPRINT = "0" * 64
HEAD = 'id = "tj-be-memorandum"\nkind = "BilateralAgreement"\nlabel = "A memorandum"\n'
BLOCK = f'\n[[evidence]]\nsource = "book"\nposition = 1\nlength = 2\nfingerprint = "{FINGERPRINT}"\nline = 3\nsection = "One"\n'
CLAIM = 'party = ["be", "tj"]\n'
BOOK = 'id = "book"\nkind = "Source"\nlabel = "A book"\ntitle = ["A book"]\nissued = ["2025"]\nchecksum = ["00"]\n'


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
        (HEAD + BLOCK + "party = [be]\n", 12, "not TOML"),
        (HEAD + BLOCK + CLAIM + 'colour = "red"\n', 13, "'colour' is not a field"),
        (HEAD + 'colour = "red"\n' + BLOCK + CLAIM, 4, "'colour' is not a field of a record"),
        (HEAD + BLOCK + 'party = ["be", "atlantis"]\n', 12, "'atlantis' is no thing"),
        (HEAD + BLOCK + 'party = ["be", "book"]\n', 12, "'book' is a Source"),
        (HEAD + BLOCK + CLAIM + 'topic = ["cooking"]\n', 13, "'cooking' is not in topics"),
        (HEAD + BLOCK + CLAIM + 'task = ["x"]\n', 13, "'task' is not a field of a BilateralAgreement"),
        (HEAD + BLOCK + CLAIM + 'quote = "words"\n', 13, "cite --fill"),
        (HEAD + BLOCK + CLAIM + '[[evidence.action]]\nactionType = "signed"\ndate = "2021-02-30"\n', 15, "a day that never was"),
        (HEAD + BLOCK + CLAIM + '[[evidence.action]]\nactionType = "sung"\n', 14, "'sung' is not in actionTypes"),
        (HEAD + BLOCK + CLAIM + '[[evidence.action]]\ndate = "2021"\n', 13, "actionType is missing"),
        (HEAD + BLOCK + CLAIM + '[[evidence.figure]]\nmeasure = "quota"\nvalue = "800"\n', 15, "write a number"),
        (HEAD + BLOCK, 5, "evidence without a claim"),
        (HEAD + BLOCK.replace("book", "film") + CLAIM, 6, "'film' is not a source"),
        (HEAD + BLOCK.replace(FINGERPRINT, "abc") + CLAIM, 5, "malformed"),
        (HEAD.replace("Bilateral", "Trilateral") + BLOCK + CLAIM, 2, "not a kind"),
        (HEAD.replace("tj-be-memorandum", "Tj Be") + BLOCK + CLAIM, 1, "not a slug"),
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
    write(folder, "agreements/tj-be-treaty.toml", other + BLOCK.replace("position = 1", "position = 9") + CLAIM)
    assert any("cites a passage otherwise than" in fault for fault in faults(folder, vocabulary))


def test_the_canonical_form_is_stable_and_says_the_same(folder: Path, vocabulary: ontology.Vocabulary) -> None:
    path = write(folder, "agreements/tj-be-memorandum.toml", HEAD + BLOCK + CLAIM.replace(" ", ""))
    before = curated.load(folder, vocabulary, COUNTRIES)
    canonical.rewrite(path, curated.read_table(path), vocabulary)
    once = path.read_text(encoding="utf-8")
    assert not canonical.rewrite(path, curated.read_table(path), vocabulary)
    assert path.read_text(encoding="utf-8") == once
    assert curated.load(folder, vocabulary, COUNTRIES) == before


def test_strings_of_every_kind_survive_the_canonical_form(folder: Path, vocabulary: ontology.Vocabulary) -> None:
    nasty = 'quote " back \\ slash, tab \\t, Тоҷикистон, <script>, \\u0007'
    path = write(folder, "agreements/tj-be-memorandum.toml", HEAD + f"description = '''{nasty}'''\n" + BLOCK + CLAIM)
    before = curated.read_table(path)
    canonical.rewrite(path, before, vocabulary)
    assert curated.read_table(path) == before


def test_a_comment_is_not_thrown_away(folder: Path, vocabulary: ontology.Vocabulary) -> None:
    path = write(folder, "agreements/tj-be-memorandum.toml", "# think of me\n" + HEAD + BLOCK + CLAIM)
    with pytest.raises(DataFault, match="a comment would be lost"):
        canonical.rewrite(path, curated.read_table(path), vocabulary)
    assert path.read_text(encoding="utf-8").startswith("# think of me")


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file.txt"
    path.write_text("old")

    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cagraph.canonical.os.fdopen", full)
    with pytest.raises(OSError, match="No space left"):
        canonical.write(path, "new")
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]
