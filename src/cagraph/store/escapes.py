"""Escapes of a question that some engines read before anything else, and others only in texts and IRIs."""

from __future__ import annotations

import re


def decoded(sparql: str) -> str:
    """Return a question with the signs that its escapes stand for: some engines read them before anything else."""
    escape = r"\\u([0-9A-Fa-f]{4})|\\U(00(?:0[0-9A-Fa-f]|10)[0-9A-Fa-f]{4})"
    return re.sub(escape, lambda escaped: chr(int(escaped[1] or escaped[2], 16)), sparql)
