"""What the arrays of x are called, as the steps of a plan name them."""

from __future__ import annotations

from typing import Any

import numpy as np

X = "x"
"""What a single array is called."""


def named(x: Any) -> dict[str, Any]:
    """The arrays of x, which is an array, or a list or dict of arrays, by their names."""
    if isinstance(x, dict):
        return {str(name): array for name, array in x.items()}
    if isinstance(x, (list, tuple)):
        return {f"{X}[{at}]": array for at, array in enumerate(x)}
    return {X: x}


def named_arrays(x: Any) -> dict[str, Any]:
    """The same, each as an array of numpy."""
    return {name: np.asarray(array) for name, array in named(x).items()}


def as_before(x: Any, arrays: dict[str, Any]) -> Any:
    """Arrays by their names as x had them: alone, in a list or in a dict."""
    if isinstance(x, dict):
        return {name: arrays[str(name)] for name in x}
    return list(arrays.values()) if isinstance(x, (list, tuple)) else arrays[X]
