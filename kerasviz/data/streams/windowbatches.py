"""Windows of a series, each made when its turn comes: all together are many times the series."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerasviz.data.sampleorder import SampleOrder


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
        import keras  # takes seconds, and whoever only looks at data needs none of it

        reader = self

        class Batches(keras.utils.PyDataset):  # type: ignore[misc]
            @property
            def num_batches(self) -> int | None:
                return order.num_batches

            def __getitem__(self, index: int) -> tuple[np.ndarray, np.ndarray]:
                chosen = order.batch(index)
                return reader.read(chosen), reader.targets[chosen]

        return Batches()


def window_starts(runs: np.ndarray, first: int, end: int, span: int, horizon: int, stride: int) -> np.ndarray:
    """Finds the windows that lie in a part of a series with all that they predict, and cross no gap.

    Args:
        runs: The number of the stretch without gaps of each row; -1 for rows with missing values.
        first: First row of the part.
        end: Row after its last.
        span: Rows from the first of a window to its last.
        horizon: Rows after it that are predicted.
        stride: Rows between the beginnings of two windows.
    """
    last = end - span - horizon
    starts = np.arange(first, last + 1, stride) if last >= first else np.arange(0)
    whole = runs[starts] == runs[starts + span + horizon - 1] if len(starts) else starts
    return starts[(runs[starts] >= 0) & whole] if len(starts) else starts


def stretches(steps: np.ndarray | None, missing: np.ndarray) -> np.ndarray:
    """Numbers the stretches of a series between gaps.

    Args:
        steps: Time from each row to the next, in any unit; None where rows have no time.
        missing: Whether a row lacks a value.

    Returns:
        The number of each row's stretch, -1 where a value is missing.
    """
    breaks = np.zeros(len(missing), dtype=bool)
    if steps is not None and len(steps):
        breaks[1:] |= steps > 1.5 * np.median(steps)
    breaks |= missing
    breaks[1:] |= missing[:-1]
    return np.where(missing, -1, np.cumsum(breaks))
