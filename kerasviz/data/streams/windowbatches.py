"""Windows of a series, each made when its turn comes: all together are many times the series."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerasviz.data.emptyarray import empty_array
from kerasviz.data.sampleorder import SampleOrder

_MOST = 2**28
"""Bytes of targets in memory: those of a long horizon are many times the series."""
_BLOCK = 2**18


def after(values: np.ndarray, starts: np.ndarray, span: int, horizon: int) -> np.ndarray:
    """What comes after each window, `(windows, horizon)`: a memory-mapped file where it is much.

    Args:
        values: What is predicted, `(times,)`.
        starts: The first row of each window.
        span: Rows of a window.
        horizon: Rows after it.
    """
    on_disk = 4 * len(starts) * horizon > _MOST
    made: np.ndarray = empty_array((len(starts), horizon), "float32", on_disk)
    behind = np.lib.stride_tricks.sliding_window_view(values, horizon)
    for first in range(0, len(starts), _BLOCK):
        block = slice(first, first + _BLOCK)
        made[block] = behind[starts[block] + span]
    return made


class Windows:
    """Stretches of a series with what comes after them, as a `Reader`.

    Args:
        rows: Array `(times, channels)`.
        starts: The first row of each window.
        offsets: The rows of a window, counted from its first.
        targets: What comes after each window, `(windows, horizon)`.
    """

    def __init__(
        self, rows: np.ndarray, starts: np.ndarray, offsets: np.ndarray, targets: np.ndarray
    ) -> None:
        self._rows = rows
        self.starts = starts
        self._offsets = offsets
        self.targets = targets

    def read(self, numbers: np.ndarray) -> np.ndarray:
        """Some windows, `(len(numbers), length, channels)`."""
        windows: np.ndarray = self._rows[self.starts[numbers, None] + self._offsets]
        return windows

    def part(self, numbers: np.ndarray) -> Windows:
        """Some of the windows."""
        return Windows(self._rows, self.starts[numbers], self._offsets, self.targets[numbers])

    def fitted_to(self, shape: tuple[int | None, ...]) -> Windows:
        """Windows are as long as they are."""
        return self

    def batches(self, order: SampleOrder) -> Any:
        """A `keras.utils.PyDataset`."""
        from kerasviz.data.streams.readbatches import ReadBatches  # late: Keras is imported with it

        return ReadBatches(self, order)
