"""How a network looks: shape and colour by kind, labels that fit, positions; handed to pyvis."""

from __future__ import annotations

from collections import defaultdict
from importlib.resources import files
from textwrap import wrap
from typing import TYPE_CHECKING, Any, NamedTuple

from cagraph import layout

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx
    from pyvis.network import Network


class Look(NamedTuple):
    """How the things of a kind are drawn."""

    name: str
    shape: str
    fill: str
    line: str
    size: int = 8
    font: int = 12


LOOKS = {
    "Country": Look("Country", "dot", "#1d4e89", "#12335c", 15, 15),
    "Region": Look("Region", "hexagon", "#7fb2dd", "#2f6ea3", 10, 13),
    "BilateralAgreement": Look("Bilateral agreement", "square", "#2fa87c", "#176b4c"),
    "MultilateralAgreement": Look("Multilateral agreement", "diamond", "#14785a", "#0b4d39", 11),
    "AgreementGroup": Look("Agreement group", "triangle", "#a5d6a0", "#3b7f43", 10),
    "Agreement": Look("Agreement", "square", "#c9e7d9", "#176b4c"),
    "Law": Look("Law", "square", "#d9822b", "#8f4d0c"),
    "Decree": Look("Decree", "diamond", "#f2b134", "#93660a", 10),
    "PolicyDocument": Look("Policy document", "triangleDown", "#b5541c", "#743309", 10),
    "Agency": Look("Agency", "dot", "#8e6bbf", "#57378a", 8),
    "InternationalOrganization": Look("International organisation", "star", "#6a3d9a", "#43206b", 12, 13),
    "Organization": Look("Organisation", "hexagon", "#cdb6e3", "#6a4a94"),
    "Scheme": Look("Scheme", "triangle", "#d6587e", "#8d2448", 9),
    "Programme": Look("Programme", "star", "#f0a3ba", "#a03a5c", 11),
    "Event": Look("Event", "triangleDown", "#8a94a0", "#4a535d", 9),
    "Concept": Look("Concept", "hexagon", "#d8dde3", "#5b6570"),
    "Source": Look("Source", "dot", "#d8dde3", "#5b6570"),
}
"""Class -> look; the legend keeps this order."""
_OTHER = Look("Other", "dot", "#d8dde3", "#5b6570")
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

    Reading it as text makes every line end `\n`, as a browser does before it compares the hash.
    """
    text = files("pyvis").joinpath("lib/vis-9.1.2/vis-network.min.js").read_text(encoding="utf-8")
    text = text.partition("//# sourceMappingURL")[0]
    return text.replace("</script", "<\\/script").replace("<!--", "<\\!--")


def data(graph: nx.MultiDiGraph) -> dict[str, Any]:
    """Return what the page is given: nodes and edges as pyvis holds them, options, and the legend."""
    nodes, edges, _, _, _, options = _handed_over(graph).get_network_data()
    kinds = {kind for _, kind in graph.nodes(data="kind")}
    legend = [{"kind": kind, **look._asdict()} for kind, look in LOOKS.items() if kind in kinds]
    legend += [{"kind": kind, **_OTHER._replace(name=kind)._asdict()} for kind in sorted(kinds - LOOKS.keys())]
    return {"nodes": nodes, "edges": edges, "options": options, "legend": legend}


def _handed_over(graph: nx.MultiDiGraph) -> Network:
    """Return the graph as a pyvis network with every node placed."""
    from pyvis.network import Network

    net = Network(directed=True)
    groups = {**LOOKS, _OTHER.name: _OTHER}
    net.options = {**_OPTIONS, "groups": {name: _drawn(look) for name, look in groups.items()}}
    labels = {id_: short(str(about["label"])) for id_, about in graph.nodes(data=True)}
    looks = {id_: LOOKS.get(about["kind"], _OTHER) for id_, about in graph.nodes(data=True)}
    order = [*LOOKS.values(), _OTHER]
    together = sorted(graph, key=lambda id_: (order.index(looks[id_]), graph.nodes[id_]["date"] or "9", id_))
    sizes = {id_: _box(labels[id_], looks[id_]) for id_ in together}
    places = layout.positions(sizes, graph.edges())
    for id_, about in graph.nodes(data=True):
        x, y = places[id_]
        group, look = about["kind"] if about["kind"] in LOOKS else _OTHER.name, looks[id_]
        net.add_node(id_, labels[id_], look.shape, None, group=group, size=look.size, x=x, y=y, about=_told(about))
    for number, (one, other, bend, about) in enumerate(_bent(graph)):
        smooth = {"smooth": {"enabled": True, "type": "curvedCW", "roundness": bend}} if bend else {}
        net.add_edge(one, other, id=number, label=about["label"], sources=about["sources"], **smooth)
    return net


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


def _told(about: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the side panel tells of a node."""
    names = ("label", "kind", "code", "date", "status", "status_reason", "sources")
    return {name: about.get(name, "") for name in names}


def _bent(graph: nx.MultiDiGraph) -> list[tuple[str, str, float, dict[str, Any]]]:
    """Return the edges, each with a bend of its own among those between the same two things."""
    between: dict[tuple[str, str], list[tuple[str, str, str]]] = defaultdict(list)
    for one, other, key in graph.edges(keys=True):
        between[min(one, other), max(one, other)].append((one, other, key))
    found = []
    for one, other, key in graph.edges(keys=True):
        same = between[min(one, other), max(one, other)]
        bend = (same.index((one, other, key)) - (len(same) - 1) / 2) * min(0.3, 1.2 / len(same))
        found.append((one, other, round(bend if one < other else -bend, 3), graph.edges[one, other, key]))
    return found
