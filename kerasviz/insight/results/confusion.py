"""Which class was taken for which: how many samples of each true class were predicted as each class."""

from __future__ import annotations

import numpy as np

from kerasviz.insight.results.partpredictions import Predicted
from kerasviz.insight.results.room import BLOCK
from kerasviz.insight.samples.samples import Samples
from kerasviz.protocol.results import Confusion

MOST_CLASSES = 200
"""Rows of a matrix that a person can look at."""


def make(
    threshold: float | None = None, label: int | None = None, *, predicted: Predicted, samples: Samples
) -> Confusion:
    """Counts the samples, or the positions in them, by their true and their predicted class.

    Args:
        threshold: Above which score the second of two is predicted; None for that of the model.
        label: Of several labels, the one that a sample has or has not.
        predicted: Of a task with classes or labels.
        samples: Of the data.
    """
    found = predicted.label(label or 0) if predicted.task.kind == "labels" else predicted
    names = found.task.names
    numbers = np.arange(len(names))
    counts = counted(found.task.true, found.judged(threshold).chosen, len(names))
    if len(names) > MOST_CLASSES:  # those with the most mistakes
        wrong = counts.sum(axis=0) + counts.sum(axis=1) - 2 * counts.diagonal()
        numbers = np.sort(np.argsort(-wrong, kind="stable")[:MOST_CLASSES])
        counts = counts[np.ix_(numbers, numbers)]
    return Confusion(
        kind="confusion",
        classes=[names[number] for number in numbers],
        numbers=numbers.tolist(),
        counts=counts.tolist(),
        left_out=len(names) - len(numbers),
    )


def counted(true: np.ndarray, chosen: np.ndarray, classes: int) -> np.ndarray:
    """Counts items, `(classes, classes)`; those of which no true class is known are left out.

    Args:
        true: Class of each item.
        chosen: That was predicted.
        classes: How many there are.
    """
    counts = np.zeros(classes * classes, "int64")
    for at in range(0, len(true), BLOCK):
        is_true, said = true[at : at + BLOCK].astype("int64"), chosen[at : at + BLOCK]
        there = (is_true >= 0) & (is_true < classes)
        counts += np.bincount(is_true[there] * classes + said[there], minlength=classes * classes)
    return counts.reshape(classes, classes)
