"""The countries of ISO 3166-1 and their names from CLDR, read from `data/countries.tsv`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from pathlib import Path


class CountryName(NamedTuple):
    """One name of a country: its id, a language tag (`iso3` for the alpha-3 code), the name."""

    id: str
    language: str
    name: str


def load(folder: Path) -> list[CountryName]:
    """Return every name of every country; the first English one is the name to show."""
    lines = (folder / "countries.tsv").read_text(encoding="utf-8").splitlines()
    return [CountryName(code.lower(), language, name) for code, language, name in
            (line.split("\t") for line in lines)]  # fmt: skip
