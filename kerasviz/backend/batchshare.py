"""The part of each batch that one of several workers computes."""

from __future__ import annotations


class Share:
    """Cuts batches. A batch that can't be cut equally is computed whole by each worker.

    Args:
        rank: Which of the workers this is, from 0 on.
        count: How many there are.

    Attributes:
        is_whole: Whether the batch that was cut last is one that each worker computes whole. Keras takes a
            batch and trains on it in turn, so this is the one that it trains on.
        is_cut: Whether the data of this process is its part already.
    """

    def __init__(self, rank: int = 0, count: int = 1) -> None:
        self.rank = rank
        self.count = count
        self.is_whole = False
        self.is_cut = False

    def of(self, samples: int) -> slice:
        """Where the part of this worker is in a batch of so many samples."""
        if self.is_cut:
            return slice(None)
        self.is_whole = samples % self.count != 0
        if self.is_whole:
            return slice(None)
        size = samples // self.count
        return slice(self.rank * size, (self.rank + 1) * size)
