"""Which figures contradict each other: of one series and period, and no number fits both."""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from itertools import combinations
from typing import TYPE_CHECKING

from cagraph.answers.days import span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from cagraph.answers.figures import Figure

_OF_A_THING = {"count", "quota", "limit", "fee"}
"""Measure types of which every thing has numbers of its own: two schemes of a country have two quotas. Stocks,
flows, shares, rates and amounts are of an area, in whosever record they stand."""
_ROUNDED = 2
"""A number of so many digits or more, the rest noughts, may be another one rounded; one digit is too few to say."""


def disagreeing(figures: Iterable[Figure]) -> Iterator[tuple[Figure, Figure]]:
    """Yield each pair of figures of one indicator, place, group, breakdown, unit and period that cannot both hold.

    The one that stands first is stated rather than inferred, and smaller.
    """
    alike: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        alike[_key(figure)].append(figure)
    for same in alike.values():
        for one, other in combinations(sorted(same, key=lambda figure: (figure.basis != "stated", _span(figure))), 2):
            if not fit(one, other):
                yield one, other


def comparable(figures: Iterable[Figure]) -> set[str]:
    """Return the series, as `ca:series` has them, of figures in other records that may contradict some.

    One without a unit is in the usual one, and its series names none.
    """
    return {
        "|".join([one.indicator, *map(",".join, _series(one)), one.breakdown, unit])
        for one in figures
        for unit in ("", one.unit)
        if one.measure_type not in _OF_A_THING
    }


def _key(figure: Figure) -> tuple[object, ...]:
    """Return what two figures must have in common to be compared; 2024 and 2024-01/2024-12 are one period."""
    period = tuple(span(figure.period)) if figure.period else ()
    own = figure.id if figure.measure_type in _OF_A_THING else ""
    return (figure.indicator, *_series(figure), figure.breakdown, figure.unit, period, own)


def _series(figure: Figure) -> tuple[tuple[str, ...], ...]:
    return figure.area, figure.from_area, figure.to_area, figure.groups, figure.sector


def fit(one: Figure, other: Figure) -> bool:
    """Tell whether some number fits both: their spans meet, or one is the other rounded."""
    (low, high), (its_low, its_high) = _span(one), _span(other)
    if low <= its_high and its_low <= high:
        return True
    if not (one.value and other.value):
        return False
    mine, its = Decimal(one.value), Decimal(other.value)
    return _is_rounded(mine, its) or _is_rounded(its, mine)


def _span(figure: Figure) -> tuple[Decimal, Decimal]:
    """Return the least and the most that a figure can be; about 80,000 is anything that rounds to it."""
    if not figure.value:
        return Decimal(figure.lower or "-Infinity"), Decimal(figure.upper or "Infinity")
    value = Decimal(figure.value)
    slack = _last_place(value) / 2 if figure.approximate == "true" else Decimal(0)
    return value - slack, value + slack


def _is_rounded(short: Decimal, long: Decimal) -> bool:
    """Tell whether a number is another one with fewer digits."""
    place = _last_place(short)
    return len(short.normalize().as_tuple().digits) >= _ROUNDED and abs(long - short) * 2 <= place


def _last_place(value: Decimal) -> Decimal:
    """Return the unit of the last digit that is no nought: 100,000 for 2,700,000."""
    return Decimal(1).scaleb(int(value.normalize().as_tuple().exponent))
