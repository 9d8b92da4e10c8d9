"""Values that are missing (NaN) or infinite: one of them makes the loss NaN, and all weights with it."""

from __future__ import annotations

from typing import Any

import numpy as np

KINDS = "fc"
"""Of dtypes that have such values."""


def is_finite(array: Any) -> bool:
    """Whether all values of an array are finite numbers."""
    return array.dtype.kind not in KINDS or bool(np.isfinite(array).all())


def unfinished(array: Any) -> Any:
    """Tells which samples have a value that is no finite number.

    Args:
        array: Samples `(samples, ...)`.

    Returns:
        Booleans `(samples,)`.
    """
    if array.dtype.kind not in KINDS or not array.size:
        return np.zeros(len(array), bool)
    return ~np.isfinite(array.reshape(len(array), -1)).all(axis=1)


def finite_numbers(array: Any) -> Any:
    """The values that are finite numbers, float64 `(values,)`."""
    flat = array.reshape(-1)
    return (flat[np.isfinite(flat)] if array.dtype.kind in KINDS else flat).astype("float64")
