"""Arrays in memory, or in a file without a name where they are large."""

from __future__ import annotations

import tempfile
from typing import Any

import numpy as np


def empty_array(shape: tuple[int, int], dtype: str, on_disk: bool) -> Any:
    """An array to be filled.

    Args:
        shape: Rows, and values of each.
        dtype: Whole numbers, truth values and strings stay such; all else becomes float32.
        on_disk: Whether it is a memory-mapped file, which goes when nobody holds it any more.
    """
    if dtype == "string":
        return np.empty(shape, dtype=object)
    kind = dtype if dtype.startswith(("int", "uint", "bool")) else "float32"
    if on_disk and all(shape):
        return np.memmap(tempfile.TemporaryFile(), dtype=kind, mode="w+", shape=shape)
    return np.empty(shape, dtype=kind)
