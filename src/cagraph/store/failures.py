"""What was wrong with the data when it was last built, so that it is not built in vain at every lookup."""

from __future__ import annotations

import json
import os

from cagraph.errors import DataFault, Fault
from cagraph.store import home, notes

_NAME = "failed"


def remember(cache: str, state: str, fault: DataFault) -> None:
    """Leave word in a cache that this state of the data cannot be built."""
    notes.leave(os.path.join(cache, _NAME), f"{json.dumps(fault.faults)}\n{state}")


def known(state: str) -> DataFault | None:
    """Return what was wrong with this state of the data, if it was tried."""
    for cache in (home.cache(), home.spare()):
        told, _, tried = notes.read(os.path.join(cache, _NAME)).partition("\n")
        if tried == state and (cache != home.spare() or home.is_safe(cache)):
            try:
                return DataFault([Fault(*fault) for fault in json.loads(told)])
            except (ValueError, TypeError):
                continue
    return None
