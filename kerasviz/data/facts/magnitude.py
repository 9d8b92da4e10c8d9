"""How large numbers are: weights begin for inputs of about -1 to 1, and outputs begin near 0."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerasviz.data.facts.classofeach import are_whole
from kerasviz.data.facts.finite import finite_numbers

LARGE = 30
"""Size of inputs from which on they are large."""
SMALL = 1 / LARGE**2
"""Size of inputs below which they are small."""
LARGE_TARGETS = 50
"""Size of targets from which on they are large for a loss that depends on it."""
SPREAD = 1000.0
"""Deviation of targets from which on, or below whose inverse, they are extreme whatever the loss."""
LARGEST_PIXEL = 255
SOME = 100
"""Samples that are looked at for pixels."""
MOST = 2_000_000
"""Numbers that are looked at for the size of inputs."""


def size_of(values: Any) -> float:
    """The root of the mean square of the finite values of an array; 0 where there are none."""
    finite = finite_numbers(values)
    return float(np.sqrt((finite**2).mean())) if len(finite) else 0.0


def largest_column(array: Any) -> float:
    """The size of the largest column that is not the same for all samples.

    Args:
        array: Numbers `(samples, columns)`; those of any other shape are one column.
    """
    array = array[:: -(-array.size // MOST) or 1]
    flat = array.reshape(-1, array.shape[-1]) if array.ndim == 2 else array.reshape(-1, 1)
    flat = flat.astype("float64")
    flat = flat[np.isfinite(flat).all(axis=1)]
    differ = flat.std(axis=0) > 0 if len(flat) else np.zeros(flat.shape[1], bool)
    return float(np.sqrt((flat[:, differ] ** 2).mean(axis=0)).max()) if differ.any() else 0.0


def are_pixels(array: Any) -> bool:
    """Whether samples are pictures, or the like, of whole numbers from 0 to 255."""
    if not isinstance(array, np.ndarray) or array.ndim < 3 or not array.size:
        return False
    if array.dtype.kind not in "uif":
        return False
    some = array[:SOME]
    whole = array.dtype == "uint8" or are_whole(some)
    return whole and bool(some.min() >= 0 and LARGEST_PIXEL / 2 < some.max() <= LARGEST_PIXEL)


def beyond(values: Any, low: float, high: float) -> float:
    """The share of values that lie below or above bounds."""
    return float(((values < low) | (values > high)).mean()) if values.size else 0.0
