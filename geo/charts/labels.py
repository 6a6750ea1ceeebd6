"""Where labels stand so that none covers another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

GAP = 6.0


@dataclass(frozen=True, slots=True)
class Label:
    """Words of a known width that belong to a place on the axis."""

    x: float
    width: float


def row_up(labels: Sequence[Label]) -> list[int]:
    """Stack labels, each beginning at its place, so that no label and no stem crosses another.

    A stem goes straight down from a label's beginning to the axis. Earlier labels stand higher, so
    the stems of the later ones do not run through them.

    Parameters
    ----------
    labels : sequence of Label
        In the order of their places.

    Returns
    -------
    list of int
        The row of each, counted from the axis.

    Examples
    --------
    >>> row_up([Label(0, 50), Label(20, 50), Label(200, 50)])
    [1, 0, 0]
    """
    rows: list[int] = []
    for at in range(len(labels) - 1, -1, -1):
        end = labels[at].x + labels[at].width + GAP
        # Whatever begins under this label lies lower, label and stem.
        under = [row for later, row in zip(labels[at + 1 :], rows, strict=True) if later.x < end]
        rows.insert(0, max(under, default=-1) + 1)
    return rows


def spread(labels: Sequence[Label], left: float, right: float) -> list[float]:
    """Move labels of one row apart, each as near to its place as its neighbours let it.

    Returns
    -------
    list of float
        The middle of each label, in the order given. Where they do not fit at all, they run out
        to the right rather than over each other.

    Examples
    --------
    >>> spread([Label(10, 10), Label(12, 10), Label(80, 10)], 0, 100)
    [6.0, 16.0, 80.0]
    """
    blocks: list[list[float]] = []  # sum of the wished left edges of the first, width, labels
    for label in labels:
        blocks.append([label.x - label.width / 2, label.width, 1])
        while len(blocks) > 1 and _edge(blocks[-2], left) + blocks[-2][1] > _edge(blocks[-1], left):
            total, width, count = blocks.pop()
            before = blocks[-1]
            before[0] += total - before[1] * count
            before[1] += width
            before[2] += count
    limit = right
    edges: list[float] = []
    for block in reversed(blocks):
        edge = min(_edge(block, left), limit - block[1])
        edges.append(edge)
        limit = edge
    shift = max(0.0, left - edges[-1]) if edges else 0.0
    middles: list[float] = []
    at = 0
    for block, edge in zip(blocks, reversed(edges), strict=True):
        along = edge + shift
        for label in labels[at : at + int(block[2])]:
            middles.append(along + label.width / 2)
            along += label.width
        at += int(block[2])
    return middles


def _edge(block: list[float], left: float) -> float:
    return max(left, block[0] / block[2])
