"""What every part of the API shares: the open store."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cagraph.store import Store


class Opened:
    """An open store."""

    def __init__(self, store: Store) -> None:
        self._store = store
