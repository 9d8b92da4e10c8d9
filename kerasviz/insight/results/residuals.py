"""How far predicted numbers are from the true ones."""

from __future__ import annotations

import math

import numpy as np

from kerasviz.insight.results.partpredictions import Predicted
from kerasviz.insight.results.room import BLOCK
from kerasviz.insight.samples.samples import Samples
from kerasviz.protocol import finite
from kerasviz.protocol.preview import Histogram
from kerasviz.protocol.results import Residuals

POINTS = 2000
_BINS = 40


def make(of: int | None = None, *, predicted: Predicted, samples: Samples) -> Residuals:
    """Compares numbers.

    Args:
        of: Which of the numbers of a sample; None for all of them.
        predicted: Of a task with numbers.
        samples: Of the data.
    """
    task = predicted.task
    columns = slice(None) if of is None else slice(of, of + 1)
    true, said = task.true[:, columns], task.scores[:, columns]
    width = true.shape[1]
    total = _Total()
    for rows in _blocks(len(true), width):
        total.add(true[rows], said[rows])
    edges = np.linspace(total.low, total.high, _BINS + 1) if total.count else np.empty(0)
    if total.count and total.low == total.high:
        edges = np.histogram_bin_edges([total.low], _BINS)
    counts = np.zeros(max(0, len(edges) - 1), int)
    for rows in _blocks(len(true), width) if total.count else ():
        error = said[rows].astype("float64") - true[rows]
        counts += np.histogram(error[np.isfinite(error)], edges)[0]
    chosen = np.unique(np.linspace(0, true.size - 1, min(true.size, POINTS)).round().astype(int))
    drawn, at = np.divmod(chosen, width)
    truth, told = true[drawn, at].astype("float64"), said[drawn, at].astype("float64")
    known = np.isfinite(truth) & np.isfinite(told)
    return Residuals(
        kind="residuals",
        of=of,
        indices=predicted.numbers_of(drawn[known]).tolist(),
        true=truth[known].tolist(),
        predicted=told[known].tolist(),
        count=total.count,
        histogram=Histogram(edges=edges.tolist(), counts=counts.tolist()),
        mean_error=total.mean(0),
        mean_absolute_error=total.mean(1),
        root_mean_squared_error=None if total.mean(2) is None else math.sqrt(total.mean(2) or 0.0),
        r2=total.r2,
    )


class _Total:
    """Sums over blocks, about the first value, so that nothing cancels."""

    def __init__(self) -> None:
        self.count = 0
        self.low, self.high = np.inf, -np.inf
        self._sums = np.zeros(5)
        self._middle = 0.0

    def add(self, true: np.ndarray, said: np.ndarray) -> None:
        truth, told = true.astype("float64").ravel(), said.astype("float64").ravel()
        known = np.isfinite(truth) & np.isfinite(told)
        truth, error = truth[known], (told - truth)[known]
        if not len(truth):
            return
        if not self.count:
            self._middle = float(truth.mean())
        self.count += len(truth)
        self.low, self.high = min(self.low, error.min()), max(self.high, error.max())
        about = truth - self._middle
        self._sums += [error.sum(), np.abs(error).sum(), (error**2).sum(), about.sum(), (about**2).sum()]

    def mean(self, number: int) -> float | None:
        """The mean of errors, of their amounts, or of their squares."""
        return finite(float(self._sums[number] / self.count)) if self.count else None

    @property
    def r2(self) -> float | None:
        """The share of the variance that is predicted; None where there is none."""
        if self.count < 2:
            return None
        _, _, squared, first, second = self._sums / self.count
        variance = second - first**2
        return finite(float(1 - squared / variance)) if variance > 0 else None


def _blocks(count: int, width: int) -> list[slice]:
    size = max(1, BLOCK // max(1, width))
    return [slice(at, at + size) for at in range(0, count, size)]
