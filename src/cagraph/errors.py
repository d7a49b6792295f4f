"""Every error that cagraph raises on purpose: a message for people, and what to do about it."""

from __future__ import annotations

from typing import NamedTuple

_SHOWN = 300
"""Signs of a problem that a message repeats: a fault of syntax can hold a line of megabytes."""


def visible(text: str) -> str:
    r"""Return a text in which every sign that does not print stands as its code, so that none steers a terminal.

    >>> visible("a\x1b[31mb")
    'a\\x1b[31mb'
    """
    if text.replace("\n", "").isprintable():
        return text
    return "".join(
        sign if sign.isprintable() or sign == "\n" else sign.encode("unicode_escape").decode() for sign in text
    )


class CagraphError(Exception):
    """What is wrong, and a hint at the cure; faces print both and exit with `exit_code`."""

    exit_code = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return visible(f"{self.message}\n{self.hint}" if self.hint else self.message)


class UsageFault(CagraphError):
    """The question was put wrongly: an unknown name, a bad date, a missing parameter."""

    exit_code = 2


class UnknownName(UsageFault):
    """No thing has this name or id."""


def refuse_beyond(what: str, value: int, least: int, most: int | None = None) -> None:
    """Refuse a number out of its range.

    Raises:
        UsageFault: if it is less than `least` or more than `most`.
    """
    if value < least or (most is not None and value > most):
        told = f"{least} or more" if most is None else f"{least} to {most}"
        raise UsageFault(f"{value} is no {what}", f"give {told}")


class QueryFault(UsageFault):
    """The SPARQL is wrong or not allowed."""


class StoreFault(CagraphError):
    """The compiled store cannot be opened, read or written."""


class WriteFault(StoreFault):
    """A store cannot be written: the disk is full, or fails."""


class CacheFault(WriteFault):
    """A store cannot be kept in this folder; it could be in another."""


class EvidenceFault(CagraphError):
    """A passage is not found, or found more than once."""


class Fault(NamedTuple):
    """One thing wrong in a curated file."""

    file: str
    line: int
    id: str
    problem: str
    cure: str

    def __str__(self) -> str:
        problem = self.problem if len(self.problem) <= _SHOWN else f"{self.problem[:_SHOWN]}..."
        id_ = self.id if len(self.id) <= _SHOWN else f"{self.id[:_SHOWN]}..."
        return visible(f"{self.file}:{self.line}: {id_}: {problem}; {self.cure}".replace("\n", "\\n"))


class DataFault(CagraphError):
    """The curated files break promises; all faults are listed, not only the first."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = sorted(set(faults))
        count = len(self.faults)
        lines = "\n".join(str(fault) for fault in self.faults)
        super().__init__(f"{lines}\n{count} fault{'s' if count != 1 else ''} in the data")
