"""Write data/countries.tsv: every country of ISO 3166-1 with its names from CLDR and iso-codes.

Run by `make countries`; a test holds the committed file equal to what this prints. Columns:
ISO 3166-1 alpha-2 code, BCP 47 language of the name (`iso3` for the alpha-3 code), name. The first
English name is the short name of CLDR; names in the languages of the region and in the country's
own follow, short ones and official ones.
"""

from __future__ import annotations

import gettext
import sys
from collections import defaultdict
from functools import cache
from typing import TYPE_CHECKING, Any

import pycountry
from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages

if TYPE_CHECKING:
    from collections.abc import Iterator

REGION = ("kk", "ky", "ru", "tg", "tk", "uz", "uz_Cyrl")
"""The languages that users of the graph write in, English aside."""

VARIANTS = {
    "AU": ("Commonwealth of Australia",), "BL": ("St. Barths", "Saint-Barthélemy"), "BN": ("Nation of Brunei",),
    "CC": ("Territory of Cocos (Keeling) Islands",), "CD": ("DR Congo", "DRC", "Democratic Republic of the Congo"),
    "CG": ("Congo Republic", "Republic of Congo", "Congo-Brazzaville"), "CW": ("Country of Curaçao",),
    "CZ": ("Czech Rep.",), "ER": ("State of Eritrea",), "FM": ("Micronesia, Fed. Sts.",),
    "GB": ("UK", "Great Britain", "Britain"), "GS": ("South Georgia and South Sandwich Islands",),
    "GY": ("Co-operative Republic of Guyana",), "HK": ("Hong Kong", "Hong Kong SAR"),
    "HM": ("Heard and McDonald Islands", "Territory of Heard Island and McDonald Islands"),
    "HU": ("Republic of Hungary",), "LY": ("State of Libya",), "MK": ("Macedonia",),
    "MM": ("Burma", "Republic of the Union of Myanmar"), "MO": ("Macau", "Macao", "Macau SAR"),
    "NE": ("Republic of Niger",), "PS": ("Palestine", "State of Palestine"), "RW": ("Republic of Rwanda",),
    "SJ": ("Svalbard and Jan Mayen Islands",), "TF": ("French Southern and Antarctic Lands",),
    "TW": ("Taiwan", "Republic of China"), "US": ("USA", "United States of America", "America"),
    "UY": ("Oriental Republic of Uruguay",), "VA": ("Vatican", "Vatican City State"),
    "VI": ("United States Virgin Islands",), "VN": ("Socialist Republic of Vietnam",),
    "WF": ("Wallis and Futuna Islands",),
}  # fmt: skip
"""English names in use that neither CLDR nor ISO 3166-1 has."""


def rows() -> Iterator[tuple[str, str, str]]:
    """Yield (code, language, name), sorted by code; English first.

    A name that iso-codes gives to two countries in one language, by mistake or since both are called
    so, is left out: it would lead to the wrong one.
    """
    countries = sorted(pycountry.countries, key=lambda country: country.alpha_2)
    bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for country in countries:
        for language in REGION:
            for name in _catalogued(language, country):
                bearers[language, name].add(country.alpha_2)
    for country in countries:
        code = country.alpha_2
        yield code, "iso3", country.alpha_3
        for name in dict.fromkeys(_english(country)):
            yield code, "en", name
        for language in sorted({*REGION, *get_official_languages(code, de_facto=True)} - {"en"}):
            short = _name(language, code)
            others = [name for name in _catalogued(language, country) if len(bearers[language, name]) == 1]
            for name in dict.fromkeys([short, *others] if short else others):
                yield code, language, name


def _english(country: Any) -> Iterator[str]:
    yield _name("en", country.alpha_2) or country.name
    yield from _written(country)
    yield from VARIANTS.get(country.alpha_2, ())


def _written(country: Any) -> Iterator[str]:
    """Yield the English names of ISO 3166-1."""
    for field in ("name", "common_name", "official_name"):
        name = getattr(country, field, None)
        if name:
            yield name


def _catalogued(language: str, country: Any) -> Iterator[str]:
    """Yield the names of iso-codes in a language, short and official."""
    catalogue = _catalogue(language) if language in REGION else None
    if catalogue:
        names = ((english, catalogue.gettext(english)) for english in _written(country))
        yield from (name.replace("\u00ad", "") for english, name in names if name not in {english, ""})


@cache
def _catalogue(language: str) -> gettext.NullTranslations | None:
    """Return the translations of iso-codes into a language; there are none in the Cyrillic letters of Uzbek."""
    if "_" in language:
        return None  # gettext would give those in the other script
    try:
        return gettext.translation("iso3166-1", pycountry.LOCALES_DIR, [language])
    except OSError:
        return None


def _name(language: str, code: str) -> str | None:
    try:
        return Locale.parse(language, sep="_").territories.get(code)
    except (UnknownLocaleError, ValueError):
        return None


if __name__ == "__main__":
    text = "".join("\t".join(row) + "\n" for row in rows())
    sys.stdout.buffer.write(text.encode("utf-8"))
