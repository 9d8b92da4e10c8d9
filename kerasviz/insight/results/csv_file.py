"""The predictions as a CSV file: a row for each sample, with what is true and what is predicted."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

import numpy as np

from kerasviz.data.preparation.keraslayer import as_words
from kerasviz.insight.results.partpredictions import Predicted
from kerasviz.insight.results.samplecolumns import column_names, column_of
from kerasviz.insight.samples.samples import Samples
from kerasviz.protocol import RequestError
from kerasviz.protocol.results import CSVFile
from kerasviz.protocol.text import text

MOST = 20_000_000
"""Numbers that a page can take at once."""


def make(threshold: float | None = None, *, predicted: Predicted, samples: Samples) -> CSVFile:
    """Writes all predictions.

    Args:
        threshold: Above which score the second of two is predicted; None for that of the model.
        predicted: Of any task.
        samples: Of the data.

    Raises:
        RequestError: With code `too_large`, where a page could not take them.
    """
    values, task = predicted.values, predicted.task
    columns = column_names(samples, predicted.part)
    if values.size + len(values) * len(columns) > MOST:
        raise RequestError("too_large", text("There are too many predictions for a CSV file."))
    rows = np.asarray(values).reshape(len(values), -1)
    head, told = _beside(predicted, threshold)
    has_names = len(task.names) == rows.shape[1] and task.kind != "two"
    names = list(task.names) if has_names else [f"output_{at}" for at in range(rows.shape[1])]
    taken = ["index", *columns]
    given = [_cells(column_of(samples, predicted.part, name)) for name in columns]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    head = _unlike(taken, head)
    writer.writerow([*taken, *head, *_unlike([*taken, *head], names)])
    numbers = predicted.numbers_of(np.arange(len(rows)))
    for at, (number, row) in enumerate(zip(numbers, rows, strict=True)):
        writer.writerow([number, *(each[number] for each in given), *(each[at] for each in told), *row])
    return CSVFile(kind="csv_file", text=out.getvalue())


def _beside(predicted: Predicted, threshold: float | None) -> tuple[list[str], list[Any]]:
    """What is true and what is predicted of each sample, where that is one thing."""
    task = predicted.task
    if task.kind in ("classes", "two") and task.positions == 1:
        each = (task.true, predicted.judged(threshold).chosen)
        told = [[_name(task.names, int(number)) for number in numbers] for numbers in each]
        return (["true", "predicted"], told) if task.is_known else (["predicted"], told[1:])
    if task.kind == "numbers" and task.true.shape[1] == 1 and task.is_known:
        return ["true"], [task.true[:, 0]]
    if task.kind in ("labels", "numbers") and task.names and task.is_known:
        return [f"true_{name}" for name in task.names], list(task.true.T)
    return [], []


def _cells(values: Any) -> Any:
    """A column as it is written: whole numbers without a point, nothing where a value is missing."""
    return values if values.dtype.kind in "biu" else as_words(values)


def _unlike(taken: Sequence[str], names: Sequence[str]) -> list[str]:
    """Names of columns that no other one has."""
    return [f"predicted_{name}" if name in taken else name for name in names]


def _name(names: tuple[str, ...], number: int) -> str:
    if number < 0:
        return ""
    return names[number] if number < len(names) else str(number)
