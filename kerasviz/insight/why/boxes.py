"""Windows that are laid over the positions of a sample."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np


class Windows:
    """Boxes of one size; the last of each row ends where the sample ends.

    Args:
        shape: Of the positions.
        size: Positions of a side of a window.
        step: Positions from one window to the next.

    Attributes:
        boxes: For each window the positions that are in it.
    """

    def __init__(self, shape: Sequence[int], size: int, step: int) -> None:
        self._shape = tuple(shape)
        axes = [_along(length, min(size, length), step) for length in shape]
        self.boxes: list[tuple[slice, ...]] = list(itertools.product(*axes))

    def means(self, values: Sequence[float] | np.ndarray) -> np.ndarray:
        """For each position the mean of all windows over it.

        Args:
            values: One for each window, in their order.
        """
        sums, counts = np.zeros(self._shape), np.zeros(self._shape)
        for box, value in zip(self.boxes, values, strict=True):
            sums[box] += value
            counts[box] += 1
        return sums / np.maximum(counts, 1)  # a step may leave gaps between windows


def _along(length: int, size: int, step: int) -> list[slice]:
    last = length - size
    starts = [*range(0, last, step), last]
    return [slice(start, start + size) for start in starts]
