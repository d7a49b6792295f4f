"""`python -m cagraph` is the command `cagraph`."""

from __future__ import annotations

from cagraph.cli import main

main(prog_name="cagraph")
