"""Names of countries as others write them: those of three packages resolve, and none to another state."""

from __future__ import annotations

import csv
import gettext
import importlib.resources
from collections.abc import Callable, Iterator
from functools import partial

import countrynames.data
import pycountry
import pytest

from cagraph.answers import lookup
from cagraph.store import Store

LANGUAGES = ("ru", "kk", "ky", "tg", "tk", "uz")
ENOUGH = 0.97
THEIR_MISTAKES = {
    ("Оңтүстік Корея", "KP"), ("Солтүстік Корея", "KR"),  # countrynames: South and North in each other's place
    ("Орталық Африка Республикасы", "NP"),  # iso-codes: Nepal is not the Central African Republic
    ("Конго Республикасы", "CD"),  # iso-codes: the Republic of the Congo is the other one
}  # fmt: skip
"""Name and code that a package gives it wrongly."""


def by_converter() -> Iterator[tuple[str, str]]:
    """Yield the English names of country_converter, short and official, of what has a code of ISO 3166-1."""
    path = importlib.resources.files("country_converter") / "country_data.tsv"
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t"):
        code = row["ISO2"].replace("^GR$|^EL$", "GR").replace("^GB$|^UK$", "GB")
        if pycountry.countries.get(alpha_2=code):
            yield row["name_short"], code
            yield row["name_official"], code


def by_iso_codes(language: str) -> Iterator[tuple[str, str]]:
    """Yield the names of pycountry, in English or translated."""
    translated = gettext.translation("iso3166-1", pycountry.LOCALES_DIR, [language]) if language != "en" else None
    for country in pycountry.countries:
        for field in ("name", "official_name", "common_name"):
            name = getattr(country, field, None)
            if name and (not translated or translated.gettext(name) != name):
                yield (translated.gettext(name) if translated else name), country.alpha_2


def by_countrynames() -> Iterator[tuple[str, str]]:
    """Yield the names of countrynames, in very many languages, and with spelling mistakes."""
    for code, names in countrynames.data.DATA.items():
        for name in names:
            yield name, code


GROUPS: dict[str, Callable[[], Iterator[tuple[str, str]]]] = {
    "country_converter": by_converter,
    **{f"iso-codes in {language}": partial(by_iso_codes, language) for language in ("en", *LANGUAGES)},
}


def resolved(graph: Store, name: str) -> str:
    """Return the code of the country that a name leads to, empty if it leads to none."""
    found = lookup.called(graph, name, ("Country",))
    return found[0].id.upper() if len(found) == 1 and found[0].kind == "Country" else ""


def wrong(found: dict[tuple[str, str], str]) -> list[tuple[str, str, str]]:
    return [(*asked, got) for asked, got in found.items() if got not in {"", asked[1]} and asked not in THEIR_MISTAKES]


@pytest.mark.parametrize("group", GROUPS)
def test_names_of_countries_resolve(graph: Store, group: str) -> None:
    found = {(name, code): resolved(graph, name) for name, code in GROUPS[group]()}
    right = sum(got == code for (_, code), got in found.items())
    missing = [asked for asked, got in found.items() if not got]
    assert right >= ENOUGH * len(found), missing
    assert not wrong(found)


def test_no_name_is_taken_for_another_state(graph: Store) -> None:
    names = {(name, code) for name, code in by_countrynames() if len(code) == 2}
    assert len(names) > 20_000
    assert not wrong({asked: resolved(graph, asked[0]) for asked in names})


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Республика Казахстан", "kz"), ("Қазақстан Республикасы", "kz"), ("Republic of Kazakhstan", "kz"),
        ("Кыргызская Республика", "kg"), ("Кыргыз Республикасы", "kg"), ("Kyrgyz Republic", "kg"), ("Kyrgyz Rep.", "kg"),
        ("Республика Таджикистан", "tj"), ("Ҷумҳурии Тоҷикистон", "tj"), ("Republic of Tajikistan", "tj"),
        ("Туркменистан", "tm"), ("Türkmenistan", "tm"), ("Turkmenistan", "tm"),
        ("Республика Узбекистан", "uz"), ("Oʻzbekiston Respublikasi", "uz"), ("Ўзбекистон Республикаси", "uz"),
        ("O´zbekiston", "uz"), ("O′zbekiston", "uz"), ("O'zbekiston", "uz"), ("Republic of Uzbekistan", "uz"),
        ("Российская Федерация", "ru"), ("Russian Federation", "ru"), ("РФ", "ru"), ("U.S.A.", "us"),
        ("№ 477-IV", "kz-law-477-iv-2011"), ("N 477-IV", "kz-law-477-iv-2011"), ("No. 477-IV", "kz-law-477-iv-2011"),
        ("https://w3id.org/cagraph/id/tj", "tj"), ("id:tj", "tj"), ("<https://w3id.org/cagraph/id/tj>", "tj"),
    ],
)  # fmt: skip
def test_names_as_people_and_tools_write_them(graph: Store, name: str, id_: str) -> None:
    assert lookup.find(graph, name).id == id_


@pytest.mark.parametrize(("name", "id_"), [("Republic of Korea", "kr"), ("Republic of China", "tw"), ("Kingdom of the Netherlands", "nl")])  # fmt: skip
def test_no_shortening_changes_which_state_is_meant(graph: Store, name: str, id_: str) -> None:
    assert lookup.find(graph, name).id == id_
