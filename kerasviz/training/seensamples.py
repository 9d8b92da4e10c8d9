"""What a run saw of its data, as it went into the model: a bounded part of it, to find what went wrong."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from kerasviz.data.batches import count

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
    """

    training: tuple[Any, ...]
    validation: tuple[Any, ...] | None
    counts: tuple[int, int]
    class_weight: Any = None


def seen(training: tuple[Any, ...], validation: tuple[Any, ...] | None, class_weight: Any = None) -> Seen:
    """Keeps what was seen: small data as it is, else some samples from everywhere.

    Args:
        training: As `fit` takes it.
        validation: As `fit` takes it.
        class_weight: That of `fit`.
    """
    counts = count(training), 0 if validation is None else count(validation)
    return Seen(
        _thinned(training), None if validation is None else _thinned(validation), counts, class_weight
    )


def _thinned(samples: tuple[Any, ...]) -> tuple[Any, ...]:
    size = sum(int(array.nbytes) for array in keras.tree.flatten(samples) if isinstance(array, np.ndarray))
    every = -(-size // MOST_BYTES)
    if every <= 1:
        return samples

    def thin(array: Any) -> Any:
        return np.array(array[::every]) if isinstance(array, np.ndarray) else array

    return tuple(keras.tree.map_structure(thin, part) for part in samples)
