"""Open the store that a reader means: an endpoint, a folder, or our own, built when it is missing."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from cagraph.errors import StoreFault
from cagraph.store import home
from cagraph.store.embedded import opened

if TYPE_CHECKING:
    from cagraph.store import Store


def connect(where: str | None = None, *, say: bool = True) -> Store:
    """Return the store that `where` or `CAGRAPH_STORE` names: an endpoint's URL, a folder, or ours.

    Our own is built first when it is missing or older than the data; `say` tells so on stderr.

    Raises:
        StoreFault: if the store cannot be opened or built.
        DataFault: if it had to be built and the data is wrong.
    """
    where = where or os.environ.get("CAGRAPH_STORE")
    if where and where.lower().startswith(("http://", "https://")):
        from cagraph.store.remote import Remote

        return Remote(where)
    if where:
        return opened(where)
    current = home.compiled(home.state())
    try:
        return opened(current or _built(say=say))
    except StoreFault:
        # Another process may have put a newer store in its place and taken this one away.
        renewed = home.compiled(home.state())
        if renewed in {None, current}:
            raise
        return opened(str(renewed))


def _built(*, say: bool) -> str:
    from cagraph.store import compiler

    if say:
        print("cagraph: building the store, once for this data", file=sys.stderr)  # noqa: T201
    return compiler.compiled()
