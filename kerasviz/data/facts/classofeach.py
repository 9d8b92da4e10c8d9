"""The class of each sample, where targets say one: numbered, or one-hot."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerasviz.data.facts.finite import is_finite

FEW = 20
"""Different whole numbers that may be classes though some between are missing; more are amounts."""


def are_whole(values: Any) -> bool:
    """Whether values are whole numbers."""
    return bool((values == np.floor(values)).all())


def are_zeros_and_ones(values: Any) -> bool:
    """Whether values are 0 and 1, and nothing else."""
    return bool(((values == 0) | (values == 1)).all())


def is_one_hot(y: Any) -> bool:
    """Whether the last axis holds a single 1 and zeros."""
    return are_zeros_and_ones(y) and bool((y.sum(axis=-1) == 1).all())


def class_numbers(y: Any) -> Any:
    """Tells the class of each sample.

    Args:
        y: Targets `(samples,)`, `(samples, 1)` or one-hot `(samples, classes)`.

    Returns:
        Whole numbers `(samples,)`; None where a sample has none, or several.
    """
    if y.dtype.kind not in "biuf":
        return None
    if y.ndim == 2 and y.shape[1] > 1:
        return y.argmax(axis=1) if is_one_hot(y) else None
    if y.size != len(y) or not is_finite(y) or not are_whole(y):
        return None
    return y.reshape(-1).astype("int64")
