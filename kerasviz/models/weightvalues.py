"""Copies of all numbers that training changes in a model."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import keras
import numpy as np

Values = list[tuple[Any, np.ndarray]]
"""Variables, each with what it was."""


def values_of(model: Any, copy: Callable[[np.ndarray], np.ndarray] = np.array) -> Values:
    """Copies weights, states, and those of the optimizer and the metrics, as far as there are some yet."""
    optimizer = getattr(model, "optimizer", None)
    of_optimizer = optimizer.variables if optimizer is not None else []
    every = {id(each): each for each in (*model.variables, *model.metrics_variables, *of_optimizer)}
    return [(each, copy(np.asarray(keras.ops.convert_to_numpy(each)))) for each in every.values()]


def on_disk(folder: Path, array: np.ndarray) -> np.ndarray:
    """Copies an array into a file without a name, which goes with the copy."""
    if not array.size or not array.ndim:
        return np.array(array)
    with tempfile.TemporaryFile(dir=folder) as file:
        made: np.ndarray = np.memmap(file, array.dtype, "w+", shape=array.shape)
    made[...] = array
    return made


def set_values(values: Values) -> None:
    """Sets what was copied."""
    for variable, value in values:
        variable.assign(value)


@contextmanager
def restored(model: Any) -> Iterator[None]:
    """Gives a model back the numbers that it has now, whatever is done to them meanwhile."""
    values = values_of(model)
    try:
        yield
    finally:
        set_values(values)
