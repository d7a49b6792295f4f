"""Questions that reach beyond the store are refused: engines follow SERVICE to any address."""

from __future__ import annotations

import re

from cagraph.errors import QueryFault

_BESIDE_KEYWORDS = (r'\\.|"""(?:\\.|[^\\])*?"""|\'\'\'(?:\\.|[^\\])*?\'\'\'|"(?:\\.|[^"\\\n])*"|'
                    r"'(?:\\.|[^'\\\n])*'|<[^<>\"{}|^`\\\s]*>|#[^\r\n]*|[?$]\w+|:(?:[\w.:%-]|\\.)*")  # fmt: skip
"""Escaped signs, strings, IRIs, comments, variables, local names."""


def refuse_outside(sparql: str) -> None:
    """Refuse a query that reaches beyond the store: engines follow SERVICE to any address.

    Raises:
        QueryFault: if the query has a SERVICE clause.
    """
    # Some engines read \u0053 as S before anything else, others do not: both readings must be clean.
    for text in {sparql, _decoded(sparql)} if "\\" in sparql else (sparql,):
        if "service" in text.lower() and "service" in re.sub(_BESIDE_KEYWORDS, " ", text, flags=re.DOTALL).lower():
            raise QueryFault("SERVICE is refused: cagraph asks no other server", "query that endpoint by itself")


def _decoded(sparql: str) -> str:
    escape = r"\\u([0-9A-Fa-f]{4})|\\U(00(?:0[0-9A-Fa-f]|10)[0-9A-Fa-f]{4})"
    return re.sub(escape, lambda found: chr(int(found[1] or found[2], 16)), sparql)
