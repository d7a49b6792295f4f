"""Write data/countries.tsv: every country of ISO 3166-1 with its names from CLDR.

Run by `make countries`; a test holds the committed file equal to what this prints. Columns:
ISO 3166-1 alpha-2 code, BCP 47 language of the name (`iso3` for the alpha-3 code), name. The first
English name is the short name of CLDR; names in Russian and the official languages follow.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import pycountry
from babel import Locale, UnknownLocaleError
from babel.languages import get_official_languages

if TYPE_CHECKING:
    from collections.abc import Iterator


def rows() -> Iterator[tuple[str, str, str]]:
    """Yield (code, language, name), sorted by code; English first."""
    for country in sorted(pycountry.countries, key=lambda c: c.alpha_2):
        code = country.alpha_2
        yield code, "iso3", country.alpha_3
        for name in dict.fromkeys(_english(country)):
            yield code, "en", name
        for language in sorted({"ru", *get_official_languages(code, de_facto=True)} - {"en"}):
            translated = _name(language, code)
            if translated:
                yield code, language, translated


def _english(country: Any) -> Iterator[str]:
    yield _name("en", country.alpha_2) or country.name
    for field in ("name", "common_name", "official_name"):
        name = getattr(country, field, None)
        if name:
            yield name


def _name(language: str, code: str) -> str | None:
    try:
        return Locale.parse(language, sep="_").territories.get(code)
    except (UnknownLocaleError, ValueError):
        return None


if __name__ == "__main__":
    text = "".join("\t".join(row) + "\n" for row in rows())
    sys.stdout.buffer.write(text.encode("utf-8"))
