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
        samples: x and, where there are some, y and the weights of samples: each an array, or a list or dict
            of arrays.
        size: Samples in a batch.
        seed: Of the order; None for that of the arrays.
        epoch: Tells the number of the epoch that trains.
        step: Where epochs have a number of batches of their own: the batches that the run has done, which may
            end in the middle of the samples. None where an epoch is all samples.
    """

    def __init__(
        self,
        samples: tuple[Any, ...],
        size: int,
        seed: int | None,
        epoch: Callable[[], int],
        step: int | None = None,
    ) -> None:
        super().__init__()
        self._arrays = samples
        self._size = size
        self._seed = seed
        self._epoch = epoch
        self._step = step
        self._samples = count(samples)
        self._known = (-1, np.arange(self._samples))

    @property
    def num_batches(self) -> int | None:
        """Batches in an epoch; None where they never end."""
        return self._in_all if self._step is None else None

    def __getitem__(self, index: int) -> tuple[Any, ...]:
        """The samples and targets of a batch, and their weights where there are some."""
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

        taken = (map_arrays(arrays, "", take) for arrays in self._arrays)
        # A list would be made a single tensor.
        return tuple(tuple(arrays) if isinstance(arrays, list) else arrays for arrays in taken)

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


def count(samples: tuple[Any, ...]) -> int:
    """How many samples there are."""
    x = samples[0]
    return len(next(iter(x.values())) if isinstance(x, dict) else x[0] if isinstance(x, list) else x)


def split(samples: tuple[Any, ...], part: float) -> tuple[tuple[Any, ...], tuple[Any, ...] | None]:
    """Takes the last samples for validation, as `fit` does.

    Args:
        samples: x and perhaps y and weights: each an array, or a list or dict of arrays.
        part: How many of the samples, from 0 to below 1.

    Returns:
        What trains, and what validates where there is some.
    """
    if not part:
        return samples, None
    at = math.floor(count(samples) * (1.0 - part))

    def cut(where: slice) -> tuple[Any, ...]:
        return tuple(map_arrays(arrays, "", lambda array, _: array[where]) for arrays in samples)

    return cut(slice(at)), cut(slice(at, None))
