"""How well a score tells a class from the others: ROC, precision and recall, calibration, thresholds."""

from __future__ import annotations

import numpy as np

from kerasviz.insight.results.partpredictions import Predicted
from kerasviz.insight.results.task import UNKNOWN
from kerasviz.insight.samples.samples import Samples
from kerasviz.protocol.results import ClassCurves, Line, Threshold

POINTS = 300
"""Of a curve, at most."""
MOST = 2_000_000
"""Items that are sorted for curves: of more, evenly chosen ones."""
_THRESHOLDS = 101
_BINS = 10


def make(of: int = 1, *, predicted: Predicted, samples: Samples) -> ClassCurves:
    """Measures the score of one class against all others.

    Args:
        of: Number of the class or label.
        predicted: Of a task with classes or labels.
        samples: Of the data.
    """
    from sklearn.calibration import calibration_curve
    from sklearn.metrics import average_precision_score, precision_recall_curve, roc_auc_score, roc_curve

    of = min(max(of, 0), len(predicted.task.names) - 1)
    task, number = (predicted.task.label(of), 1) if predicted.task.kind == "labels" else (predicted.task, of)
    there = np.flatnonzero(task.true != UNKNOWN)
    if len(there) > MOST:
        there = there[np.linspace(0, len(there) - 1, MOST).astype(int)]
    true, score = task.true[there] == number, task.score_of(number)[there]
    known = np.isfinite(score)
    true, score = true[known], score[known]
    nothing = Line(x=[], y=[])
    found = ClassCurves(
        kind="curves",
        of=of,
        roc=nothing,
        auc=None,
        precision=nothing,
        average_precision=None,
        calibration=nothing,
        thresholds=_thresholds(true, score, task.threshold) if len(score) else [],
        threshold=task.threshold,
        count=len(score),
        is_all=len(score) == int((task.true != UNKNOWN).sum()),
    )
    if true.all() or not true.any():
        return found
    negative, positive, _ = roc_curve(true, score)
    precision, recall, _ = precision_recall_curve(true, score)
    found["roc"], found["auc"] = _line(negative, positive), float(roc_auc_score(true, score))
    found["precision"] = _line(recall[::-1], precision[::-1])
    found["average_precision"] = float(average_precision_score(true, score))
    if score.min() >= 0 and score.max() <= 1:
        happened, said = calibration_curve(true, score, n_bins=_BINS)
        found["calibration"] = _line(said, happened)
    return found


def _line(x: np.ndarray, y: np.ndarray) -> Line:
    """A curve of few points, of which the first and the last stay."""
    chosen = np.unique(np.linspace(0, len(x) - 1, min(len(x), POINTS)).round().astype(int))
    return Line(x=[float(each) for each in x[chosen]], y=[float(each) for each in y[chosen]])


def _thresholds(true: np.ndarray, score: np.ndarray, usual: float) -> list[Threshold]:
    """What comes of predicting the class above each of some thresholds."""
    low, high = (
        (0.0, 1.0) if score.min() >= 0 and score.max() <= 1 else (float(score.min()), float(score.max()))
    )
    yes, no = np.sort(score[true]), np.sort(score[~true])
    rows = []
    for at in np.union1d(np.linspace(low, high, _THRESHOLDS).round(12), [usual]):
        hits = len(yes) - int(np.searchsorted(yes, at, side="right"))
        alarms = len(no) - int(np.searchsorted(no, at, side="right"))
        rows.append(
            Threshold(
                at=float(at),
                hits=hits,
                false_alarms=alarms,
                missed=len(yes) - hits,
                rejected=len(no) - alarms,
            )
        )
    return rows
