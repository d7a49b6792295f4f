"""Checks: each finds the bad record made for it, and nothing in the real data."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cagraph import queries
from cagraph.answers import checks
from cagraph.store import Store
from cagraph.store.embedded import Embedded

TINY = Path(__file__).parent / "tiny"
BLOCK = '\n[[evidence]]\npassage = "book 900+5 2:' + "ab" * 32 + '"\nat = "line 9"\n'


def action(type_: str, rest: str) -> str:
    return f'\n[[evidence.action]]\nactionType = "{type_}"\n{rest}\n'


CONFLICT = """
[[conflict]]
conflictKind = "status"
field = "what it does"
reading = "Allows."
readIn = "book-000000000000"
otherReading = "Forbids."
otherReadIn = "book-111111111111"
"""
BAD = {
    "conflict-evidence-exists": ("kz/laws/kz-law-bad.toml", "Law", 'jurisdiction = ["kz"]\n'),
    "consent-before-signature": ("agreements/kz-uz-bad.toml", "BilateralAgreement", 'party = ["kz", "uz"]\nform = ["treaty"]\n' + action("signed", 'date = "2021-05"') + action("ratified", 'date = "2021-04"\nactionBy = ["kz"]')),
    "force-before-consent": ("agreements/kz-uz-bad.toml", "BilateralAgreement", 'party = ["kz", "uz"]\nform = ["treaty"]\n' + action("entered-into-force", 'date = "2021-05"') + action("ratified", 'date = "2022-04"\nactionBy = ["kz"]')),
    "force-of-what-does-not-bind": ("agreements/kz-uz-bad.toml", "BilateralAgreement", 'party = ["kz", "uz"]\nform = ["declaration"]\n' + action("entered-into-force", 'date = "2021-05"')),
    "step-by-no-party": ("agreements/kz-uz-bad.toml", "BilateralAgreement", 'party = ["kz", "uz"]\nform = ["treaty"]\n' + action("signed", 'date = "2021-05"\nactionBy = ["ru"]')),
    "idle-preferences": ("agreements/kz-uz-bad.toml", "BilateralAgreement", 'party = ["kz", "uz"]\n' + action("signed", 'date = "2021-05"')),
    "preference-on-inference": ("agreements/kz-uz-bad.toml", "BilateralAgreement", 'inference = "Read so."\nparty = ["kz", "uz"]\n' + action("signed", 'date = "2021-05"')),
    "inferred-statuses": ("agreements/kz-uz-bad.toml", "BilateralAgreement", 'inference = "Read so."\nparty = ["kz", "uz"]\n' + action("signed", 'date = "2021-05"')),
    "dates-in-order": ("agreements/kz-uz-bad.toml", "BilateralAgreement", 'party = ["kz", "uz"]\n' + action("signed", 'date = "2021"') + action("entered-into-force", 'date = "2020-05"')),
    "duplicate-labels": ("kz/laws/kz-law-bad.toml", "Law", 'jurisdiction = ["kz"]\n'),
    "duplicate-numbers": ("kz/laws/kz-law-bad.toml", "Law", 'jurisdiction = ["kz"]\nnumber = ["477-IV"]\n' + action("adopted", 'date = "2011-07-22"')),
    "missing-evidence": ("kz/laws/kz-law-bad.toml", "Law", None),
    "missing-jurisdiction": ("kz/laws/kz-law-bad.toml", "Law", 'number = ["9"]\n'),
    "missing-parties": ("agreements/kz-uz-bad.toml", "BilateralAgreement", 'party = ["kz"]\n'),
    "preferred-value-exists": ("kz/laws/kz-law-bad.toml", "Law", 'jurisdiction = ["kz"]\nnumber = ["9"]\n'),
    "ratified-without-instrument": ("kz/laws/kz-law-bad.toml", "Law", 'jurisdiction = ["kz"]\nratifies = ["uz-ru-memorandum-2022"]\n'),
    "short-names": ("kz/laws/kz-law-bad.toml", "Law", 'jurisdiction = ["kz"]\n'),
    "register-ids": ("kz/laws/kz-law-bad.toml", "Law", 'jurisdiction = ["kz"]\nnumber = ["9"]\nid_local = ["Z2100000008"]\n' + action("adopted", 'date = "2021"')),
}  # fmt: skip


def test_every_check_has_a_bad_record() -> None:
    assert set(BAD) == {*queries.names("checks"), *checks.COMPUTED}


@pytest.mark.parametrize("name", BAD)
def test_a_check_finds_the_bad_record(compile_folder: Callable[[Path], Embedded], tmp_path: Path, name: str) -> None:
    file, kind, claims = BAD[name]
    data = tmp_path / "data"
    shutil.copytree(TINY, data)
    path = data / file
    label = "Law of Kazakhstan on migration" if name == "duplicate-labels" else "A bad record"
    head = f'id = "{path.stem}"\nkind = "{kind}"\nlabel = "{label}"\n'
    if name in {"idle-preferences", "preference-on-inference"}:
        head += '\n[[preference]]\nproperty = "signed"\nprefers = "2021-05"\nreason = "None."\n'
    if name == "preferred-value-exists":
        head += '\n[[preference]]\nproperty = "number"\nprefers = "10"\nreason = "None."\n'
    if name == "short-names":
        head += 'shortName = "A bad rec"\n'
    if name == "conflict-evidence-exists":
        head += CONFLICT
    path.write_text(head + (BLOCK + claims if claims else ""), encoding="utf-8")
    before = checks.check(compile_folder(TINY), (name,))
    after = checks.check(compile_folder(data), (name,))
    new = [row for row in after.dicts() if row not in before.dicts()]
    assert new
    assert all(row["check"] == name and row["cure"] for row in new)


@pytest.mark.parametrize("name", checks.ERRORS)
def test_the_real_data_passes(graph: Store, name: str) -> None:
    assert not checks.check(graph, (name,)).rows


@pytest.mark.parametrize(
    ("name", "claims"),
    [
        ("consent-before-signature", action("signed", 'date = "2021"\nactionBy = ["kz", "uz"]') + action("approved", 'date = "2020"\nactionBy = ["kz"]')),
        ("force-of-what-does-not-bind", 'form = ["declaration"]\n' + action("in-force-reported", 'date = "2021"')),
        ("force-of-what-does-not-bind", 'form = ["memorandum", "declaration"]\n' + action("ratified", 'date = "2021"\nactionBy = ["kz"]')),
        ("force-before-consent", 'form = ["treaty"]\n' + action("in-force-reported", 'date = "2021"\nactionBy = ["kz"]') + action("ratified", 'date = "2023-07"\nactionBy = ["kz"]')),
    ],
)  # fmt: skip
def test_a_check_finds_its_fault_in_other_forms(
    compile_folder: Callable[[Path], Embedded], tmp_path: Path, name: str, claims: str
) -> None:
    data = tmp_path / "data"
    shutil.copytree(TINY, data)
    record = 'id = "kz-uz-bad"\nkind = "BilateralAgreement"\nlabel = "A bad record"\n'
    (data / "agreements/kz-uz-bad.toml").write_text(
        record + BLOCK + 'party = ["kz", "uz"]\n' + claims, encoding="utf-8"
    )
    assert "kz-uz-bad" in checks.check(compile_folder(data), (name,))["id"]
