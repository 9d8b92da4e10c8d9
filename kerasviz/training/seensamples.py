"""What a run saw of its data, as it went into the model: a bounded part of it, to find what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import keras
import numpy as np

from kerasviz.data.batches import count
from kerasviz.data.dataset import Data, Stream

MOST_BYTES = 32 * 2**20
"""Of each part: more samples are thinned evenly."""


@dataclass(frozen=True)
class Seen:
    """Samples of a run.

    Attributes:
        training: `(x, y)` or `(x, y, sample_weight)` as `fit` takes them: arrays `(samples, ...)`, or lists
            or dicts of such.
        validation: Samples that training does not see; None where there are none.
        counts: How many samples training and validation have.
        class_weight: That of `fit`.
        steps: Of how many samples of training and validation one is here.
        is_beginning: Whether they are of the first batches, after which others came.
        is_in_batches: Whether they came in batches, so that nobody knows their numbers in the data.
        whole: Gives all the data as a run brings it to a model; None where it was brought there already.
    """

    training: tuple[Any, ...]
    validation: tuple[Any, ...] | None
    counts: tuple[int, int]
    class_weight: Any = None
    steps: tuple[int, int] = (1, 1)
    is_beginning: bool = False
    is_in_batches: bool = False
    whole: Callable[[], Data | Stream] | None = field(default=None, repr=False, compare=False)


def seen(training: tuple[Any, ...], validation: tuple[Any, ...] | None, class_weight: Any = None) -> Seen:
    """Keeps what was seen: small data as it is, else some samples from everywhere.

    Args:
        training: As `fit` takes it.
        validation: As `fit` takes it.
        class_weight: That of `fit`.
    """
    counts = count(training), 0 if validation is None else count(validation)
    steps = _step(training), 1 if validation is None else _step(validation)
    held = None if validation is None else _thinned(validation, steps[1])
    return Seen(_thinned(training, steps[0]), held, counts, class_weight, steps)


def _step(samples: tuple[Any, ...]) -> int:
    """Of how many samples one is kept."""
    size = sum(int(array.nbytes) for array in keras.tree.flatten(samples) if isinstance(array, np.ndarray))
    return max(1, -(-size // MOST_BYTES))


def _thinned(samples: tuple[Any, ...], step: int) -> tuple[Any, ...]:
    if step == 1:
        return samples

    def thin(array: Any) -> Any:
        return np.array(array[::step]) if isinstance(array, np.ndarray) else array

    return tuple(keras.tree.map_structure(thin, part) for part in samples)
