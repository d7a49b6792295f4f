"""Ids of official registers, decoded and held against what the sources claim.

A register id says which sort of act it is, of which year and number. It is compared with the
claims, never believed in their place.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from cagraph.answers.days import span

_ADILET = re.compile(r"([A-Z])(\d\d)(?:(\d{8})|(\d{7})([_A-Z])|([A-Z]{2})(\d{6}))")
_PRAVO = re.compile(r"0001(\d{4})(\d\d)(\d\d)\d{4}")
_ADDRESS = re.compile(r"(?:adilet\.zan\.kz|publication\.pravo\.gov\.ru)/.*?([A-Z0-9_]{10,16})/?$")
_ADILET_KINDS = {
    "K": "code", "Z": "law", "U": "presidential decree", "P": "government resolution",
    "V": "act registered by the Ministry of Justice", "N": "constitutional council act",
}  # fmt: skip
_PUBLISHED_WITHIN = 92
"""Days after its date within which an act is published; later says that the id is another act's."""
_OLD_YEAR = 91
"""Adilet writes two digits of the year; the republic's acts begin in 1991."""


class Decoded(NamedTuple):
    """What a register id says of an act; an empty field is not said."""

    register: str
    kind: str
    year: str
    number: str
    date: str


def decode(id_: str) -> Decoded | None:
    """Return what a register id says, or None if it is of no known form.

    >>> decode("P1800000112")
    Decoded(register='adilet.zan.kz', kind='government resolution', year='2018', number='112', date='')
    >>> decode("0001202303300001").date
    '2023-03-30'
    """
    match = _ADILET.fullmatch(id_)
    if match:
        two, digits = int(match[2]), match[3] or match[4] or match[7]
        year = f"{1900 + two if two >= _OLD_YEAR else 2000 + two}"
        return Decoded("adilet.zan.kz", _ADILET_KINDS.get(match[1], ""), year, digits.lstrip("0"), "")
    match = _PRAVO.fullmatch(id_)
    if match and _is_day("-".join(match.groups())):
        return Decoded("publication.pravo.gov.ru", "", match[1], "", f"{match[1]}-{match[2]}-{match[3]}")
    return None


def compare(id_: str, numbers: list[str], dates: list[str]) -> str:
    """Return `consistent`, `inconsistent: ...` with the difference, or `cannot tell`.

    Args:
        id_: a register id.
        numbers: the numbers that sources give the act, as printed.
        dates: the EDTF dates of its adoption, signing or registration.
    """
    says = decode(id_)
    if says is None:
        return "cannot tell"
    wrong = []
    if says.number and numbers and "registered" not in says.kind and says.number not in map(_bare, numbers):
        wrong.append(f"the id says number {says.number}, the sources {', '.join(sorted(numbers))}")
    years = sorted({date[:4] for date in dates})
    if says.date and dates and not any(_soon_after(date, says.date) for date in dates):
        wrong.append(f"the id says published {says.date}, the sources {', '.join(sorted(dates))}")
    elif says.year and years and says.year not in years:
        wrong.append(f"the id says {says.year}, the sources {', '.join(years)}")
    if wrong:
        return f"inconsistent: {'; '.join(wrong)}"
    return "consistent" if numbers or dates else "cannot tell"


def in_address(text: str) -> str:
    """Return the register id that stands in a web address, or the text itself.

    >>> in_address("https://adilet.zan.kz/rus/docs/U2300000318")
    'U2300000318'
    """
    match = _ADDRESS.search(text)
    return match[1] if match else text


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _soon_after(edtf_date: str, published: str) -> bool:
    told = span(edtf_date)
    day = date.fromisoformat(published)
    if told.earliest is None or told.latest is None:
        return True
    return told.earliest <= day <= told.latest + timedelta(_PUBLISHED_WITHIN)


def _bare(number: str) -> str:
    """Return the digits of a number: the convocation behind 477-IV is not in the id.

    >>> _bare("477-IV"), _bare("№ 112")
    ('477', '112')
    """
    digits = re.search(r"\d+", number)
    return digits[0].lstrip("0") if digits else ""
