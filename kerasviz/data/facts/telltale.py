"""A column that gives the target away: it is the target in other words, and not known of a new sample."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerasviz.data.facts.finite import is_finite

FEWEST = 50
"""Samples from which on it is no chance."""
LEFT = 0.05
"""Deviation, as a share, that such a column leaves open."""
SURE = 0.995
"""Samples of which the value of a column tells the class."""
EACH = 10
"""Samples of each value, on average, from which on a value that tells the class is no chance."""
COMMON = 0.97
"""Share of one class from which on any column seems to tell it."""
NEAR = 0.2
"""Of the deviation of a column: values as near are of one range, whatever the classes on both sides."""


def left_of_amount(column: Any, goal: Any) -> float:
    """What a column leaves open of a number to be predicted, as a share of its deviation.

    Numbers are compared by their ranks: the price with tax and the logarithm of the price tell as much.

    Args:
        column: Numbers `(samples,)`.
        goal: Numbers `(samples,)`.
    """
    if not _can_tell(column) or not _can_tell(goal):
        return 1.0
    correlation = float(np.corrcoef(_ranks(column), _ranks(goal))[0, 1])
    return float(np.sqrt(max(0.0, 1 - correlation**2)))


def left_of_class(column: Any, classes: Any) -> float:
    """How far a column differs within classes, as a share of its deviation: 0 where each has one number.

    Args:
        column: Numbers `(samples,)`.
        classes: Of each sample, `(samples,)`.
    """
    names, codes, counts = np.unique(classes, return_inverse=True, return_counts=True)
    if not _can_tell(column) or len(names) < 2 or counts.min() < 2:
        return 1.0
    means = np.bincount(codes, column) / counts
    return float(np.sqrt(((column - means[codes]) ** 2).mean())) / float(column.std())


def is_threshold(column: Any, classes: Any) -> bool:
    """Whether classes are stretches of a column that border on each other, as a mark is made of points.

    Groups that lie far apart are none: these are what a model is to find.

    Args:
        column: Numbers `(samples,)`.
        classes: Of each sample, `(samples,)`.
    """
    if not _can_tell(column) or _is_common(classes):
        return False
    order = np.argsort(column, kind="stable")
    values = column[order].astype("float64")
    codes = np.unique(classes, return_inverse=True)[1][order]
    changes = np.flatnonzero(np.diff(codes))
    if len(changes) != codes.max():
        return False
    gaps = values[changes + 1] - values[changes]
    return bool((gaps > 0).all() and (gaps < NEAR * column.std()).all())


def each_value_tells(column: Any, classes: Any) -> bool:
    """Whether each value of a column, of which there are few, comes with one class.

    Args:
        column: Numbers or words `(samples,)`.
        classes: Of each sample, `(samples,)`.
    """
    if _is_common(classes):
        return False
    values, kinds = np.unique(column, return_inverse=True)
    codes = np.unique(classes, return_inverse=True)[1]
    if not 1 < len(values) * EACH <= len(column):
        return False
    pairs, counts = np.unique(kinds * (codes.max() + 1) + codes, return_counts=True)
    most = np.zeros(len(values), int)
    np.maximum.at(most, pairs // (codes.max() + 1), counts)
    return bool(most.sum() >= SURE * len(column))


def _is_common(classes: Any) -> bool:
    counts = np.unique(classes, return_counts=True)[1]
    return len(counts) < 2 or bool(counts.max() > COMMON * len(classes))


def _can_tell(values: Any) -> bool:
    return is_finite(values) and bool(values.std() > 0)


def _ranks(values: Any) -> Any:
    """The place of each value among all, equal ones at the mean of theirs."""
    _, codes, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    return (last - (counts - 1) / 2)[codes]
