"""The batches of a run, in an order that a seed and the place in the run alone determine."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from kerasviz.data.sampleorder import SampleOrder
from kerasviz.data.tables import map_arrays

DEFAULT_SIZE = 32
"""What Keras takes where nothing is said."""


class Batches(keras.utils.PyDataset):  # type: ignore[misc]
    """Batches of arrays, for `fit`.

    Args:
        samples: x and, where there are some, y and the weights of samples: each an array, a sparse matrix, or
            a list or dict of arrays.
        order: Which samples come when.
        augment: Changes the samples of a batch, given its number; None where they stay.
    """

    def __init__(
        self,
        samples: tuple[Any, ...],
        order: SampleOrder,
        augment: Callable[[Any, int], Any] | None = None,
    ) -> None:
        super().__init__()
        self._augment = augment
        self._arrays = samples
        self._order = order

    @property
    def num_batches(self) -> int | None:
        """Batches in an epoch; None where they never end."""
        return self._order.num_batches

    def __getitem__(self, index: int) -> tuple[Any, ...]:
        """The samples of a batch, and their targets and weights where there are some."""
        taken = take(self._arrays, self._order.batch(index))
        if self._augment is not None:
            taken[0] = self._augment(taken[0], self._order.number(index))
        # A list would be made a single tensor.
        return tuple(tuple(arrays) if isinstance(arrays, list) else arrays for arrays in taken)


def take(samples: tuple[Any, ...], chosen: np.ndarray) -> list[Any]:
    """Some of the samples, in the dtypes that a model computes in.

    Args:
        samples: As `Batches` has them.
        chosen: Their numbers.
    """

    def some(array: Any, _: str) -> Any:
        if hasattr(array, "toarray"):
            return array[chosen].toarray().astype(keras.config.floatx(), copy=False)
        if not isinstance(array, np.ndarray):
            return keras.ops.take(array, chosen, axis=0)
        return array[chosen].astype(
            keras.config.floatx() if array.dtype.kind == "f" else array.dtype, copy=False
        )

    return [map_arrays(arrays, "", some) for arrays in samples]


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
