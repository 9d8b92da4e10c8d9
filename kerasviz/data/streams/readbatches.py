"""Batches of samples that are read when their turn comes, one batch at a time."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from kerasviz.data.sampleorder import SampleOrder
from kerasviz.data.streams.reader import Reader


class ReadBatches(keras.utils.PyDataset):  # type: ignore[misc]
    """Batches for `fit`.

    Args:
        reader: Reads the samples.
        order: Which samples come when.
    """

    def __init__(self, reader: Reader, order: SampleOrder) -> None:
        super().__init__()
        self._reader = reader
        self._order = order

    @property
    def num_batches(self) -> int | None:
        """Batches in an epoch; None where they never end."""
        return self._order.num_batches

    def __getitem__(self, index: int) -> tuple[Any, np.ndarray]:
        """The samples of a batch, and their targets."""
        chosen = self._order.batch(index)
        return self._reader.read(chosen), self._reader.targets[chosen]
