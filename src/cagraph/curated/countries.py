"""The countries of ISO 3166-1 and their names from CLDR, read from `data/countries.tsv`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cagraph.errors import DataFault, Fault

if TYPE_CHECKING:
    from pathlib import Path


_LINE = re.compile(r"([A-Z]{2})\t(iso3|[a-z]{2,3}(?:_[A-Za-z]{2,4})?)\t([^\t]*[^\t\s][^\t]*)")
_CURE = "run `make countries`"


class CountryName(NamedTuple):
    """One name of a country: its id, a language tag (`iso3` for the alpha-3 code), the name."""

    id: str
    language: str
    name: str


def load(folder: Path) -> list[CountryName]:
    """Return every name of every country; the first English one is the name to show.

    Raises:
        DataFault: if the file is not UTF-8, or a line is not code, language and name.
    """
    path = folder / "countries.tsv"
    try:
        lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    except UnicodeDecodeError:
        raise DataFault([Fault(str(path), 1, path.stem, "not UTF-8", _CURE)]) from None
    names = [_LINE.fullmatch(line) for line in lines]
    wrong = [number for number, match in enumerate(names, 1) if not match]
    if wrong:
        raise DataFault([Fault(str(path), n, path.stem, "not a code, a language and a name", _CURE) for n in wrong])
    return [CountryName(match[1].lower(), match[2], match[3]) for match in names if match]
