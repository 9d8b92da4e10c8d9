"""The dtype in which a variable has its numbers: JAX keeps 64 bits in 32, unless it is told otherwise."""

from __future__ import annotations

from typing import Any

import keras


def held_dtype(variable: Any) -> str:
    """The name of the dtype that a variable has, which on JAX may be narrower than the one it asks for.

    Args:
        variable: A `keras.Variable` with a value.
    """
    asked = keras.backend.standardize_dtype(variable.dtype)
    if keras.backend.backend() != "jax" or not asked.endswith("64"):
        return str(asked)
    return str(keras.backend.standardize_dtype(variable.value.dtype))
