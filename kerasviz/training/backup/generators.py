"""The random generators of a model and what stateful layers remember: no file of Keras has these."""

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


def memories(model: Any) -> list[list[float]]:
    """Copies what the stateful layers of a model remember, in its order."""
    return [keras.ops.convert_to_numpy(state).reshape(-1).tolist() for state in _memories(model)]


def set_memories(model: Any, values: list[list[float]]) -> None:
    """Sets what stateful layers remember; where the model has others now, they stay as they are."""
    states = _memories(model)
    if [len(value) for value in values] != [int(np.prod(state.shape)) for state in states]:
        return
    for state, value in zip(states, values, strict=True):
        state.assign(np.array(value, dtype=state.dtype).reshape(state.shape))


def _memories(model: Any) -> list[Any]:
    stateful = [layer for layer in model._flatten_layers() if getattr(layer, "stateful", False)]
    states = [keras.tree.flatten(getattr(layer, "states", None)) for layer in stateful]
    return [state for each in states for state in each if isinstance(state, keras.Variable)]


def _states(model: Any) -> list[Any]:
    weights = {id(variable) for variable in model.weights}
    return [variable for variable in model.variables if id(variable) not in weights]
