"""How far predicted numbers are from the true ones."""

from __future__ import annotations

import numpy as np

from kerasviz.insight.results.partpredictions import Predicted
from kerasviz.insight.samples import Samples
from kerasviz.protocol import finite
from kerasviz.protocol.preview import Histogram
from kerasviz.protocol.results import Residuals

POINTS = 2000
_BINS = 40


def make(*, predicted: Predicted, samples: Samples) -> Residuals:
    """Compares numbers.

    Args:
        predicted: Of a task with numbers.
        samples: Of the data.
    """
    from sklearn.metrics import mean_absolute_error, r2_score, root_mean_squared_error

    true = np.asarray(predicted.task.true, "float64")
    said = np.asarray(predicted.task.scores, "float64")
    known = np.isfinite(true) & np.isfinite(said)
    numbers = np.flatnonzero(known)
    true, said = true[known], said[known]
    edges, counts = np.empty(0), np.empty(0, int)
    if len(true):
        counts, edges = np.histogram(said - true, _BINS)
    chosen = np.unique(np.linspace(0, len(true) - 1, min(len(true), POINTS)).round().astype(int))
    return Residuals(
        kind="residuals",
        indices=numbers[chosen].tolist(),
        true=true[chosen].tolist(),
        predicted=said[chosen].tolist(),
        histogram=Histogram(edges=edges.tolist(), counts=counts.tolist()),
        mean_error=float((said - true).mean()) if len(true) else None,
        mean_absolute_error=float(mean_absolute_error(true, said)) if len(true) else None,
        root_mean_squared_error=float(root_mean_squared_error(true, said)) if len(true) else None,
        r2=finite(float(r2_score(true, said))) if len(true) > 1 else None,
    )
