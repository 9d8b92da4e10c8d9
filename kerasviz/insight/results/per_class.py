"""Precision, recall and F1 of each class."""

from __future__ import annotations

import numpy as np

from kerasviz.insight.results.partpredictions import Predicted
from kerasviz.insight.samples import Samples
from kerasviz.protocol.results import ClassScore, PerClass


def make(*, predicted: Predicted, samples: Samples) -> PerClass:
    """Measures each class, and the mean of all.

    Args:
        predicted: Of a task with classes.
        samples: Of the data.
    """
    from sklearn.metrics import precision_recall_fscore_support

    names, true, chosen = predicted.task.names, predicted.task.true, predicted.judged.chosen
    measured = precision_recall_fscore_support(true, chosen, labels=np.arange(len(names)), zero_division=0)
    rows = [
        ClassScore(name=name, precision=float(p), recall=float(r), f1=float(f), support=int(n))
        for name, p, r, f, n in zip(names, *measured, strict=True)
    ]
    mean = [float(np.mean(values)) for values in measured[:3]]
    return PerClass(
        kind="per_class",
        rows=rows,
        mean=ClassScore(name="", precision=mean[0], recall=mean[1], f1=mean[2], support=len(true)),
        accuracy=float(np.mean(true == chosen)),
    )
