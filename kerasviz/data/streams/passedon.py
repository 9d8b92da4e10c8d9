"""A `PyDataset` that passes on what another one gives."""

from __future__ import annotations

from typing import Any

import keras


class PassedOn(keras.utils.PyDataset):  # type: ignore[misc]
    """Batches of another `PyDataset`; whoever makes a class of it says what becomes of each.

    Args:
        batches: The other one.
    """

    def __init__(self, batches: Any) -> None:
        super().__init__(batches.workers, batches.use_multiprocessing, batches.max_queue_size)
        self._batches = batches

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
