"""Which class was taken for which: how many samples of each true class were predicted as each class."""

from __future__ import annotations

import numpy as np

from kerasviz.insight.results.partpredictions import Predicted
from kerasviz.insight.samples import Samples
from kerasviz.protocol.results import Confusion

MOST_CLASSES = 200
"""Rows of a matrix that a person can look at."""


def make(*, predicted: Predicted, samples: Samples) -> Confusion:
    """Counts the samples by their true and their predicted class.

    Args:
        predicted: Of a task with classes.
        samples: Of the data.
    """
    from sklearn.metrics import confusion_matrix

    names = predicted.task.names
    numbers = np.arange(len(names))
    counts = confusion_matrix(predicted.task.true, predicted.judged.chosen, labels=numbers)
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
