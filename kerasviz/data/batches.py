"""The batches of a run, in an order that a seed and the place in the run alone determine."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from kerasviz.data.tables import map_arrays

DEFAULT_SIZE = 32
"""What Keras takes where nothing is said."""


class Batches(keras.utils.PyDataset):  # type: ignore[misc]
    """Batches of arrays, for `fit`. A run that continues from a backup gets those that were still to come.

    Keras shuffles with a generator that a killed kernel takes along.

    Args:
        x: Array, or a list or dict of arrays.
        y: Array, or a list or dict of arrays.
        size: Samples in a batch.
        seed: Of the order; None for that of the arrays.
        epoch: Tells the number of the epoch that trains.
        step: Where epochs have a number of batches of their own: the batches that the run has done, which may
            end in the middle of the samples. None where an epoch is all samples.
    """

    def __init__(
        self, x: Any, y: Any, size: int, seed: int | None, epoch: Callable[[], int], step: int | None = None
    ) -> None:
        super().__init__()
        self._x, self._y = x, y
        self._size = size
        self._seed = seed
        self._epoch = epoch
        self._step = step
        self._samples = len(_parts(y)[0])
        self._known = (-1, np.arange(self._samples))

    @property
    def num_batches(self) -> int | None:
        """Batches in an epoch; None where they never end."""
        return self._in_all if self._step is None else None

    def __getitem__(self, index: int) -> tuple[Any, Any]:
        """The samples and targets of a batch."""
        turn = self._epoch()
        if self._step is not None:
            turn, index = divmod(self._step + index, self._in_all)
        chosen = self._order(turn)[index * self._size : (index + 1) * self._size]

        def take(array: Any, _: str) -> Any:
            if not isinstance(array, np.ndarray):
                return keras.ops.take(array, chosen, axis=0)
            return array[chosen].astype(
                keras.config.floatx() if array.dtype.kind == "f" else array.dtype, copy=False
            )

        x, y = map_arrays(self._x, "x", take), map_arrays(self._y, "y", take)
        # A list would be made a single tensor.
        return tuple(x) if isinstance(x, list) else x, tuple(y) if isinstance(y, list) else y

    @property
    def _in_all(self) -> int:
        return math.ceil(self._samples / self._size)

    def _order(self, turn: int) -> np.ndarray:
        """The order of the samples in a turn through all of them; other threads may ask, too."""
        known = self._known
        if self._seed is not None and known[0] != turn:
            known = (turn, np.random.default_rng((self._seed, turn)).permutation(self._samples))
            self._known = known
        return known[1]


def split(x: Any, y: Any, part: float) -> tuple[tuple[Any, Any], tuple[Any, Any] | None]:
    """Takes the last samples for validation, as `fit` does.

    Args:
        x: Array, or a list or dict of arrays.
        y: Array, or a list or dict of arrays.
        part: How many of the samples, from 0 to below 1.

    Returns:
        The samples and targets of the training, and those of the validation where there is one.
    """
    if not part:
        return (x, y), None
    at = math.floor(len(_parts(y)[0]) * (1.0 - part))

    def cut(where: slice) -> tuple[Any, Any]:
        return map_arrays(x, "x", lambda array, _: array[where]), map_arrays(
            y, "y", lambda array, _: array[where]
        )

    return cut(slice(at)), cut(slice(at, None))


def _parts(value: Any) -> list[Any]:
    return list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else [value]
