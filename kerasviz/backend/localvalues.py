"""The numbers of a variable that this process has."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np


def local_value(variable: Any) -> np.ndarray:
    """The numbers of a variable, without asking other processes.

    Args:
        variable: A `keras.Variable`. On JAX, several processes may have a copy of it each.
    """
    value = variable.value
    if keras.backend.backend() == "jax":
        return np.asarray(value.addressable_data(0))
    return np.asarray(keras.ops.convert_to_numpy(value))
