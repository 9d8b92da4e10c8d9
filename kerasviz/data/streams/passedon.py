"""Batches that somebody else makes, given in another way."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from types import GeneratorType
from typing import Any

import keras

from kerasviz.backend import pipelines
from kerasviz.data.streams.batchkinds import is_py_dataset


class PassedOn(keras.utils.PyDataset):  # type: ignore[misc]
    """Batches of another `PyDataset`.

    Args:
        batches: The other one.
        give: Gives the batch of a number.
    """

    def __init__(self, batches: Any, give: Callable[[int], Any]) -> None:
        super().__init__(batches.workers, batches.use_multiprocessing, batches.max_queue_size)
        self._batches = batches
        self._give = give

    def __getitem__(self, index: int) -> Any:
        """A batch."""
        return self._give(index)

    @property
    def num_batches(self) -> int | None:
        """Batches in an epoch."""
        count: int | None = self._batches.num_batches
        return count

    def on_epoch_begin(self) -> None:
        """Tells those whose batches these are."""
        self._batches.on_epoch_begin()

    def on_epoch_end(self) -> None:
        """Tells those whose batches these are."""
        self._batches.on_epoch_end()


def passed_on(
    batches: Any, through: Callable[[Iterable[Any]], Iterator[Any]], give: Callable[[int], Any]
) -> Any:
    """The same batches, each given in another way; those that are not taken in this process stay as they are.

    Args:
        batches: What `fit` takes.
        through: Gives those of a generator, or of a loader, one after the other.
        give: Gives the one of a number, of a `PyDataset`.
    """
    if type(batches) is GeneratorType:
        return through(batches)
    if is_py_dataset(batches) and not batches.use_multiprocessing:
        return PassedOn(batches, give)
    return pipelines.loader_through(batches, through) if pipelines.is_loader(batches) else batches
