"""How well the model does on the samples of which a column of the table says the same."""

from __future__ import annotations

import numpy as np

from kerasviz.insight.outputs.shares import sigmoid
from kerasviz.insight.results.partpredictions import Predicted
from kerasviz.insight.results.room import BLOCK
from kerasviz.insight.results.samplecolumns import column_of
from kerasviz.insight.results.samplegroups import Group, grouped
from kerasviz.insight.results.task import UNKNOWN
from kerasviz.insight.samples.sampleparts import Part
from kerasviz.insight.samples.samples import Samples
from kerasviz.protocol import RequestError, finite
from kerasviz.protocol.results import Slice, Slices
from kerasviz.protocol.text import text


def make(
    column: str,
    threshold: float | None = None,
    *,
    predicted: Predicted,
    samples: Samples,
    other: Predicted | None = None,
) -> Slices:
    """Measures each group of samples.

    Args:
        column: Of the table.
        threshold: Above which score a label, or the second of two, is predicted; None for that of the model.
        predicted: Of any task with results.
        samples: Of the data.
        other: What another model predicts of the same samples; None where there is none.
    """
    score = scores(predicted, threshold)
    beside = None if other is None else scores(other, threshold)
    return Slices(
        kind="slices",
        column=column,
        measure="mean_absolute_error" if predicted.task.kind == "numbers" else "accuracy",
        rows=[
            Slice(
                name=group.name,
                low=group.low,
                high=group.high,
                is_missing=group.is_missing,
                count=len(group.rows),
                score=_mean(score[group.rows]),
                other_score=None if beside is None else _mean(beside[group.rows]),
            )
            for group in groups_of(samples, predicted.part, column)
        ],
        all=_mean(score),
        other_all=None if beside is None else _mean(beside),
    )


def groups_of(samples: Samples, part: Part, column: str) -> list[Group]:
    """The groups that a column makes of the samples of a part."""
    return grouped(column_of(samples, part, column))


def rows_in(samples: Samples, part: Part, column: str, number: int) -> np.ndarray:
    """The samples of one group.

    Args:
        samples: Of the data.
        part: Of it.
        column: Of the table.
        number: Of the group, in the order of `make`.

    Raises:
        RequestError: With code `bad_request`, where there is no such group.
    """
    groups = groups_of(samples, part, column)
    if not 0 <= number < len(groups):
        raise RequestError("bad_request", text("There is no such group of samples."))
    return groups[number].rows


def scores(predicted: Predicted, threshold: float | None = None) -> np.ndarray:
    """The share of each sample that is right, or how far its numbers are from the true ones on average."""
    task = predicted.task
    if task.kind in ("classes", "two"):
        right = (predicted.judged(threshold).chosen == task.true).astype("float64")
        right[task.true == UNKNOWN] = np.nan
        by_sample = right.reshape(-1, task.positions)
        counts = (~np.isnan(by_sample)).sum(axis=1)
        sums = np.nansum(by_sample, axis=1)
        found = np.full(len(sums), np.nan)
        return np.asarray(np.divide(sums, counts, out=found, where=counts > 0))
    at = task.threshold if threshold is None else threshold
    found = np.empty(len(task.true))
    size = max(1, BLOCK // max(1, task.true.shape[1]))
    for start in range(0, len(task.true), size):
        true = task.true[start : start + size]
        said = np.asarray(task.scores[start : start + size], "float64")
        if task.kind == "numbers":
            found[start : start + size] = np.abs(said - true).mean(axis=1)
        else:
            said = sigmoid(said) if task.logits else said
            found[start : start + size] = ((said > at) == (true == 1)).all(axis=1)
    return found


def _mean(values: np.ndarray) -> float | None:
    known = values[~np.isnan(values)]
    return finite(float(known.mean())) if len(known) else None
