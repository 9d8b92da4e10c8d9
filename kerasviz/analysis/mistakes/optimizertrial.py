"""What optimizers and learning-rate schedules do with their arguments: Keras is asked, with a few weights."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import keras
import numpy as np

from kerasviz.backend.isolation import aside
from kerasviz.backend.trying import about_to_try
from kerasviz.config.fresh import fresh

SIZES = np.array([1e-9, 1e-6, 1e-3, 1.0, 1e4], "float32")
"""Of gradients: a negative epsilon turns only small ones round, and clipping cuts only large ones."""
FACTORS = (1.0, 2.0, 1.5, 3.0, 0.0, 0.0, 0.0, 0.0)
"""Of the gradients at each step; those of 0 show what an optimizer does by itself."""
STEPS = (*range(11), 100, 1000)
"""At which a schedule is asked for its rate."""


@dataclass(frozen=True)
class Trial:
    """What came of a few steps.

    Attributes:
        faults: What keeps a model from learning.
        weights: After each step, to compare; empty where Keras refused.
    """

    faults: frozenset[str]
    weights: tuple[bytes, ...] = ()


@lru_cache(512)
def try_optimizer(class_name: str, config: str) -> Trial:
    """Makes a few steps with an optimizer.

    Args:
        class_name: A class of Keras.
        config: Its arguments, as JSON.
    """
    about_to_try()
    return _asked(lambda: _tried(class_name, json.loads(config)))


@lru_cache(128)
def try_schedule(class_name: str, config: str) -> Trial:
    """Asks a schedule for its rate at some steps.

    Args:
        class_name: A class of `keras.optimizers.schedules`.
        config: Its arguments, as JSON.
    """
    about_to_try()

    def ask() -> Trial:
        values = json.loads(config)
        schedule = _made("keras.optimizers.schedules", class_name, values)
        ends = [n * v for v in values.values() if isinstance(v, int) and 0 < v < 10**9 for n in (1, 2)]
        rates = np.array([float(schedule(step)) for step in (*STEPS, *ends)])
        faults = set()
        if np.isnan(rates).any() or not np.isfinite(rates[:11]).all():
            faults.add("no number")
        if (rates < 0).any():
            faults.add("uphill")
        if not rates.any():
            faults.add("still")
        return Trial(frozenset(faults))

    return _asked(ask)


def _asked(ask: Callable[[], Trial]) -> Trial:
    try:
        return aside(ask)
    except Exception:  # whatever Keras says of a value
        return Trial(frozenset({"refused"}))


def _made(module: str, class_name: str, config: dict[str, Any]) -> Any:
    serialised = {"module": module, "class_name": class_name, "config": config, "registered_name": None}
    return keras.saving.deserialize_keras_object(fresh(serialised))


def _tried(class_name: str, config: dict[str, Any]) -> Trial:
    optimizer = _made("keras.optimizers", class_name, config)  # refuses wrong numbers of these steps
    optimizer = _made("keras.optimizers", class_name, {**config, "gradient_accumulation_steps": None})
    scale = float(optimizer.scale_loss(1.0))
    gradients = [np.concatenate([SIZES, -SIZES]), np.array([[0.1, -0.2], [0.3, 0.4]], "float32")]
    variables = [keras.Variable(np.zeros_like(gradient)) for gradient in gradients]
    steps, states = [], []
    for factor in FACTORS:
        varied = [_varied(gradient, factor) * scale for gradient in gradients]
        given = [keras.ops.convert_to_tensor(gradient) for gradient in varied]
        optimizer.apply(given, variables)
        steps.append([np.array(keras.ops.convert_to_numpy(variable)) for variable in variables])
        states.append([np.array(keras.ops.convert_to_numpy(v)) for v in optimizer.variables])
    vector = np.array([step[0] for step in steps])
    matrix = steps[3][1]
    faults = set()
    if not all(np.isfinite(part).all() for step in steps for part in step):
        faults.add("no number")
    if (np.sign(vector[3]) == np.sign(gradients[0])).any() or (matrix * gradients[1]).sum() > 0:
        faults.add("uphill")
    if not vector[3].any() or not matrix.any():
        faults.add("still")
    moves = np.abs(np.diff(vector[4:].astype("float64"), axis=0))
    if (moves[-1] > 1.05 * moves[0]).all() and (moves[-1] > 1.01 * moves[1]).all():
        faults.add("runs away")
    before, after = states[1], states[3]
    if any(old.ndim == 1 and np.array_equal(old, new) for old, new in zip(before, after, strict=True)):
        faults.add("frozen")
    if _grows(class_name, config):
        faults.add("grows")
    return Trial(frozenset(faults), tuple(part.tobytes() for step in steps for part in step))


def _varied(gradient: np.ndarray, factor: float) -> np.ndarray:
    """Makes every other value larger and the others smaller: where all change alike, clipping undoes it."""
    values = gradient.reshape(-1)
    odd = np.arange(len(values)) % 2 == 1
    changed = np.where(odd, values * factor, values / factor if factor else 0)
    return changed.reshape(gradient.shape).astype("float32")


def _grows(class_name: str, config: dict[str, Any]) -> bool:
    """Whether weights grow without gradients; a large rate shows it within the precision of a float.

    Some optimizers decay matrices and vectors by different numbers, and some not at the first step.
    """
    if not any(isinstance(value, int | float) and value < 0 for value in config.values()):
        return False
    rate = {"learning_rate": 1.0, "gradient_accumulation_steps": None}
    optimizer = _made("keras.optimizers", class_name, {**config, **rate})
    starts = [np.array([1.0, -2.0], "float32"), np.array([[1.0, -2.0], [3.0, -4.0]], "float32")]
    variables = [keras.Variable(start) for start in starts]
    for _ in range(5):
        optimizer.apply([keras.ops.zeros(start.shape) for start in starts], variables)
    ends = [keras.ops.convert_to_numpy(variable) for variable in variables]
    return any((end / start > 1 + 1e-6).any() for start, end in zip(starts, ends, strict=True))
