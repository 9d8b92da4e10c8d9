"""The predictions as a CSV file: a row for each sample, with what is true and what is predicted."""

from __future__ import annotations

import csv
import io

import numpy as np

from kerasviz.insight.results.partpredictions import Predicted
from kerasviz.insight.samples import Samples
from kerasviz.protocol import RequestError
from kerasviz.protocol.results import CSVFile
from kerasviz.protocol.text import text

MOST = 20_000_000
"""Numbers that a page can take at once."""


def make(*, predicted: Predicted, samples: Samples) -> CSVFile:
    """Writes all predictions.

    Args:
        predicted: Of any task.
        samples: Of the data.

    Raises:
        RequestError: With code `too_large`, where a page could not take them; with `no_predictions`, where
            the model has several outputs.
    """
    values, task = predicted.values, predicted.task
    if values is None:
        raise RequestError(
            "no_predictions", text("A model with several outputs has no table of predictions.")
        )
    if values.size > MOST:
        raise RequestError("too_large", text("There are too many predictions for a file."))
    rows = np.asarray(values).reshape(len(values), -1)
    has_classes = task.kind in ("classes", "two")
    names = list(task.names) if task.kind == "classes" else [f"output_{at}" for at in range(rows.shape[1])]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    beside = {"classes": ["true", "predicted"], "two": ["true", "predicted"], "numbers": ["true"]}
    writer.writerow(["index", *beside.get(task.kind, []), *names])
    for at, row in enumerate(rows):
        told: list[object] = []
        if has_classes:
            told = [
                _name(task.names, int(task.true[at])),
                _name(task.names, int(predicted.judged.chosen[at])),
            ]
        elif task.kind == "numbers":
            told = [task.true[at]]
        writer.writerow([at, *told, *row])
    return CSVFile(kind="csv_file", text=out.getvalue())


def _name(names: tuple[str, ...], number: int) -> str:
    return names[number] if 0 <= number < len(names) else str(number)
