"""Where the blocks of a network go: by distance first, then by springs, then without overlap."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass, field
from math import cos, hypot, pi, sin, sqrt
from operator import mul
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Point = tuple[float, float]
Neighbours = dict[str, set[str]]
GAP = 12.0
"""Least room between two boxes."""
_GOLDEN = pi * (3 - sqrt(5))


@dataclass
class Block:
    """Things placed together: their places around the middle of the block, and its size."""

    places: dict[str, Point] = field(default_factory=dict)
    width: float = 0.0
    height: float = 0.0
    x: float = 0.0
    y: float = 0.0


def distances(start: str, near: Neighbours) -> dict[str, int]:
    """Return how many links away each node of the same part lies."""
    found = {start: 0}
    waiting = deque([start])
    while waiting:
        one = waiting.popleft()
        for other in sorted(near[one]):
            if other not in found:
                found[other] = found[one] + 1
                waiting.append(other)
    return found


def spread(blocks: dict[str, Block], links: Neighbours) -> None:
    """Give every block a first place by its distances from a few far-off blocks."""
    pivots = _pivots(links)
    scale = sum(hypot(b.width, b.height) for b in blocks.values()) / len(blocks) + 2 * GAP
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
        far = distances(start, links)
        found.append(far)
        nearest = {name: min(nearest.get(name, far[name]), far[name]) for name in links}
        start = min(links, key=lambda name: (-nearest[name], -len(links[name]), name))
    return found


def _dot(one: Sequence[float], other: Sequence[float]) -> float:
    return float(sum(map(mul, one, other)))


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


def relax(blocks: dict[str, Block], links: Neighbours, rounds: int = 40) -> None:
    """Pull linked blocks together and push near ones apart, a little less every round."""
    order = list(blocks.values())
    place = {name: number for number, name in enumerate(blocks)}
    springs = [(place[a], place[b]) for a in links for b in sorted(links[a]) if a < b]
    radius = [hypot(b.width, b.height) / 2 for b in order]
    reach = 2.2 * (sum(radius) / len(radius) + GAP)
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


def _pull(
    order: Sequence[Block], springs: Sequence[tuple[int, int]], radius: Sequence[float], push: list[list[float]]
) -> None:
    degree = [1] * len(order)
    for a, b in springs:
        degree[a] += 1
        degree[b] += 1
    for a, b in springs:
        dx, dy = order[b].x - order[a].x, order[b].y - order[a].y
        length = hypot(dx, dy) or 1.0
        strain = (length - radius[a] - radius[b] - GAP) / length * 0.5
        for one, sign in ((a, 1), (b, -1)):
            push[one][0] += sign * strain * dx / sqrt(degree[one])
            push[one][1] += sign * strain * dy / sqrt(degree[one])


def _repel(order: Sequence[Block], radius: Sequence[float], reach: float, push: list[list[float]]) -> None:
    """Push apart what stands closer than its radii and twice the gap; only neighbouring squares are looked at."""
    xs, ys = [block.x for block in order], [block.y for block in order]
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for number in range(len(order)):
        cells[int(xs[number] // reach), int(ys[number] // reach)].append(number)
    for (column, row), here in cells.items():
        around = [n for dx, dy in ((0, 1), (1, -1), (1, 0), (1, 1)) for n in cells.get((column + dx, row + dy), ())]
        for place, a in enumerate(here):
            xa, ya, room, pushed = xs[a], ys[a], radius[a] + GAP * 2, push[a]
            for b in here[place + 1 :] + around:
                wanted = room + radius[b]
                dx, dy = xs[b] - xa, ys[b] - ya
                if -wanted < dx < wanted and -wanted < dy < wanted and (length := hypot(dx, dy) or 1.0) < wanted:
                    strain = (wanted - length) / length * 0.45
                    pushed[0] -= strain * dx
                    pushed[1] -= strain * dy
                    push[b][0] += strain * dx
                    push[b][1] += strain * dy


def separate(order: Sequence[Block], rounds: int = 150) -> None:
    """Push overlapping boxes apart along the shorter way, until none overlap.

    Where that takes long, the whole is drawn out a little.
    """
    side = 1.5 * sum(max(block.width, block.height) for block in order) / len(order) + GAP
    for turn in range(rounds):
        moved = False
        for here in _cells(order, side):
            for place, one in enumerate(here):
                for other in here[place + 1 :]:
                    moved |= _apart(one, other)
        if not moved:
            return
        if turn % 6 == 5:  # noqa: PLR2004
            for block in order:
                block.x *= 1.08
                block.y *= 1.08


def _cells(order: Sequence[Block], side: float) -> list[list[Block]]:
    """Return, for each square of the plane, the blocks that reach into it."""
    cells: dict[tuple[int, int], list[Block]] = defaultdict(list)
    for block in order:
        across, down = (block.width + GAP) / 2, (block.height + GAP) / 2
        for column in range(int((block.x - across) // side), int((block.x + across) // side) + 1):
            for row in range(int((block.y - down) // side), int((block.y + down) // side) + 1):
                cells[column, row].append(block)
    return list(cells.values())


def _apart(one: Block, other: Block) -> bool:
    across = (one.width + other.width) / 2 + GAP - abs(other.x - one.x)
    down = (one.height + other.height) / 2 + GAP - abs(other.y - one.y)
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
