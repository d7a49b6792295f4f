"""What a question may not do: reach beyond the store, or be longer or deeper than the engine can bear."""

from __future__ import annotations

import re

from cagraph.errors import QueryFault

LONGEST = 250_000
"""Characters that a question from outside may have."""
_MOST = 50_000
"""Words and signs of a question: each may take the engine one call deeper."""
_DEEPEST = 100
"""Brackets that may stand in one another: each may take the engine twelve calls deeper."""
_OPENING, _CLOSING = "([{", ")]}"


def refuse(sparql: str) -> None:
    """Refuse a question that reaches beyond the store or is too deep for the engine.

    Raises:
        QueryFault: if it does.
    """
    refuse_too_deep(sparql)
    refuse_outside(sparql)


def refuse_too_long(sparql: str) -> None:
    """Refuse a question from outside that is too long to be looked at; our own may be longer.

    Raises:
        QueryFault: if it is.
    """
    if len(sparql) > LONGEST:
        raise QueryFault(f"the question is longer than {LONGEST:,} characters", "ask in several questions")


def refuse_too_deep(sparql: str) -> None:
    """Refuse a question whose brackets stand in one another too deep, or that has too many parts.

    Raises:
        QueryFault: if it is so.
    """
    if len(sparql) <= _MOST and sum(map(sparql.count, _OPENING)) <= _DEEPEST:
        return
    from cagraph.store import grammar

    depth = deepest = parts = 0
    for piece in grammar.pieces(sparql):
        if piece.kind == "sign" or piece.text[0] in "+-":
            parts += 1
            depth += (piece.text[0] in _OPENING) - (piece.text[-1] in _CLOSING)
            deepest = max(deepest, depth)
    if deepest > _DEEPEST:
        raise QueryFault(f"the question is too deep: {deepest:,} brackets stand in one another, "
                         f"and at most {_DEEPEST} may", "ask in several questions")  # fmt: skip
    if parts > _MOST:
        raise QueryFault(f"the question has {parts:,} operators and other signs, and at most {_MOST:,} may stand in it",
                         "ask in several questions")  # fmt: skip


def refuse_outside(sparql: str) -> None:
    """Refuse a query that reaches beyond the store: engines follow SERVICE to any address.

    Raises:
        QueryFault: if the query has a SERVICE clause, or may have one that cannot be told for another fault.
    """
    if not mentions("service", sparql):
        return
    from cagraph.store import grammar, wrong

    refused = "SERVICE is refused: cagraph asks no other server"
    other = grammar.without("service", sparql) if grammar.uses("service", sparql) else None
    fault = wrong.fault(other, sparql) if other else None
    if fault:  # it may be a word in a comment; what it is cannot be told before that is mended
        raise QueryFault(fault.message, f"{fault.hint}\n{refused}".lstrip("\n"))
    raise QueryFault(refused, "query that endpoint by itself")


def mentions(keyword: str, sparql: str) -> bool:
    """Tell whether a keyword, in lower case, is or may be one in a query, outside texts, IRIs, comments and names."""
    # Some engines read \u0053 as S before anything else, others do not: both readings count.
    texts = {sparql}
    if "\\" in sparql:
        from cagraph.store.escapes import decoded

        texts.add(decoded(sparql))
    likely = [text for text in texts if keyword in text.lower() and _is_likely(keyword, text)]
    if not likely:
        return False
    from cagraph.store import grammar

    return any(grammar.uses(keyword, text) for text in likely)


def _is_likely(keyword: str, text: str) -> bool:
    """Tell whether a keyword stands elsewhere than where our questions have it: those are spared the grammar.

    That is in variables, local names, lines of comment (where no text goes over lines); of SERVICE, at
    the end of an IRI, as in ids of agencies: nothing that may follow the keyword is so followed by `>`.
    """
    if keyword == "service":
        return re.search(r"service(?![\w-]{0,200}>)", text, re.IGNORECASE) is not None
    if '"""' not in text and "'''" not in text:
        text = re.sub(r"(?:^|(?<=[\r\n]))[ \t]*#[^\r\n]*", "", text)
    return keyword in re.sub(r"[?$:]\w+", "", text).lower()
