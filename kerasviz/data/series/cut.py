"""How windows are cut from a series."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from kerasviz.data.files.located import refused
from kerasviz.data.series.timeseries import TimeSeries
from kerasviz.protocol.text import text


@dataclass(frozen=True)
class Cut:
    """Lengths in rows, and shares of the times.

    Attributes:
        length: Values in a window.
        horizon: Values behind it that are predicted.
        stride: Rows between the beginnings of two windows.
        sampling: Rows between two values of a window.
        validation: Share of the times that validates.
        test: Share of the times, the last ones, for a test.
        normalized: Whether inputs get mean 0 and deviation 1.

    Raises:
        RequestError: With code `no_data`, for what makes no windows.
    """

    length: int
    horizon: int
    stride: int
    sampling: int
    validation: float
    test: float
    normalized: bool

    def __post_init__(self) -> None:
        """Checks them."""
        for name in ("length", "horizon", "stride", "sampling"):
            count = getattr(self, name)
            if isinstance(count, bool) or not isinstance(count, int) or count < 1:
                raise refused(text("{argument} must be a whole number above 0.", argument=name))
        if not (self.validation >= 0 and self.test >= 0 and self.validation + self.test < 1):
            raise refused(text("The shares for validation and test must leave something to train on."))

    @property
    def span(self) -> int:
        """Rows from the first value of a window to its last, both counted."""
        return (self.length - 1) * self.sampling + 1

    @property
    def training_share(self) -> float:
        """Share of the times that trains."""
        return 1 - self.test - self.validation

    def bounds(self, rows: int) -> dict[str, tuple[int, int]]:
        """The first row of each part, and the row behind its last."""
        ends = [round(rows * self.training_share), round(rows * (1 - self.test)), rows]
        return {"training": (0, ends[0]), "validation": (ends[0], ends[1]), "test": (ends[1], ends[2])}

    def starts(self, series: TimeSeries, first: int, end: int) -> np.ndarray:
        """The first rows of windows that lie in a part with all that they predict, and cross no gap.

        Args:
            series: The rows.
            first: First row of the part.
            end: Row behind its last.
        """
        last = self.span + self.horizon - 1
        starts = np.arange(first, max(first, end - last), self.stride)
        begins, ends = series.stretch[starts], series.stretch[starts + last]
        found: np.ndarray = starts[(begins >= 0) & (begins == ends)]
        return found
