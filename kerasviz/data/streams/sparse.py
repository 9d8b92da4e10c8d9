"""Rows of a sparse matrix, of which only those of a batch are made dense."""

from __future__ import annotations

import sys
from typing import Any

import numpy as np

from kerasviz.backend.instances import is_of
from kerasviz.data.sampleorder import SampleOrder


def is_sparse(value: object) -> bool:
    """Whether something is a sparse matrix or array of scipy, of two dimensions; none of its code runs."""
    scipy: Any = sys.modules.get("scipy.sparse")
    kinds = () if scipy is None else (scipy.sparray, scipy.spmatrix)
    return any(is_of(value, kind) for kind in kinds) and len(getattr(value, "shape", ())) == 2


class SparseRows:
    """A sparse matrix of scipy with targets, as a `Reader`.

    Args:
        x: Of shape `(samples, columns)`.
        targets: Array `(samples, ...)`.
    """

    def __init__(self, x: Any, targets: np.ndarray) -> None:
        self._x = x.tocsr()
        self.targets = targets

    def read(self, numbers: np.ndarray) -> np.ndarray:
        """Some rows, dense."""
        rows: np.ndarray = self._x[numbers].toarray()
        return rows

    def part(self, numbers: np.ndarray) -> SparseRows:
        """Some of the rows."""
        return SparseRows(self._x[numbers], self.targets[numbers])

    def fitted_to(self, shape: tuple[int | None, ...]) -> SparseRows:
        """Rows are as long as they are."""
        return self

    def batches(self, order: SampleOrder) -> Any:
        """Dense batches."""
        from kerasviz.data.batches import Batches  # imports Keras, which listing variables does not need

        return Batches((self._x, self.targets), order)
