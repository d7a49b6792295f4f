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
    if "service" in sparql.lower() or "\\" in sparql:
        refuse_outside(sparql)
    if sparql.count("{") > _DEEPEST:
        raise QueryFault(f"the question has more than {_DEEPEST} braces", "ask in several questions")


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
