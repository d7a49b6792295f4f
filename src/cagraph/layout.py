"""Positions for a network: the same for the same graph, quick, and with room for every label.

Things with the same neighbours stand together as one block, and what hangs on a single thing
stands around it, so that a country with a hundred acts is one flower and no hairball. The blocks
are placed by distance (pivot MDS), evened out by springs, and pushed apart until none overlap.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from math import ceil, cos, hypot, pi, sin, sqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Point = tuple[float, float]
Neighbours = dict[str, set[str]]
_GAP = 12.0
_GOLDEN = pi * (3 - sqrt(5))
_ASPECT = 1.35
"""Width by height of the picture that components are packed into."""


@dataclass
class _Block:
    """Things placed together: their places around the middle of the block, and its size."""

    places: dict[str, Point] = field(default_factory=dict)
    width: float = 0.0
    height: float = 0.0
    x: float = 0.0
    y: float = 0.0


def positions(sizes: Mapping[str, Point], edges: Iterable[tuple[str, str]]) -> dict[str, Point]:
    """Return the middle of each node's box so that no two boxes overlap.

    Args:
        sizes: id of every node -> width and height of its shape and label.
        edges: pairs of ids; direction and repetition do not matter.
    """
    near: Neighbours = {id_: set() for id_ in sizes}
    for one, other in edges:
        if one != other:
            near[one].add(other)
            near[other].add(one)
    placed = [_placed(component, near, sizes) for component in _components(near)]
    return _packed([one for one in placed if len(one.places) > 1], [one for one in placed if len(one.places) == 1])


def _components(near: Neighbours) -> list[list[str]]:
    """Return the ids of each connected part, largest first."""
    seen: set[str] = set()
    found = []
    for start in sorted(near):
        if start not in seen:
            part = _distances(start, near)
            seen.update(part)
            found.append(sorted(part))
    return sorted(found, key=lambda part: (-len(part), part))


def _distances(start: str, near: Neighbours) -> dict[str, int]:
    found = {start: 0}
    waiting = deque([start])
    while waiting:
        one = waiting.popleft()
        for other in sorted(near[one]):
            if other not in found:
                found[other] = found[one] + 1
                waiting.append(other)
    return found


def _placed(component: list[str], near: Neighbours, sizes: Mapping[str, Point]) -> _Block:
    """Place one connected part around its own middle."""
    blocks = _blocks(component, near, sizes)
    home = {id_: name for name, block in blocks.items() for id_ in block.places}
    links: Neighbours = {name: set() for name in blocks}
    for id_, name in home.items():
        links[name].update(home[other] for other in near[id_] if home[other] != name)
    _spread(blocks, links)
    _relax(blocks, links)
    _separate(list(blocks.values()))
    return _joined(blocks.values())


def _blocks(component: list[str], near: Neighbours, sizes: Mapping[str, Point]) -> dict[str, _Block]:
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


def _grid(ids: Sequence[str], sizes: Mapping[str, Point]) -> _Block:
    wide, high = (max(sizes[id_][axis] for id_ in ids) + _GAP / 2 for axis in (0, 1))
    columns = max(1, round(sqrt(len(ids) * high / wide)))
    rows = ceil(len(ids) / columns)
    places = {}
    for number, id_ in enumerate(ids):
        row, column = divmod(number, columns)
        in_row = min(columns, len(ids) - row * columns)
        places[id_] = ((column - (in_row - 1) / 2) * wide, (row - (rows - 1) / 2) * high)
    return _Block(places, columns * wide, rows * high)


def _flower(middle: str, leaves: Sequence[str], sizes: Mapping[str, Point]) -> _Block:
    """Place leaves on rings around what they hang on."""
    width, height = sizes[middle]
    places = {middle: (0.0, 0.0)}
    if not leaves:
        return _Block(places, width, height)
    wide, high = (max(sizes[id_][axis] for id_ in leaves) + _GAP / 2 for axis in (0, 1))
    rest = list(leaves)
    ring = 0
    across, down = (width + wide) / 2 + _GAP, (height + high) / 2 + _GAP
    while rest:
        room = _room(across + ring * wide, down + ring * high, wide, high)
        here, rest = rest[:room], rest[room:]
        for number, id_ in enumerate(here):
            turn = 2 * pi * (number + ring % 2 / 2) / len(here) - pi / 2
            places[id_] = ((across + ring * wide) * cos(turn), (down + ring * high) * sin(turn))
        ring += 1
    return _Block(places, 2 * (across + (ring - 0.5) * wide), 2 * (down + (ring - 0.5) * high))


def _room(across: float, down: float, wide: float, high: float) -> int:
    """Return how many boxes fit on an ellipse without touching."""
    number = max(3, int(2 * pi * max(across / wide, down / high)))
    while number > 1:
        turns = [2 * pi * place / number for place in range(number)]
        points = [(across * cos(turn), down * sin(turn)) for turn in turns]
        pairs = zip(points, points[1:] + points[:1], strict=True)
        if all(abs(a[0] - b[0]) >= wide or abs(a[1] - b[1]) >= high for a, b in pairs):
            return number
        number -= 1
    return number


def _spread(blocks: dict[str, _Block], links: Neighbours) -> None:
    """Give every block a first place by its distances from a few far-off blocks."""
    pivots = _pivots(links)
    scale = sum(hypot(b.width, b.height) for b in blocks.values()) / len(blocks) + 2 * _GAP
    middle = {name: [float(far[name]) for far in pivots] for name in blocks}
    means = [sum(column) / len(blocks) for column in zip(*middle.values(), strict=True)]
    centred = {name: [value - mean for value, mean in zip(row, means, strict=True)] for name, row in middle.items()}
    first = _axis(list(centred.values()), [])
    second = _axis(list(centred.values()), [first])
    for number, (name, block) in enumerate(blocks.items()):
        nudge = sqrt(number + 1) * 0.15
        block.x = (_dot(centred[name], first) + nudge * cos(number * _GOLDEN)) * scale
        block.y = (_dot(centred[name], second) + nudge * sin(number * _GOLDEN)) * scale


def _pivots(links: Neighbours, number: int = 12) -> list[dict[str, int]]:
    """Return the distances from blocks that lie far from each other, the best linked one first."""
    start = min(links, key=lambda name: (-len(links[name]), name))
    nearest: dict[str, int] = {}
    found = []
    for _ in range(min(number, len(links))):
        far = _distances(start, links)
        found.append(far)
        nearest = {name: min(nearest.get(name, far[name]), far[name]) for name in links}
        start = min(links, key=lambda name: (-nearest[name], -len(links[name]), name))
    return found


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True))


def _axis(rows: Sequence[Sequence[float]], before: Sequence[Sequence[float]]) -> list[float]:
    """Return the direction in which the rows differ most, square to those before."""
    axis = [1.0 + place / 7 for place in range(len(rows[0]))]
    for _ in range(30):
        for other in before:
            along = _dot(axis, other)
            axis = [a - along * b for a, b in zip(axis, other, strict=True)]
        weights = [_dot(row, axis) for row in rows]
        axis = [sum(w * row[place] for w, row in zip(weights, rows, strict=True)) for place in range(len(axis))]
        length = sqrt(_dot(axis, axis)) or 1.0
        axis = [a / length for a in axis]
    return axis


def _relax(blocks: dict[str, _Block], links: Neighbours, rounds: int = 60) -> None:
    """Pull linked blocks together and push near ones apart, a little less every round."""
    order = list(blocks.values())
    place = {name: number for number, name in enumerate(blocks)}
    springs = [(place[a], place[b]) for a in links for b in sorted(links[a]) if a < b]
    radius = [hypot(b.width, b.height) / 2 for b in order]
    reach = 2.2 * (sum(radius) / len(radius) + _GAP)
    for turn in range(rounds):
        push = [[0.0, 0.0] for _ in order]
        _pull(order, springs, radius, push)
        _repel(order, radius, reach, push)
        limit = reach * (1 - turn / rounds) * 0.5
        for block, (dx, dy) in zip(order, push, strict=True):
            length = hypot(dx, dy)
            share = min(1.0, limit / length) if length else 0.0
            block.x += dx * share
            block.y += dy * share


def _pull(order: Sequence[_Block], springs: Sequence[tuple[int, int]], radius: Sequence[float], push: list[list[float]]) -> None:  # fmt: skip
    degree = [1] * len(order)
    for a, b in springs:
        degree[a] += 1
        degree[b] += 1
    for a, b in springs:
        dx, dy = order[b].x - order[a].x, order[b].y - order[a].y
        length = hypot(dx, dy) or 1.0
        strain = (length - radius[a] - radius[b] - _GAP) / length * 0.5
        for one, sign in ((a, 1), (b, -1)):
            push[one][0] += sign * strain * dx / sqrt(degree[one])
            push[one][1] += sign * strain * dy / sqrt(degree[one])


def _repel(order: Sequence[_Block], radius: Sequence[float], reach: float, push: list[list[float]]) -> None:
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number, block in enumerate(order):
        cells[int(block.x // reach), int(block.y // reach)].append(number)
    for (column, row), here in cells.items():
        around = [n for dx, dy in ((0, 1), (1, -1), (1, 0), (1, 1)) for n in cells.get((column + dx, row + dy), ())]
        for place, a in enumerate(here):
            for b in here[place + 1 :] + around:
                dx, dy = order[b].x - order[a].x, order[b].y - order[a].y
                length = hypot(dx, dy) or 1.0
                wanted = radius[a] + radius[b] + _GAP * 2
                if length < wanted:
                    strain = (wanted - length) / length * 0.45
                    push[a][0] -= strain * dx
                    push[a][1] -= strain * dy
                    push[b][0] += strain * dx
                    push[b][1] += strain * dy


def _separate(order: list[_Block], rounds: int = 120) -> None:
    """Push overlapping boxes apart along the shorter way, until none overlap."""
    for _ in range(rounds):
        order.sort(key=lambda block: block.x - block.width / 2)
        moved = False
        for place, one in enumerate(order):
            end = one.x + one.width / 2 + _GAP
            for other in order[place + 1 :]:
                if other.x - other.width / 2 > end + _GAP:
                    break
                moved |= _apart(one, other)
        if not moved:
            return


def _apart(one: _Block, other: _Block) -> bool:
    across = (one.width + other.width) / 2 + _GAP - abs(other.x - one.x)
    down = (one.height + other.height) / 2 + _GAP - abs(other.y - one.y)
    if across <= 0.5 or down <= 0.5:  # noqa: PLR2004 - half a pixel is no overlap
        return False
    heavy = one.width * one.height
    share = (other.width * other.height) / (heavy + other.width * other.height)
    if across < down:
        side = 1 if other.x >= one.x else -1
        one.x -= side * across * share
        other.x += side * across * (1 - share)
    else:
        side = 1 if other.y >= one.y else -1
        one.y -= side * down * share
        other.y += side * down * (1 - share)
    return True


def _joined(blocks: Iterable[_Block]) -> _Block:
    """Return several placed blocks as one, around its middle."""
    several = list(blocks)
    left, right = min(b.x - b.width / 2 for b in several), max(b.x + b.width / 2 for b in several)
    top, bottom = min(b.y - b.height / 2 for b in several), max(b.y + b.height / 2 for b in several)
    x, y = (left + right) / 2, (top + bottom) / 2
    places = {id_: (b.x + dx - x, b.y + dy - y) for b in several for id_, (dx, dy) in b.places.items()}
    return _Block(places, right - left, bottom - top)


def _packed(parts: list[_Block], single: list[_Block]) -> dict[str, Point]:
    """Set the parts on shelves, the largest first, and what has no link in rows below."""
    shelves: list[list[_Block]] = []
    width = max([_shape_width(parts + single), *(part.width for part in parts)])
    for group in (sorted(parts, key=lambda part: -part.height), single):
        room = 0.0
        for part in group:
            room -= part.width + 2 * _GAP
            if room < 0:
                shelves.append([])
                room = width - part.width
            shelves[-1].append(part)
    return _shelved(shelves)


def _shape_width(parts: Iterable[_Block]) -> float:
    return sqrt(_ASPECT * sum((part.width + 2 * _GAP) * (part.height + 2 * _GAP) for part in parts))


def _shelved(shelves: Iterable[list[_Block]]) -> dict[str, Point]:
    found: dict[str, Point] = {}
    y = 0.0
    for shelf in shelves:
        high = max(part.height for part in shelf)
        x = -sum(part.width + 2 * _GAP for part in shelf) / 2
        for part in shelf:
            for id_, (dx, dy) in part.places.items():
                found[id_] = (round(x + part.width / 2 + dx, 1), round(y + high / 2 + dy, 1))
            x += part.width + 2 * _GAP
        y += high + 2 * _GAP
    return found
