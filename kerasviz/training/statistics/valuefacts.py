"""Mean, deviation, ends and zeros of tensors, and some of their values for a histogram."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, NamedTuple

import keras
import numpy as np

from kerasviz.protocol import finite
from kerasviz.protocol.statistics import Spread

BINS = 24
MOST = 2**14
"""Values of a tensor that are taken for a histogram."""
_SMALL = 2**18
"""Values of a tensor up to which NumPy is faster than the backend, whose operations take long to begin."""


class ValueFacts(NamedTuple):
    """Of all values of a tensor; each is a number, or a tensor where the backend compiles.

    Attributes:
        size: How many there are.
        mean: Their mean.
        variance: And variance.
        minimum: The least.
        maximum: The greatest.
        zero: Share that is 0.
        some: Values that are evenly spaced, at most `MOST`.
    """

    size: int
    mean: Any
    variance: Any
    minimum: Any
    maximum: Any
    zero: Any
    some: Any


def at_hand(tensor: Any) -> tuple[Any, Any]:
    """A tensor and what computes with it: NumPy or `keras.ops`, which have the same functions."""
    is_traced = not hasattr(tensor, "__array__") or keras.backend.backend() == "jax"
    if is_traced or math.prod(tensor.shape) > _SMALL:
        return keras.ops.cast(keras.ops.stop_gradient(tensor), "float32"), keras.ops
    return np.asarray(keras.ops.convert_to_numpy(tensor), "float32"), np


def facts_of(tensor: Any) -> ValueFacts | None:
    """Measures a tensor; None where there is nothing in it.

    Args:
        tensor: Of numbers, of any shape that is known.
    """
    values, of = at_hand(tensor)
    size = math.prod(values.shape)
    if not size:
        return None
    mean = of.mean(values)
    return ValueFacts(
        size,
        mean,
        of.mean(of.square(values - mean)),
        of.min(values),
        of.max(values),
        of.count_nonzero(values == 0) / size,  # of what is true or false it is four times as fast
        of.reshape(values, (-1,))[:: _stride(values.shape)],
    )


def as_numbers(facts: Any) -> Any:
    """The same with numbers and NumPy arrays."""
    return keras.tree.map_structure(_number, facts)


def together(facts: Sequence[ValueFacts]) -> ValueFacts | None:
    """Facts of several tensors as if they were one; None of none."""
    if not facts:
        return None
    size = sum(each.size for each in facts)
    mean = sum(each.size * float(each.mean) for each in facts) / size
    square = sum(each.size * (float(each.variance) + (float(each.mean) - mean) ** 2) for each in facts) / size
    return ValueFacts(
        size,
        mean,
        square,
        min(each.minimum for each in facts),
        max(each.maximum for each in facts),
        sum(each.size * float(each.zero) for each in facts) / size,
        np.concatenate([each.some for each in facts]),
    )


def spread_of(facts: ValueFacts) -> Spread:
    """How the values are spread."""
    return Spread(
        mean=rounded(facts.mean),
        deviation=rounded(math.sqrt(facts.variance)),
        minimum=rounded(facts.minimum),
        maximum=rounded(facts.maximum),
        histogram=_histogram(facts),
    )


def norm_of(facts: ValueFacts) -> float | None:
    """The Euclidean norm of the values."""
    return rounded(math.sqrt(facts.size * (float(facts.variance) + float(facts.mean) ** 2)))


def rounded(value: Any) -> float | None:
    """Six digits, which is more than a tensor of so many values has; None for what is not finite."""
    return finite(float(f"{float(value):.6g}"))


def _histogram(facts: ValueFacts) -> list[int]:
    values = np.asarray(facts.some, "float64")
    values = values[np.isfinite(values)]
    low, high = float(facts.minimum), float(facts.maximum)
    if not (math.isfinite(low) and math.isfinite(high)):
        low, high = (values.min(), values.max()) if values.size else (0.0, 0.0)
    if low == high:
        return [len(values)] + [0] * (BINS - 1)
    at = ((values - low) * (BINS / (high - low))).astype(int)
    counts: list[int] = np.bincount(np.clip(at, 0, BINS - 1), minlength=BINS).tolist()
    return counts


def _stride(shape: Sequence[int]) -> int:
    """Every how manieth value is taken, so that all columns have their turn."""
    stride = -(-math.prod(shape) // MOST)
    while stride > 1 and math.gcd(stride, shape[-1]) != 1:
        stride += 1
    return stride


def _number(value: Any) -> Any:
    if value is None or isinstance(value, (int, float, np.number, np.ndarray)):
        return value
    array = keras.ops.convert_to_numpy(value)
    return float(array) if array.ndim == 0 else array
