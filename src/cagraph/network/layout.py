"""Positions for a network: the same for the same graph, quick, and with room for every label.

Things with the same neighbours stand together as one block, and what hangs on a single thing
stands around it, so that a country with a hundred acts is one flower and no hairball. The blocks
are placed by distance (pivot MDS), evened out by springs, and pushed apart until none overlap.
"""

from __future__ import annotations

from collections import defaultdict, deque
from itertools import pairwise
from math import ceil, cos, pi, sin, sqrt
from typing import TYPE_CHECKING

from cagraph.network import springs as forces
from cagraph.network.springs import GAP, Block

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from cagraph.network.springs import Neighbours, Point

_ASPECT = 1.35
"""Width by height of the picture that components are packed into."""


def positions(sizes: Mapping[str, Point], edges: Iterable[tuple[str, str]]) -> dict[str, Point]:
    """Return the middle of each node's box so that no two boxes overlap.

    Args:
        sizes: id of every node -> width and height of its shape and label; nodes that stand
            together are set in this order.
        edges: pairs of ids; direction and repetition do not matter.
    """
    near: Neighbours = {id_: set() for id_ in sizes}
    for one, other in edges:
        if one != other:
            near[one].add(other)
            near[other].add(one)
    placed = [_placed_block(component, near, sizes) for component in _components(near)]
    return _packed_places(
        [one for one in placed if len(one.places) > 1], [one for one in placed if len(one.places) == 1]
    )


def _components(near: Neighbours) -> list[list[str]]:
    """Return the ids of each connected part, in the order given, the largest part first."""
    part_of: dict[str, str] = {}
    parts: dict[str, list[str]] = defaultdict(list)
    for id_ in near:
        if id_ not in part_of:
            part_of.update(dict.fromkeys(forces.distances(id_, near), id_))
        parts[part_of[id_]].append(id_)
    return sorted(parts.values(), key=len, reverse=True)


def _placed_block(component: list[str], near: Neighbours, sizes: Mapping[str, Point]) -> Block:
    """Place one connected part around its own middle."""
    blocks = _blocks(component, near, sizes)
    home = {id_: name for name, block in blocks.items() for id_ in block.places}
    links: Neighbours = {name: set() for name in blocks}
    for id_, name in home.items():
        links[name].update(home[other] for other in near[id_] if home[other] != name)
    forces.spread(blocks, links)
    forces.relax(blocks, links)
    forces.separate(list(blocks.values()))
    _stretch(blocks.values())
    return _one_block(blocks.values())


def _blocks(component: list[str], near: Neighbours, sizes: Mapping[str, Point]) -> dict[str, Block]:
    """Return the blocks of a part, each under the id of its first or middle thing."""
    twins: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for id_ in component:
        twins[tuple(sorted(near[id_]))].append(id_)
    leaves = {ends[0]: ids for ends, ids in twins.items() if len(ends) == 1 and len(near[ends[0]]) > 1}
    hanging = {id_ for ids in leaves.values() for id_ in ids}
    blocks = {}
    for ids in twins.values():
        core = [id_ for id_ in ids if id_ not in hanging]
        if len(core) > 1 and not any(id_ in leaves for id_ in core):
            blocks[core[0]] = _grid(core, sizes)
        else:
            blocks.update({id_: _flower(id_, leaves.get(id_, []), sizes) for id_ in core})
    return blocks


def _grid(ids: Sequence[str], sizes: Mapping[str, Point]) -> Block:
    wide, high = (max(sizes[id_][axis] for id_ in ids) + GAP / 2 for axis in (0, 1))
    columns = max(1, round(sqrt(len(ids) * high / wide)))
    rows = ceil(len(ids) / columns)
    places = {}
    for number, id_ in enumerate(ids):
        row, column = divmod(number, columns)
        in_row = min(columns, len(ids) - row * columns)
        places[id_] = ((column - (in_row - 1) / 2) * wide, (row - (rows - 1) / 2) * high)
    return Block(places, columns * wide, rows * high)


