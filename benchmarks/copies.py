"""A folder of data that holds the real records several times over, to measure what grows with the graph.

Countries and sources stay what they are, once; every other thing is copied with an id, names and passages of its
own, and refers to things of its own copy. So a country has so many times its things, and a thing no more than it had.
"""

from __future__ import annotations

import re
import shutil
import tomllib
from typing import TYPE_CHECKING, Any

from cagraph.curated import canonical, vocabulary
from cagraph.curated.ids import evidence_id

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from cagraph.curated.vocabulary import Vocabulary

_SHARED = {"Country", "Source"}
_NAMES = {"label", "altLabel", "shortName", "name", "title"}
_LATIN, _CYRILLIC = (0x61, 26), (0x430, 32)
"""First letter, and how many there are."""

Table = dict[str, Any]


def written(data: Path, ontology: Path, times: int, folder: Path) -> Path:
    """Write a folder of data with every record so many times; return it."""
    shutil.copytree(data, folder)
    terms = vocabulary.load(ontology)
    own = {
        path: table
        for path in sorted(data.rglob("*.toml"))
        if (table := tomllib.loads(path.read_text("utf-8")))["kind"] not in _SHARED
    }
    ids = {str(table["id"]) for table in own.values()}
    for number in range(1, times):
        known = {id_: f"{id_}-c{number}" for id_ in ids}
        for table in own.values():
            known |= {_evidence(block): _evidence(_block(block, number, known, terms)) for block in _blocks(table)}
        for path, table in own.items():
            copy = _copy(table, number, known, terms)
            place = folder / path.relative_to(data).parent
            (place / f"{copy['id']}.toml").write_text(canonical.dump(copy, terms), "utf-8")
    return folder


def _blocks(table: Table) -> list[Table]:
    blocks: list[Table] = table.get("evidence", [])
    return blocks


def _evidence(block: Table) -> str:
    source, _, fingerprint = re.split(r" | \d+:", block["passage"])
    return evidence_id(source, fingerprint, block)


def _copy(table: Table, number: int, known: dict[str, str], terms: Vocabulary) -> Table:
    copy = {field: _value(field, value, number, known, terms) for field, value in table.items() if field != "evidence"}
    copy["id"] = known[table["id"]]
    if "evidence" in table:
        copy["evidence"] = [_block(block, number, known, terms) for block in _blocks(table)]
    return copy


def _block(block: Table, number: int, known: dict[str, str], terms: Vocabulary) -> Table:
    """Return a copy of a piece of evidence: other words in the same place."""
    copy = {field: _value(field, value, number, known, terms) for field, value in block.items()}
    head, colon, fingerprint = block["passage"].rpartition(":")
    copy["passage"] = f"{head}{colon}{(int(fingerprint[:6], 16) + number) % 2**24:06x}{fingerprint[6:]}"
    for figure in copy.get("figure", []):
        figure.setdefault("breakdown", f"c{number}")
    return copy


def _value(field: str, value: Any, number: int, known: dict[str, str], terms: Vocabulary) -> Any:  # noqa: ANN401 - TOML
    if isinstance(value, list):
        return [_value(field, one, number, known, terms) for one in value]
    if isinstance(value, dict):
        if "prefers" in value:  # it holds a value of the property that it is about
            prefers = _value(value["property"], value["prefers"], number, known, terms)
            rest = {key: one for key, one in value.items() if key != "prefers"}
            return _value(field, rest, number, known, terms) | {"prefers": prefers}
        return {key: _value(key, one, number, known, terms) for key, one in value.items()}
    if not isinstance(value, str):
        return value
    if field in _NAMES:
        name, at, language = value.partition("@")
        more = "" if field == "shortName" else f" {_letters(number)}"  # a short name has no room for it
        return f"{_shifted(name, number)}{more}{at}{language}"
    if field in {"number", "breakdown"}:
        return f"{value} c{number}"
    if field in {"url", "id_local"}:
        return f"{value.rstrip('/')}-c{number}"
    if field in terms.terms and terms.terms[field].scheme:
        return value
    return known.get(value, value)


def _shifted(name: str, number: int) -> str:
    """Return a name of other words: each small letter is that so many places further on."""
    shift: Callable[[str], str] = lambda sign: next(  # noqa: E731
        (chr(a + (ord(sign) - a + number) % n) for a, n in (_LATIN, _CYRILLIC) if a <= ord(sign) < a + n), sign
    )
    return "".join(map(shift, name))


def _letters(number: int) -> str:
    return chr(ord("a") + number % 26) * (1 + number // 26)
