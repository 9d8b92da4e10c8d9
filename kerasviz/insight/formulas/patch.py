"""The part of an input that one place of an output is made of."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np


def window(
    x: np.ndarray,
    place: Sequence[int],
    size: Sequence[int],
    strides: Sequence[int],
    dilation: Sequence[int],
    padding: str,
    outside: float,
) -> np.ndarray:
    """Cuts out what a kernel or a pool sees.

    Args:
        x: The input, `(*places, channels)`.
        place: Of the output.
        size: Of the kernel.
        strides: From place to place.
        dilation: From value to value of the kernel.
        padding: `valid`, `same` or `causal`.
        outside: What stands beyond the ends.

    Returns:
        `(*size, channels)`.
    """
    for axis, (at, length, stride, apart) in enumerate(zip(place, size, strides, dilation, strict=True)):
        start = at * stride - _before(x.shape[axis], (length - 1) * apart + 1, stride, padding)
        at_axis = start + apart * np.arange(length)
        is_inside = (at_axis >= 0) & (at_axis < x.shape[axis])
        taken = np.take(x, np.clip(at_axis, 0, x.shape[axis] - 1), axis=axis)
        shape = [-1 if i == axis else 1 for i in range(x.ndim)]
        x = np.where(is_inside.reshape(shape), taken, outside)
    return x


def _before(length: int, reach: int, stride: int, padding: str) -> int:
    """How many places stand before the first value of the input."""
    if padding == "causal":
        return reach - 1
    if padding == "valid":
        return 0
    count = -(-length // stride)
    return max(0, (count - 1) * stride + reach - length) // 2
