"""How windows are cut from a series."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np

from kerasviz.data.dataset import ColumnName
from kerasviz.data.files.located import refused
from kerasviz.data.series.timeseries import TimeSeries
from kerasviz.data.splits import by_group
from kerasviz.data.splits.splitsamples import Samples
from kerasviz.protocol.text import text

GROUP = ColumnName("group")
WindowSplit = Literal["by_time", "by_group"]


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
        split: `by_time` for the last times of each series, `by_group` for whole series.
        seed: Chooses whole series.

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
    split: WindowSplit = "by_time"
    seed: int = 0

    def __post_init__(self) -> None:
        """Checks them."""
        for name in ("length", "horizon", "stride", "sampling"):
            count = getattr(self, name)
            if isinstance(count, bool) or not isinstance(count, int) or count < 1:
                raise refused(text("{argument} must be a whole number above 0.", argument=name))
        if not (self.validation >= 0 and self.test >= 0 and self.validation + self.test < 1):
            raise refused(text("The shares for validation and test must leave something to train on."))
        if self.split not in get_args(WindowSplit):
            known = ", ".join(get_args(WindowSplit))
            raise refused(text("{argument} must be one of these: {known}.", argument="split", known=known))

    @property
    def span(self) -> int:
        """Rows from the first value of a window to its last, both counted."""
        return (self.length - 1) * self.sampling + 1

    @property
    def last(self) -> int:
        """Rows from the first one of a window to the last that it predicts."""
        return self.span + self.horizon - 1

    @property
    def training_share(self) -> float:
        """Share of the times that trains."""
        return 1 - self.test - self.validation

    def parts(self, series: TimeSeries) -> np.ndarray:
        """The part of each row: `TRAINING`, `VALIDATION` or `TEST`.

        Raises:
            RequestError: With code `plan`, where there are fewer series than parts.
        """
        count = len(series.values)
        if self.split == "by_group":
            if series.number is None:
                raise refused(text("Choose what tells series apart as group: by_group holds out whole ones."))
            samples = Samples(count, None, lambda name: series.number)
            return by_group.split(GROUP, self.validation, self.test, self.seed, samples=samples)
        place: np.ndarray = np.arange(count)
        sizes: Any = count
        if series.number is not None:
            starts = np.flatnonzero(series.first)
            lengths = np.diff(starts, append=count)
            place, sizes = place - np.repeat(starts, lengths), np.repeat(lengths, lengths)
        parts: np.ndarray = (place >= np.round(sizes * self.training_share)).astype("int8")
        if self.test:
            parts += place >= np.round(sizes * (1 - self.test))
        return parts

    def starts(self, series: TimeSeries, parts: np.ndarray) -> np.ndarray:
        """The first rows of windows that lie in one part with all that they predict, and cross no gap.

        Args:
            series: The rows.
            parts: The part of each.
        """
        starts = np.arange(max(0, len(parts) - self.last))
        if self.stride > 1:
            rows = np.arange(len(parts))
            begins = np.where(series.first | (np.diff(parts, prepend=-1) != 0), rows, 0)
            starts = starts[(rows - np.maximum.accumulate(begins))[: len(starts)] % self.stride == 0]
        ends, stretch = starts + self.last, series.stretch
        fits = (stretch[starts] >= 0) & (stretch[starts] == stretch[ends]) & (parts[starts] == parts[ends])
        if series.ahead is not None:  # its last values must not know what comes after them
            fits &= ~series.ahead[ends] & ~series.ahead[starts + self.span - 1]
        found: np.ndarray = starts[fits]
        return found
