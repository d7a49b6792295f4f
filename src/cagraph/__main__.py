"""`python -m cagraph` is the command `cagraph`."""

from __future__ import annotations

import gc

_OBJECTS = 1_000_000
"""Objects made before the garbage collector looks for cycles: a lookup makes fewer, and ends before there
is anything to collect; looking at the usual 700 took a fiftieth of its time."""


def run() -> None:
    """Run the command line."""
    gc.set_threshold(_OBJECTS)
    from cagraph.cli import main

    main(prog_name="cagraph")


if __name__ == "__main__":
    run()
