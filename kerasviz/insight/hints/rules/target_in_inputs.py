"""A column of the inputs that is the target in other words.

The model learns to copy it, and looks perfect. A new sample does not have it yet.

Bad: the price with tax is a column, and the price without tax is to be predicted.

Good: columns that are only known once the answer is known are left out.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.text import text

SEVERITY: Severity = "warning"
FEWEST = 50
LEFT = 0.05
"""Deviation of the target, as a share, that a column leaves open."""
NEIGHBOUR = 0.2
"""That the column beside it leaves open in a series."""


def look(situation: Situation) -> Iterator[Hint]:
    """Looks for a column that tells the target on a line, or each class by one number."""
    y = situation.y
    if y is None or y.size != len(y) or len(y) < FEWEST or not np.isfinite(y).all() or y.std() == 0:
        return
    number = 0
    for array in situation.x:
        if array.ndim != 2 or array.dtype.kind != "f" or array.shape[1] < 2:
            continue
        left_by = [_left(column, y.reshape(-1), situation.classes) for column in array.T]
        for place, left in enumerate(left_by):
            number += 1
            if left < LEFT and not _follows(left_by, place):
                yield hint(
                    __name__,
                    SEVERITY,
                    text(
                        "Column {number} of the inputs reveals the target. Remove it if its value is not "
                        "known for new samples.",
                        number=number,
                    ),
                    text("The model copies that column, and fails on new samples without it."),
                    {text("fraction of the target's standard deviation not explained by the column"): left},
                )
                return


def _left(column: np.ndarray, y: np.ndarray, classes: np.ndarray | None) -> float:
    """What a column leaves open of the target, as a share of the deviation."""
    if not np.isfinite(column).all() or column.std() == 0:
        return 1.0
    if classes is None:
        correlation = float(np.corrcoef(column.astype("float64"), y.astype("float64"))[0, 1])
        return float(np.sqrt(max(0.0, 1 - correlation**2)))
    names, codes, counts = np.unique(classes, return_inverse=True, return_counts=True)
    if len(names) < 2 or counts.min() < 2:
        return 1.0
    means = np.bincount(codes, column) / counts
    within = float(np.sqrt(((column - means[codes]) ** 2).mean()))
    return within / float(column.std())


def _follows(left: list[float], place: int) -> bool:
    """Whether the column beside tells nearly as much: then they are a smooth series, and it goes on."""
    beside = left[max(0, place - 1) : place] + left[place + 1 : place + 2]
    return min(beside) < NEIGHBOUR
