"""What is known of numbers: range, mean, quantiles, histogram."""

from __future__ import annotations

from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from kerasviz.data.facts.finite import finite_numbers
from kerasviz.protocol.preview import Histogram

BINS = 30
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


class Numbers(TypedDict):
    """The part of a `PreviewColumn` that is about numbers."""

    infinite: int
    minimum: float | None
    maximum: float | None
    mean: float | None
    deviation: float | None
    quantiles: list[float]
    histogram: Histogram | None


def numbers_of(values: NDArray[np.float64]) -> Numbers:
    """Tells what is known of numbers, without those that are missing or infinite.

    Args:
        values: Array of one dimension; empty where there are no numbers.
    """
    finite = finite_numbers(values)
    infinite = int(np.isinf(values).sum())
    if not len(finite):
        return Numbers(
            infinite=infinite,
            minimum=None,
            maximum=None,
            mean=None,
            deviation=None,
            quantiles=[],
            histogram=None,
        )
    with np.errstate(over="ignore", invalid="ignore"):
        return Numbers(
            infinite=infinite,
            minimum=float(finite.min()),
            maximum=float(finite.max()),
            mean=float(finite.mean()),
            deviation=float(finite.std()),
            quantiles=[float(value) for value in np.quantile(finite, QUANTILES)],
            histogram=_histogram(finite),
        )


def _histogram(finite: NDArray[np.float64]) -> Histogram | None:
    """Counts values in bins of equal width; None where the width is no number, or there is no width."""
    low, high = float(finite.min()), float(finite.max())
    width = high - low
    if width == 0 or not np.isfinite(width):
        return None
    whole = width < BINS and bool((finite == np.floor(finite)).all())
    bins = np.arange(low - 0.5, high + 1) if whole else BINS
    try:
        counts, edges = np.histogram(finite, bins)
    except ValueError:  # the numbers differ by less than a bin can
        return None
    return Histogram(edges=edges.tolist(), counts=counts.tolist())
