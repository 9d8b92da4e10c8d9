"""Precision, recall and F1 of each class or label."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kerasviz.insight.outputs.shares import sigmoid
from kerasviz.insight.results.confusion import counted
from kerasviz.insight.results.partpredictions import Predicted
from kerasviz.insight.results.room import BLOCK
from kerasviz.insight.samples.samples import Samples
from kerasviz.protocol.results import ClassScore, PerClass


def make(threshold: float | None = None, *, predicted: Predicted, samples: Samples) -> PerClass:
    """Measures each class, and the mean of all.

    Args:
        threshold: Above which score a label, or the second of two, is predicted; None for that of the model.
        predicted: Of a task with classes or labels.
        samples: Of the data.
    """
    task = predicted.task
    if task.kind == "labels":
        found, all_right = _of_labels(predicted, threshold)
    else:
        counts = counted(task.true, predicted.judged(threshold).chosen, len(task.names))
        hits = counts.diagonal()
        found = np.stack([hits, counts.sum(axis=0) - hits, counts.sum(axis=1) - hits])
        all_right = hits.sum() / max(1, counts.sum())
    return _scored(task.names, found, float(all_right))


def _of_labels(predicted: Predicted, threshold: float | None) -> tuple[np.ndarray, float]:
    """Found, wrongly found and missed of each label, and the share of samples whose labels are all right."""
    task = predicted.task
    at = task.threshold if threshold is None else threshold
    found = np.zeros((3, len(task.names)), "int64")
    right = 0
    for start in range(0, len(task.true), BLOCK):
        true = task.true[start : start + BLOCK] == 1
        said = np.asarray(task.scores[start : start + BLOCK], "float64")
        said = (sigmoid(said) if task.logits else said) > at
        found += np.stack([(true & said).sum(axis=0), (~true & said).sum(axis=0), (true & ~said).sum(axis=0)])
        right += int((true == said).all(axis=1).sum())
    return found, right / max(1, len(task.true))


def _scored(names: Sequence[str], found: np.ndarray, all_right: float) -> PerClass:
    hits, alarms, missed = found.astype("float64")

    def share(of: np.ndarray, everything: np.ndarray) -> np.ndarray:
        return np.asarray(np.divide(of, everything, out=np.zeros_like(of), where=everything > 0))

    each = [
        share(hits, hits + alarms),
        share(hits, hits + missed),
        share(2 * hits, 2 * hits + alarms + missed),
    ]
    support = (hits + missed).astype(int)
    rows = [
        ClassScore(name=name, precision=float(p), recall=float(r), f1=float(f), support=int(n))
        for name, p, r, f, n in zip(names, *each, support, strict=True)
    ]
    mean = [float(values.mean()) for values in each]
    return PerClass(
        kind="per_class",
        rows=rows,
        mean=ClassScore(name="", precision=mean[0], recall=mean[1], f1=mean[2], support=int(support.sum())),
        accuracy=all_right,
    )
