"""Arrays with a value for each prediction: in memory, or in a file without a name where they are large."""

from __future__ import annotations

import math
import tempfile
from typing import Any

import numpy as np

IN_MEMORY = 256 * 2**20
"""Bytes above which an array lies in a file, which goes when nobody has it any more."""
BLOCK = 2**16
"""Values of which something is computed at a time."""


def room(shape: tuple[int, ...], dtype: Any) -> Any:
    """An array to be filled.

    Args:
        shape: Its shape.
        dtype: Its dtype.
    """
    if math.prod(shape) * np.dtype(dtype).itemsize <= IN_MEMORY:
        return np.empty(shape, dtype)
    with tempfile.TemporaryFile(prefix="kerasviz-predictions-") as file:
        return np.memmap(file, dtype, "w+", shape=shape)


def exact(count: int) -> str:
    """The dtype of so many numbers that are computed from predictions."""
    return "float64" if count <= 2**22 else "float32"
