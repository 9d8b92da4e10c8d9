"""The order of the samples of a run, which a seed and the place in the run alone determine."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from kerasviz.backend.batchshare import Share


class SampleOrder:
    """Which samples come when. A run that continues from a backup gets those that were still to come.

    Keras shuffles with a generator that a killed kernel takes along.

    Args:
        samples: How many there are.
        size: Samples in a batch.
        seed: None for the order in which they lie.
        epoch: Tells the number of the epoch that trains.
        step: Where epochs have a number of batches of their own: the batches that the run has done, which may
            end in the middle of the samples. None where an epoch is all samples.
        share: The part of each batch that this process computes; by default all.
    """

    def __init__(
        self,
        samples: int,
        size: int,
        seed: int | None,
        epoch: Callable[[], int],
        step: int | None = None,
        share: Share | None = None,
    ) -> None:
        self.samples = samples
        self.size = size
        self.epoch = epoch
        self.step = step
        self.seed = seed
        self.share = share or Share()
        self._known = (-1, np.arange(samples))

    @property
    def batches(self) -> int:
        """Batches in a turn through all samples."""
        return math.ceil(self.samples / self.size)

    @property
    def num_batches(self) -> int | None:
        """Batches in an epoch; None where they never end."""
        return self.batches if self.step is None else None

    def batch(self, index: int) -> np.ndarray:
        """The numbers of the samples of a batch; other threads may ask, too.

        Args:
            index: Of the batch: in this epoch, or since the run began where epochs are no turns.
        """
        turn = self.epoch()
        if self.step is not None:
            turn, index = divmod(self.step + index, self.batches)
        batch = self.turn(turn)[index * self.size : (index + 1) * self.size]
        return batch[self.share.of(len(batch))]

    def number(self, index: int) -> int:
        """How many batches come before one since the run began; shares of a batch count each."""
        before = self.epoch() * self.batches + index if self.step is None else self.step + index
        return before * self.share.count + self.share.rank

    def turn(self, number: int) -> np.ndarray:
        """The numbers of all samples, in their order in a turn through them."""
        known = self._known
        if self.seed is not None and known[0] != number:
            known = (number, np.random.default_rng((self.seed, number)).permutation(self.samples))
            self._known = known
        return known[1]
