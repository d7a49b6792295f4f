"""The countries of ISO 3166-1 and their names from CLDR, read from `data/countries.tsv`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from cagraph.curated.lines import text_of
from cagraph.curated.signs import unfit
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
        DataFault: if the file cannot be read, a line is not code, language and name, or a name holds what no text may.
        OSError: if it is not there.
    """
    path = folder / "countries.tsv"
    names = [_LINE.fullmatch(line) for line in text_of(path).replace("\r\n", "\n").removesuffix("\n").split("\n")]
    faults = []
    for number, match in enumerate(names, 1):
        wrong = unfit(match[3]) if match else None
        if wrong or not match:
            problem = f"the name {wrong.problem}" if wrong else "not a code, a language and a name"
            faults.append(Fault(str(path), number, path.stem, problem, _CURE))
    if faults:
        raise DataFault(faults)
    return [CountryName(match[1].lower(), match[2], match[3]) for match in names if match]