def _flower(middle: str, leaves: Sequence[str], sizes: Mapping[str, Point]) -> Block:
    """Place leaves around what they hang on, along a spiral that widens by a leaf each turn."""
    width, height = sizes[middle]
    places = {middle: (0.0, 0.0)}
    if not leaves:
        return Block(places, width, height)
    wide, high = (max(sizes[id_][axis] for id_ in leaves) + GAP / 2 for axis in (0, 1))
    spots = _spiral(len(leaves), ((width + wide) / 2 + GAP, (height + high) / 2 + GAP), (wide, high))
    places.update(zip(leaves, spots, strict=True))
    return Block(places, 2 * max(abs(x) for x, _ in spots) + wide, 2 * max(abs(y) for _, y in spots) + high)


def _spiral(number: int, start: Point, box: Point) -> list[Point]:
    """Return places for boxes of one size: on one ring if they fit, else each the next free one along a spiral."""
    turns = [2 * pi * place / number - pi / 2 for place in range(number)]
    ring = [(start[0] * cos(turn), start[1] * sin(turn)) for turn in turns]
    beside = pairwise([*ring, *ring[:1]]) if number > 1 else ()
    if all(abs(a[0] - b[0]) >= box[0] or abs(a[1] - b[1]) >= box[1] for a, b in beside):
        return ring
    recent: deque[tuple[float, Point]] = deque()
    spots: list[Point] = []
    turn = -pi / 2
    while len(spots) < number:
        around = (turn + pi / 2) / (2 * pi)
        across, down = (start[axis] + around * box[axis] for axis in (0, 1))
        spot = (across * cos(turn), down * sin(turn))
        while recent and turn - recent[0][0] > 4 * pi:
            recent.popleft()
        if all(abs(spot[0] - x) >= box[0] or abs(spot[1] - y) >= box[1] for _, (x, y) in recent):
            spots.append(spot)
            recent.append((turn, spot))
        turn += 0.12 * min(box) / max(min(across, down), 1.0)
    return spots


def _stretch(blocks: Collection[Block]) -> None:
    """Draw blocks out to the shape of the picture: room costs nothing, and labels want it."""
    left, right, top, bottom = _bounds(blocks)
    wide = _ASPECT * (bottom - top) / (right - left)
    for block in blocks:
        block.x *= max(1.0, min(wide, 2.0))
        block.y *= max(1.0, min(1 / wide, 2.0))


def _bounds(blocks: Collection[Block]) -> tuple[float, float, float, float]:
    left, right = min(b.x - b.width / 2 for b in blocks), max(b.x + b.width / 2 for b in blocks)
    top, bottom = min(b.y - b.height / 2 for b in blocks), max(b.y + b.height / 2 for b in blocks)
    return left, right, top, bottom


def _one_block(several: Collection[Block]) -> Block:
    """Return several placed blocks as one, around its middle."""
    left, right, top, bottom = _bounds(several)
    x, y = (left + right) / 2, (top + bottom) / 2
    places = {id_: (b.x + dx - x, b.y + dy - y) for b in several for id_, (dx, dy) in b.places.items()}
    return Block(places, right - left, bottom - top)


def _packed_places(parts: list[Block], single: list[Block]) -> dict[str, Point]:
    """Set the parts on shelves, the largest first, and what has no link in rows below."""
    shelves: list[list[Block]] = []
    width = max([_shape_width(parts + single), *(part.width for part in parts)])
    for group in (sorted(parts, key=lambda part: -part.height), single):
        room = 0.0
        for part in group:
            room -= part.width + 2 * GAP
            if room < 0:
                shelves.append([])
                room = width - part.width
            shelves[-1].append(part)
    return _shelf_places(shelves)


def _shape_width(parts: Iterable[Block]) -> float:
    return sqrt(_ASPECT * sum((part.width + 2 * GAP) * (part.height + 2 * GAP) for part in parts))


def _shelf_places(shelves: Iterable[list[Block]]) -> dict[str, Point]:
    places: dict[str, Point] = {}
    y = 0.0
    for shelf in shelves:
        high = max(part.height for part in shelf)
        x = -sum(part.width + 2 * GAP for part in shelf) / 2
        for part in shelf:
            for id_, (dx, dy) in part.places.items():
                places[id_] = (round(x + part.width / 2 + dx, 1), round(y + high / 2 + dy, 1))
            x += part.width + 2 * GAP
        y += high + 2 * GAP
    return places
