"""Two models on the same samples: which of them is right where, or nearer to the truth."""

from __future__ import annotations

import numpy as np

from kerasviz.insight.results.partpredictions import Predicted
from kerasviz.insight.results.slices import scores
from kerasviz.insight.samples.samples import Samples
from kerasviz.protocol import RequestError
from kerasviz.protocol.results import ResultComparison
from kerasviz.protocol.text import text


def make(
    threshold: float | None = None, *, predicted: Predicted, samples: Samples, other: Predicted | None = None
) -> ResultComparison:
    """Counts samples by which model is right; of numbers, by which is nearer to the truth.

    Args:
        threshold: Above which score a label, or the second of two, is predicted; None for that of the model.
        predicted: By this model.
        samples: Of the data.
        other: By the other one.

    Raises:
        RequestError: With code `no_predictions`, where there is no other one.
    """
    if other is None:
        raise RequestError("no_predictions", text("Choose what to compare with first."))
    this, beside = scores(predicted, threshold), scores(other, threshold)
    known = ~(np.isnan(this) | np.isnan(beside))
    this, beside = this[known], beside[known]
    if predicted.task.kind == "numbers" or predicted.task.positions > 1:
        better = beside - this if predicted.task.kind == "numbers" else this - beside
        return ResultComparison(
            kind="comparison",
            is_of_distance=True,
            both=int((better == 0).sum()),
            only_this=int((better > 0).sum()),
            only_other=int((better < 0).sum()),
            neither=0,
        )
    right, right_beside = this == 1, beside == 1
    return ResultComparison(
        kind="comparison",
        is_of_distance=False,
        both=int((right & right_beside).sum()),
        only_this=int((right & ~right_beside).sum()),
        only_other=int((~right & right_beside).sum()),
        neither=int((~right & ~right_beside).sum()),
    )
