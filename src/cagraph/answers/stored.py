"""Numbers as the store holds them: in one of other people, anything may stand in their place."""

from __future__ import annotations

from cagraph.answers.days import CURE
from cagraph.errors import StoreFault


def number(stored: object) -> int:
    """Return a whole number of the store.

    Raises:
        StoreFault: if it is none: whoever asks has not written it.
    """
    try:
        return int(str(stored))
    except ValueError:
        raise StoreFault(f"the store holds {str(stored)[:100]!r} where a number has to stand", CURE) from None
