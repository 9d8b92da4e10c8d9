"""An input column that reveals the target.

The model learns to copy it and looks perfect, but for new samples the column is not known yet.

Bad: the price with tax is a column, and the price without tax is the target.

Good: columns that are only known once the target is known are removed.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kerasviz.data.facts.finite import is_finite
from kerasviz.data.facts.telltale import (
    FEWEST,
    LEFT,
    each_value_tells,
    is_threshold,
    left_of_amount,
    left_of_class,
)
from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.text import text

SEVERITY: Severity = "warning"
TITLE = text("Target among the inputs")
NEIGHBOUR = 0.2
"""That the column beside it leaves open in a series."""


def look(situation: Situation) -> Iterator[Hint]:
    """Looks for a column that tells the target by its order, or each class by one number or one stretch."""
    y, first = situation.y, 1
    if y is None or y.size != len(y) or len(y) < FEWEST or not is_finite(y) or y.std() == 0:
        return
    for array in situation.x:
        if array.ndim != 2 or array.dtype.kind != "f" or array.shape[1] < 2:
            continue
        found = _telling(array.T, y.reshape(-1), situation.classes)
        if found is not None:
            place, left = found
            yield hint(
                __name__,
                SEVERITY if left < LEFT else "info",
                text(
                    "Column {number} of the inputs reveals the target. Remove it if its value is not "
                    "known for new samples.",
                    number=first + place,
                ),
                text("The model copies that column, and fails on new samples without it."),
                {text("fraction of the target's standard deviation not explained by the column"): left},
            )
            return
        first += array.shape[1]


def _telling(columns: np.ndarray, y: np.ndarray, classes: np.ndarray | None) -> tuple[int, float] | None:
    """The first column that gives the target away, and what it leaves open of it."""
    if classes is None:
        left = [left_of_amount(column, y) for column in columns]
        alone = [each < LEFT for each in left]
    else:
        left = [left_of_class(column, classes) for column in columns]
        alone = [
            each < LEFT or is_threshold(column, classes) or each_value_tells(column, classes)
            for each, column in zip(left, columns, strict=True)
        ]
    places = np.flatnonzero([tells and not _follows(left, place) for place, tells in enumerate(alone)])
    return (int(places[0]), left[places[0]]) if len(places) else None


def _follows(left: list[float], place: int) -> bool:
    """Whether the column beside tells nearly as much: then they are a smooth series, and it goes on."""
    beside = left[max(0, place - 1) : place] + left[place + 1 : place + 2]
    return min(beside) < NEIGHBOUR
