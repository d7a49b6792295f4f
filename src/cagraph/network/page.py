"""The network as one HTML file that asks for nothing else."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from cagraph import escape, signs
from cagraph.answers import lookup
from cagraph.errors import UsageFault
from cagraph.network import graph, look

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cagraph.network.graph import Network
    from cagraph.store import Store

_PAGES = Path(__file__).parent / "pages"


def drawn(
    store: Store, names: Sequence[str] = (), *, topic: str = "", as_of: str = "", depth: int = 1
) -> tuple[Network, str]:
    """Return a network around things of some names, or that of all agreements, and its page.

    Raises:
        UsageFault: if a name, the topic or the day does not exist, or nothing is left to draw.
    """
    centres = [lookup.find(store, name, lookup.PLACES) for name in names]
    network = graph.network(store, [thing.id for thing in centres], topic=topic, as_of=as_of, depth=depth)
    if not network.nodes:
        raise UsageFault("there is nothing to draw", "ask for another topic or a later day")
    return network, page(network, graph.heading([thing.label for thing in centres], topic, as_of))


def page(network: Network, heading: str) -> str:
    """Return one HTML file that shows a network.

    Script and style stand in the file and are allowed by their hashes alone; nothing in the data
    can be run or become markup.
    """
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(loader=FileSystemLoader(_PAGES), autoescape=True, undefined=StrictUndefined)
    parts = {"style": _part("network.css"), "script": _part("network.js"), "library": look.library()}
    return environment.get_template("network.html.j2").render(
        heading=signs.line(heading),
        as_of=network.as_of,
        nodes=len(network.nodes),
        edges=len(network.links),
        data=Markup(escape.script_data(look.data(network))),  # noqa: S704 - no `<` is left in it
        hashes={name: _hash(text) for name, text in parts.items()},
        **{name: Markup(text) for name, text in parts.items()},  # noqa: S704 - files of ours and of pyvis
    )


def _part(name: str) -> str:
    return (_PAGES / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
