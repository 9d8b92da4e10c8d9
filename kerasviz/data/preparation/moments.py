"""Mean and variance of numbers that come block by block."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np


class Moments:
    """Sums up mean and variance, in double precision; what is missing or infinite counts for nothing.

    Args:
        axis: Of arrays with rows as axis 0: those that keep a mean for each position, as `Normalization` has
            them; None for one mean of all.
    """

    def __init__(self, axis: int | Sequence[int] | None) -> None:
        self._axes = [] if axis is None else [axis] if isinstance(axis, int) else list(axis)
        self._count: Any = 0
        self._mean: Any = 0.0
        self._squares: Any = 0.0

    def see(self, values: Any) -> None:
        """Adds a block.

        Args:
            values: Numbers `(rows, ...)`.
        """
        values = np.asarray(values, dtype="float64")
        kept = {axis % values.ndim for axis in self._axes}
        other = tuple(axis for axis in range(values.ndim) if axis not in kept)
        finite = np.isfinite(values)
        count = finite.sum(axis=other)
        filled = np.where(finite, values, 0.0)
        mean = filled.sum(axis=other) / np.maximum(count, 1)
        away = np.where(finite, values - np.expand_dims(mean, other), 0.0)
        squares = (away**2).sum(axis=other)
        total = np.maximum(self._count + count, 1)
        between = mean - self._mean
        self._squares = self._squares + squares + between**2 * self._count * count / total
        self._mean = self._mean + between * count / total
        self._count = self._count + count

    def result(self) -> tuple[Any, Any]:
        """The mean and the variance, as lists or numbers."""
        return np.asarray(self._mean).tolist(), np.asarray(
            self._squares / np.maximum(self._count, 1)
        ).tolist()
