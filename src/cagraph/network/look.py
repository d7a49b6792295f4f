"""How a network looks: shape and colour by kind, labels that fit, positions; as vis-network takes it."""

from __future__ import annotations

from collections import defaultdict
from importlib.util import find_spec
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING, Any, NamedTuple

from cagraph import escape, signs
from cagraph.kinds import KINDS
from cagraph.network import layout

if TYPE_CHECKING:
    from cagraph.network.graph import Edge, Network


class Look(NamedTuple):
    """How the things of a kind are drawn."""

    name: str
    shape: str
    fill: str
    line: str
    size: int = 8
    font: int = 12


_SHAPES: dict[str, tuple[Any, ...]] = {
    "Country": ("dot", "#1d4e89", "#12335c", 15, 15),
    "Region": ("hexagon", "#7fb2dd", "#2f6ea3", 10, 13),
    "BilateralAgreement": ("square", "#2fa87c", "#176b4c"),
    "MultilateralAgreement": ("diamond", "#14785a", "#0b4d39", 11),
    "AgreementGroup": ("triangle", "#a5d6a0", "#3b7f43", 10),
    "Law": ("square", "#d9822b", "#8f4d0c"),
    "Decree": ("diamond", "#f2b134", "#93660a", 10),
    "PolicyDocument": ("triangleDown", "#b5541c", "#743309", 10),
    "Agency": ("dot", "#8e6bbf", "#57378a", 8),
    "InternationalOrganization": ("star", "#6a3d9a", "#43206b", 12, 13),
    "Organization": ("hexagon", "#cdb6e3", "#6a4a94"),
    "Scheme": ("triangle", "#d6587e", "#8d2448", 9),
    "Programme": ("star", "#f0a3ba", "#a03a5c", 11),
    "Event": ("triangleDown", "#8a94a0", "#4a535d", 9),
    "Concept": ("hexagon", "#d8dde3", "#5b6570"),
    "FigureSet": ("square", "#d8dde3", "#5b6570", 7),
    "Source": ("dot", "#d8dde3", "#5b6570"),
}
"""Class -> shape, fill, line, and where they differ from the usual, size of shape and letters."""
_OTHER = Look("Other", "dot", "#d8dde3", "#5b6570")
LOOKS = {kind.name: Look(kind.label, *_SHAPES[kind.name]) for kind in KINDS}
"""Class -> look; the legend keeps this order."""
_OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True, "multiselect": True, "selectConnectedEdges": True,
        "keyboard": {"enabled": True, "bindToWindow": False, "autoFocus": False},
    },
    "nodes": {
        "borderWidth": 1.5, "borderWidthSelected": 4, "labelHighlightBold": False, "font": {"size": 0},
    },
    "edges": {
        "width": 1.2, "selectionWidth": 1.5, "hoverWidth": 0.7,
        "color": {"color": "#a9b7c4", "highlight": "#c2410c", "hover": "#5b6570", "inherit": False},
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.45}}, "font": {"size": 0}, "smooth": False,
    },
}  # fmt: skip
"""Labels have no size here: the page writes them itself, where they find room at each zoom."""
_ROOM = (46, 30)
"""Width and height left for a label beside each shape; the rest of it shows on zooming in."""


def library() -> str:
    r"""Return vis-network as pyvis brings it, safe inside a script element.

    The file is looked up without importing pyvis, which would bring IPython along. Reading it as
    text makes every line end `\n`, as a browser does before it compares the hash.
    """
    spec = find_spec("pyvis")
    folder = Path(next(iter(spec.submodule_search_locations or ()))) if spec else Path()
    text = (folder / "lib/vis-9.1.2/vis-network.min.js").read_text(encoding="utf-8")
    return escape.script_code(text.partition("//# sourceMappingURL")[0])


def data(network: Network) -> dict[str, Any]:
    """Return what the page is given, as vis-network takes it: nodes, edges, options, and the legend."""
    groups = {**LOOKS, _OTHER.name: _OTHER}
    kinds = {node["kind"] for node in network.nodes.values()}
    legend = [{"kind": kind, **look._asdict()} for kind, look in LOOKS.items() if kind in kinds]
    legend += [{"kind": kind, **_OTHER._replace(name=kind)._asdict()} for kind in sorted(kinds - LOOKS.keys())]
    options = {**_OPTIONS, "groups": {name: _drawn(look) for name, look in groups.items()}}
    return {"nodes": _nodes(network), "edges": _edges(network), "options": options, "legend": legend}


def _nodes(network: Network) -> list[dict[str, Any]]:
    """Return every node with its place, its look and what the side panel tells of it."""
    nodes = network.nodes
    labels = {id_: short(signs.line(str(node["label"]))) for id_, node in nodes.items()}
    looks = {id_: LOOKS.get(node["kind"], _OTHER) for id_, node in nodes.items()}
    order = [*LOOKS.values(), _OTHER]
    together = sorted(nodes, key=lambda id_: (order.index(looks[id_]), nodes[id_]["date"] or "9", id_))
    places = layout.positions(
        {id_: _box(labels[id_], looks[id_]) for id_ in together}, [edge[:2] for edge in network.links]
    )
    return [
        {
            "id": id_, "label": labels[id_], "shape": looks[id_].shape, "size": looks[id_].size,
            "group": node["kind"] if node["kind"] in LOOKS else _OTHER.name,
            "x": places[id_][0], "y": places[id_][1], "about": {name: _visible(value) for name, value in node.items()},
        }
        for id_, node in nodes.items()
    ]  # fmt: skip


def _edges(network: Network) -> list[dict[str, Any]]:
    """Return every edge, each with a bend of its own among those between the same two things."""
    between: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    for edge in network.links:
        between[min(edge[:2]), max(edge[:2])].append(edge)
    edges = []
    for number, (edge, link) in enumerate(network.links.items()):
        one, other, _ = edge
        same = between[min(one, other), max(one, other)]
        # Edges fan out by at most 1.2 of an arc in all; two of them by 0.3.
        bend = round((same.index(edge) - (len(same) - 1) / 2) * min(0.3, 1.2 / len(same)), 3)
        bend = bend if one < other else -bend
        smooth = {"smooth": {"enabled": True, "type": "curvedCW", "roundness": bend}} if bend else {}
        told = {
            "from": one,
            "to": other,
            "id": number,
            "arrows": "to",
            "label": _visible(link["label"]),
            "sources": link["sources"],
        }
        edges.append(told | smooth)
    return edges


def _visible(value: object) -> object:
    """Return what a page tells of a thing without signs that would turn the direction of its text."""
    return signs.line(value) if isinstance(value, str) else value


def short(label: str) -> str:
    r"""Return a label in at most three lines.

    >>> short("Agreement on cooperation in pension provision")
    'Agreement on cooperation\nin pension provision'
    """
    return "\n".join(wrap(label, 26, max_lines=3, placeholder=" …")) or label[:26]


def _box(label: str, look: Look) -> tuple[float, float]:
    """Return the room that a shape takes with part of its label, or the whole label of a country."""
    width, height = 2 * look.size + _ROOM[0], 2 * look.size + _ROOM[1]
    if look.name != "Country":
        return width, height
    lines = label.split("\n")
    return max(width, max(map(len, lines)) * look.font * 0.62), height + (2 * len(lines) - 1) * look.font


def _drawn(look: Look) -> dict[str, Any]:
    strong = {"background": look.fill, "border": "#c2410c"}
    color = {"background": look.fill, "border": look.line, "highlight": strong, "hover": strong}
    return {"color": color}
