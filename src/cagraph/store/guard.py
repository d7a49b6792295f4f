"""What a question may not do: reach beyond the store, run too deep, or take too long."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

from cagraph.errors import QueryFault, StoreFault, UsageFault

if TYPE_CHECKING:
    from collections.abc import Callable

Answer = TypeVar("Answer")

_DEEPEST = 500
"""Braces a question may have: the parser of the engine overruns its stack on thousands of nested ones."""
_BESIDE_KEYWORDS = (r'\\.|"""(?:\\.|[^\\])*?"""|\'\'\'(?:\\.|[^\\])*?\'\'\'|"(?:\\.|[^"\\\n])*"|'
                    r"'(?:\\.|[^'\\\n])*'|<[^<>\"{}|^`\\\s]*>|#[^\r\n]*|[?$]\w+|:(?:[\w.:%-]|\\.)*")  # fmt: skip
"""Escaped signs, strings, IRIs, comments, variables, local names."""


def refuse(sparql: str) -> None:
    """Refuse a question that reaches beyond the store or is too deep for the engine.

    Raises:
        QueryFault: if it does.
    """
    refuse_outside(sparql)
    if sparql.count("{") > _DEEPEST:
        raise QueryFault(f"the question has more than {_DEEPEST} braces", "ask in several questions")


def refuse_outside(sparql: str) -> None:
    """Refuse a query that reaches beyond the store: engines follow SERVICE to any address.

    Raises:
        QueryFault: if the query has a SERVICE clause.
    """
    if mentions("service", sparql):
        raise QueryFault("SERVICE is refused: cagraph asks no other server", "query that endpoint by itself")


def mentions(keyword: str, sparql: str) -> bool:
    """Tell whether a keyword, in lower case, stands in a query outside strings, IRIs, comments and names."""
    # Some engines read \u0053 as S before anything else, others do not: both readings count.
    texts = {sparql, _decoded(sparql)} if "\\" in sparql else {sparql}
    return any(keyword in text.lower() and keyword in bare(text).lower() for text in texts)


def bare(sparql: str) -> str:
    """Return a query with a single sign in place of each variable, IRI and local name, and no strings or comments."""

    def sign(found: re.Match[str]) -> str:
        return found[0][0] if found[0][0] in "?$<:" else " "

    # Not compiled beforehand: few questions come here, and every lookup would pay for it.
    return re.sub(_BESIDE_KEYWORDS, sign, sparql, flags=re.DOTALL)


def _decoded(sparql: str) -> str:
    escape = r"\\u([0-9A-Fa-f]{4})|\\U(00(?:0[0-9A-Fa-f]|10)[0-9A-Fa-f]{4})"
    return re.sub(escape, lambda escaped: chr(int(escaped[1] or escaped[2], 16)), sparql)


def within(seconds: float, ask: Callable[[], Answer]) -> Answer:
    """Return what `ask` returns.

    The engine cannot be stopped once it runs, so it runs in a thread that dies with the process,
    and Ctrl-C and the limit end the wait.

    Raises:
        UsageFault: if there is no such span of time.
        StoreFault: if it takes longer than that.
    """
    import threading

    if not 0 < seconds <= threading.TIMEOUT_MAX:
        raise UsageFault(f"{seconds:g} seconds is no time limit", "give a number of seconds above 0")
    answers: list[Answer] = []
    errors: list[BaseException] = []

    def work() -> None:
        try:
            answers.append(ask())
        except BaseException as error:  # noqa: BLE001 - handed over to the waiting thread
            errors.append(error)

    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    worker.join(seconds)
    if errors:
        raise errors[0]
    if not answers:
        raise StoreFault(f"no answer within {seconds:g} seconds", "narrow the question, or raise --timeout")
    return answers[0]
