"""Copies of all numbers that training changes in a model."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import keras
import numpy as np


def values_of(model: Any) -> list[np.ndarray]:
    """Copies weights, states, and those of the optimizer and the metrics."""
    return [np.array(keras.ops.convert_to_numpy(variable)) for variable in _variables(model)]


def set_values(model: Any, values: list[np.ndarray]) -> None:
    """Sets what `values_of` copied; the model has the same variables as then."""
    for variable, value in zip(_variables(model), values, strict=True):
        variable.assign(value)


@contextmanager
def restored(model: Any) -> Iterator[None]:
    """Gives a model back the numbers that it has now, whatever is done to them meanwhile."""
    values = values_of(model)
    try:
        yield
    finally:
        set_values(model, values)


def _variables(model: Any) -> list[Any]:
    optimizer = getattr(model, "optimizer", None)
    own = [
        *model.variables,
        *model.metrics_variables,
        *(optimizer.variables if optimizer is not None else []),
    ]
    return list({id(variable): variable for variable in own}.values())
