"""What an array of targets holds: classes, or a number to predict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from kerasviz.data.facts.classofeach import FEW, are_whole, is_one_hot
from kerasviz.data.facts.finite import is_finite
from kerasviz.data.losses import SPARSE_LOSS
from kerasviz.data.sense import holds_several

MOST_CLASSES = 1000
"""Whole numbers up to more than this are not taken as classes."""


@dataclass(frozen=True)
class Target:
    """What is to be predicted for one sample.

    Attributes:
        name: What a person calls y.
        classes: Number of classes, or None where it is one number.
        loss: What suits it: a name of Keras.
        complete: Whether there are no other classes than those.
        one_hot: Whether classes are one-hot, and not numbered.
        fraction: Whether it is a number from 0 to 1.
        several: Whether a sample may have several classes, each with a 0 or 1.
    """

    name: str
    classes: int | None
    loss: str
    complete: bool = False
    one_hot: bool = False
    fraction: bool = False
    several: bool = False


def look_at(y: Any, name: str) -> Target | None:
    """Tells what an array of targets holds, or None where that is not sure.

    Args:
        y: The array.
        name: What a person calls it.
    """
    if y.ndim == 2 and y.shape[1] > 1 and y.dtype.kind in "biuf" and is_one_hot(y):
        return Target(name, y.shape[1], "categorical_crossentropy", one_hot=True)
    if y.ndim == 2 and y.dtype.kind in "biuf" and holds_several(y, y.shape[1:]):
        return Target(name, y.shape[1], "binary_crossentropy", several=True)
    if y.size != len(y):
        return None
    if y.dtype.kind == "f" and is_finite(y) and not _may_be_classes(y):
        return Target(name, None, "mean_squared_error", fraction=bool(y.min() >= 0 and y.max() <= 1))
    if y.dtype.kind not in "biu":
        return None
    low, high = int(y.min()), int(y.max())
    if low != 0 or not 0 < high < MOST_CLASSES or len(np.unique(y)) != high + 1:
        return None  # numbers with gaps may be amounts
    return Target(name, high + 1, SPARSE_LOSS if high > 1 else "binary_crossentropy")


def _may_be_classes(y: Any) -> bool:
    """Tells whether floats could be numbers of classes: whole, and few or without gaps."""
    if not are_whole(y):
        return False
    values = np.unique(y)
    return bool(len(values) <= FEW or values[-1] - values[0] < len(values))
