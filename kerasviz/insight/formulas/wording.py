"""Numbers and places as they stand in a sentence, in any language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import keras
import numpy as np

MOST_PARTS = 3


def number(value: float) -> str:
    """A number with four digits that count."""
    return f"{float(value):.4g}"


def place_of(indices: Sequence[Any]) -> str:
    """A place, counted from 0: `3`, or `(4, 5)`."""
    numbers = [int(index) for index in indices]
    return str(numbers[0]) if len(numbers) == 1 else str(tuple(numbers))


def parts_of(inputs: np.ndarray, weights: np.ndarray) -> str:
    """The products that are farthest from 0, with the place of each input."""
    products = inputs * weights
    best = np.argsort(-np.abs(products), axis=None, kind="stable")[:MOST_PARTS]
    places = [np.unravel_index(int(i), products.shape) for i in best]
    return ", ".join(
        f"{place_of(at)}: {number(inputs[at])} · {number(weights[at])} = {number(products[at])}"
        for at in places
    )


def name_of(activation: Any) -> str:
    """What an activation is called, which may be a layer."""
    return getattr(activation, "__name__", type(activation).__name__)


def activated(activation: Callable[[Any], Any], value: float) -> float:
    """What an activation makes of one number."""
    return float(keras.ops.convert_to_numpy(activation(keras.ops.convert_to_tensor([value])))[0])
