"""cagraph: a knowledge graph of Central Asian migration law and policy.

`cagraph.load()` opens the graph; see `cagraph.api.Cagraph` for what it answers.
"""

from __future__ import annotations

TYPE_CHECKING = False  # that of `typing` costs an import, and Ctrl-C may strike there, where nothing catches it
if TYPE_CHECKING:
    from cagraph.api import Cagraph

__version__ = "0.1.0"
__all__ = ["__version__", "load"]


def load(where: str | None = None) -> Cagraph:
    """Open the graph: our own, built if needed, or the endpoint or folder named.

    Imported late, so that a command pays only for what it uses.

    Raises:
        cagraph.errors.StoreFault: if the store cannot be opened or built.
        cagraph.errors.DataFault: if it had to be built and the data is wrong.
    """
    from cagraph import api

    return api.load(where)
