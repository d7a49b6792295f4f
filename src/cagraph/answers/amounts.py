"""Numbers and places as people write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cagraph.names import is_country

if TYPE_CHECKING:
    from collections.abc import Iterable


def places(area: Iterable[str], from_: Iterable[str], to: Iterable[str]) -> str:
    """Return areas as people write them: `KZ`, `TJ, UZ > RU`, `> KZ` for all that comes in."""
    here, out, into = (", ".join(one.upper() if is_country(one) else one for one in ids) for ids in (area, from_, to))
    return here or (f"{out} > {into}".strip() if out or into else "")


def amount(value: str, lower: str, upper: str, approximate: str, unit: str) -> str:
    """Return a number in words: `about 80,000 persons`, `30 to 40 percent`, `at least 3,000 persons`.

    >>> amount("", "30", "40", "", "percent"), amount("80000", "", "", "true", "persons")
    ('30 to 40 percent', 'about 80,000 persons')
    """
    if lower and upper:
        told = f"{grouped(lower)} to {grouped(upper)}"
    elif lower or upper:
        told = f"at least {grouped(lower)}" if lower else f"at most {grouped(upper)}"
    else:
        told = grouped(value)
    return f"{'about ' if approximate == 'true' else ''}{told} {unit}".strip()


def grouped(number: str) -> str:
    """Return a decimal number with its thousands apart.

    >>> grouped("-1234567.50"), grouped("0.25")
    ('-1,234,567.5', '0.25')
    """
    whole, _, fraction = number.partition(".")
    fraction = fraction.rstrip("0")
    sign = "-" if whole.startswith("-") else ""
    return f"{sign}{int(whole.lstrip('+-') or 0):,}" + (f".{fraction}" if fraction else "")
