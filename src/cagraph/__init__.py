"""cagraph: a knowledge graph of Central Asian migration law and policy."""

from __future__ import annotations

__version__ = "0.1.0"
