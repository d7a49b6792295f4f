"""The graph for Python users: one method for each answer of the command line, with the same rows.

`cagraph.load()` opens it. An answer is a sequence of rows that iterate, index, show as a table in a
notebook and become data frames; every row names its evidence, and `cite` turns evidence into a
citation.
"""

from __future__ import annotations

from cagraph.api.figures import Figures
from cagraph.api.lists import Lists
from cagraph.api.lives import Lives
from cagraph.api.passages import Passages
from cagraph.api.pictures import Pictures
from cagraph.api.questions import Questions
from cagraph.api.things import Things
from cagraph.store.opening import connect


class Cagraph(Lists, Figures, Things, Lives, Passages, Questions, Pictures):
    """An open graph; `cagraph.load()` makes one.

    >>> import cagraph
    >>> graph = cagraph.load()
    >>> graph.find("Тоҷикистон").id
    'tj'
    >>> [agreement.id for agreement in graph.agreements("TJ", with_="Belgium", form="memorandum")]
    ['tj-be-labour-memorandum-2025']
    """


def load(where: str | None = None) -> Cagraph:
    """Open the graph: our own, built if needed, or the endpoint or folder named.

    Raises:
        cagraph.errors.StoreFault: if the store cannot be opened or built.
        cagraph.errors.DataFault: if it had to be built and the data is wrong.
    """
    return Cagraph(connect(where, say=False))
