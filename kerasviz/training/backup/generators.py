"""The random generators of a model, such as that of a Dropout: no file of Keras has their states."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np


def generator_states(model: Any) -> list[list[int]]:
    """Copies the states of all generators of a model, in its order."""
    return [keras.ops.convert_to_numpy(state).tolist() for state in _states(model)]


def set_generator_states(model: Any, states: list[list[int]]) -> None:
    """Sets the states of all generators; where the model has others now, they stay as they are."""
    variables = _states(model)
    if [len(state) for state in states] != [variable.shape[0] for variable in variables]:
        return
    for variable, state in zip(variables, states, strict=True):
        variable.assign(np.array(state, dtype=variable.dtype))


def _states(model: Any) -> list[Any]:
    weights = {id(variable) for variable in model.weights}
    return [variable for variable in model.variables if id(variable) not in weights]
