"""Steps that draw something else in each epoch: each batch of the training goes through them."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Sequence
from typing import Any

import keras
import numpy as np

from kerasviz.data.preparation.keraslayer import KerasLayer
from kerasviz.data.preparation.step import Step

_DRAWS = 1024
"""Numbers that a step draws for a batch, at most."""


def is_random(step: Step) -> bool:
    """Whether a step draws something else in each epoch."""
    return bool(_generators(step))


def before_drawing(steps: Sequence[Step]) -> list[Step]:
    """The steps that come before the first one that draws."""
    return list(itertools.takewhile(lambda step: not is_random(step), steps))


def begin(steps: Sequence[Step], seed: int, number: int = 0) -> None:
    """Has steps draw from a place that the seed of a run and the number of a batch decide.

    Args:
        steps: The steps; each one from the first that draws on has a seed of its own.
        seed: Of the run.
        number: Of the batch, from the beginning of the run on.
    """
    for at, step in enumerate(steps[len(before_drawing(steps)) :]):
        for generator in _generators(step):
            place = np.array([seed + at, number * _DRAWS]) % 2**31
            generator.state.assign(place.astype(generator.state.dtype))


def _generators(step: Step) -> list[Any]:
    """What a layer draws from; inside a pipeline of TensorFlow, other backends have one more."""
    values = list(vars(step.layer).values()) if isinstance(step, KerasLayer) else []
    values += [one for value in values if isinstance(value, dict) for one in value.values()]
    return [value for value in values if isinstance(value, keras.random.SeedGenerator)]


class Augmentation:
    """Sends batches through steps, some of which draw.

    What they draw depends on a seed and the number of the batch alone, so a run can be repeated and
    continued.

    Args:
        steps: The steps.
    """

    def __init__(self, steps: Sequence[Step]) -> None:
        self._steps = steps
        self._one = threading.Lock()

    def __call__(self, values: Any, seed: int, number: int) -> Any:
        """Changes a batch.

        Args:
            values: The samples.
            seed: Of the run.
            number: Of the batch, from the beginning of the run on.
        """
        with self._one:  # a generator holds where it is
            begin(self._steps, seed, number)
            for step in self._steps:
                values = step(values)
            return values
