"""Samples that are read by their number when their turn comes, so that memory holds only a few batches."""

from __future__ import annotations

from typing import Any, Protocol, runtime_checkable

import numpy as np

from kerasviz.data.sampleorder import SampleOrder


@runtime_checkable
class Reader(Protocol):
    """What a run makes batches of in an order of its own, so that it can be repeated and continued.

    Attributes:
        targets: What is to be learned from each sample, in memory: `(samples, ...)`.
    """

    targets: np.ndarray

    def read(self, numbers: np.ndarray) -> Any:
        """Reads some samples now, as an array `(len(numbers), ...)`."""
        ...

    def part(self, numbers: np.ndarray) -> Reader:
        """Some of the samples, in this order."""
        ...

    def fitted_to(self, shape: tuple[int | None, ...]) -> Reader:
        """The same samples in the shape that a model takes, where nobody has chosen another."""
        ...

    def batches(self, order: SampleOrder) -> Any:
        """What `fit` takes as `x`, in this order."""
        ...
