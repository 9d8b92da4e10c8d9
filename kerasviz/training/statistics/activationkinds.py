"""What an activation does to large and to negative values: Keras is asked, so nothing is listed here."""

from __future__ import annotations

from functools import lru_cache
from inspect import isfunction
from typing import Any, NamedTuple

import keras
import numpy as np


class ActivationKind(NamedTuple):
    """What can go wrong with the outputs of a layer.

    Attributes:
        gates: Whether nothing comes of negative values, as of relu, so that a unit can be dead.
        ends: The least and the greatest that it can give, as of sigmoid; None where it has no two ends.
    """

    gates: bool = False
    ends: tuple[float, float] | None = None


NOTHING = ActivationKind()


def activation_kind(layer: Any) -> ActivationKind:
    """Asks the activation of a layer; one of Keras' without weights, such as `ReLU`, is asked itself."""
    function = getattr(layer, "activation", None)
    if not callable(function):
        is_keras = type(layer).__module__.startswith("keras.")
        function = layer.call if is_keras and not layer.weights else None
    if function is None:
        return NOTHING
    if isfunction(function) and function.__module__.startswith("keras."):
        return _kind_of_keras(function)
    return _kind(function)


def _kind(function: Any) -> ActivationKind:
    try:
        with keras.StatelessScope():
            if not np.any(_given(function, [-2.0, 0.0])) and np.all(_given(function, [1.0, 1.0])):
                return ActivationKind(gates=True)
            small, large = _given(function, [-30.0, 0.0, 30.0]), _given(function, [-60.0, 0.0, 60.0])
    except Exception:  # of layers that take no such thing
        return NOTHING
    if small.shape == large.shape and np.allclose(small, large, atol=1e-3) and np.ptp(large) > 0:
        return ActivationKind(ends=(float(large.min()), float(large.max())))
    return NOTHING


_kind_of_keras = lru_cache(128)(_kind)
"""Of a function of Keras it is asked once: it holds nothing that could change."""


def _given(function: Any, values: list[float]) -> np.ndarray:
    found = function(keras.ops.convert_to_tensor([values], dtype="float32"))
    return np.asarray(keras.ops.convert_to_numpy(found), "float64")
