"""Whether samples of one shape can be taken as those of another without mixing up their values."""

from __future__ import annotations

import math
from collections.abc import Sequence

Shape = tuple[int | None, ...]


def matches(received: Sequence[int], expected: Shape) -> bool:
    """Whether a shape is the expected one, in which None is any length."""
    return len(received) == len(expected) and all(
        wanted in (None, length) for length, wanted in zip(received, expected, strict=True)
    )


def only_folds(received: Sequence[int], expected: Shape) -> bool:
    """Whether reshaping keeps each value in its place: axes of 1 come or go, or one of the shapes is flat."""
    wanted = [length for length in expected if length is not None]
    if len(wanted) < len(expected) or math.prod(received) != math.prod(wanted):
        return False
    before, after = ([length for length in shape if length != 1] for shape in (received, wanted))
    return before == after or min(len(before), len(after)) <= 1


def axes_to(received: Sequence[int], expected: Shape) -> tuple[int, ...] | None:
    """Finds the order of axes that makes one shape of samples the other.

    Returns:
        The axes for `numpy.transpose`, with the samples' axis 0 in front; None where there is no such order.
    """
    left, order = list(received), [0]
    if len(received) != len(expected):
        return None
    for wanted in expected:
        if wanted not in left:
            return None
        axis = left.index(wanted)
        left[axis] = -1  # taken
        order.append(axis + 1)
    return tuple(order)
