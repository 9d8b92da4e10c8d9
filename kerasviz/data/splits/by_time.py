"""By time."""

from __future__ import annotations

import math

import numpy as np

from kerasviz.data.dataset import ColumnName
from kerasviz.data.splits.splitsamples import TEST, TRAINING, VALIDATION, Samples, check_shares


def split(
    column: ColumnName | None = None, validation: float = 0.2, test: float = 0.0, *, samples: Samples
) -> np.ndarray:
    """Takes the last samples, so that nothing is learned from the future.

    Args:
        column: The column with the time of each sample; none where they are in their order already.
        validation: Fraction of samples held out for validation: those before the test.
        test: Fraction of samples held out for a test after training: the last ones.
        samples: What is to be divided.

    Returns:
        The part of each sample. Those of one moment are in one part; those without a time train.
    """
    check_shares(validation, test)
    when = np.arange(samples.count) if column is None else samples.column(column)
    known = ~_missing(when)
    order = np.flatnonzero(known)[np.argsort(when[known], kind="stable")]
    sorted_times, parts = when[order], np.full(samples.count, TRAINING, dtype="int8")
    for part, share in ((VALIDATION, validation + test), (TEST, test)):
        first = math.floor(len(order) * (1 - share) + 1e-9)
        if share and 0 < first < len(order):
            parts[order[np.searchsorted(sorted_times, sorted_times[first]) :]] = part
    return parts


def _missing(values: np.ndarray) -> np.ndarray:
    import pandas as pd

    return np.asarray(pd.isna(values))
