"""Time series in a CSV file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kerasviz.data.dataset import ColumnName, FilePath, Stream
from kerasviz.data.files.located import refused
from kerasviz.data.sources import csv
from kerasviz.data.streams.windowbatches import Windows, stretches, window_starts
from kerasviz.protocol.text import Text, all_of, text

if TYPE_CHECKING:
    import pandas as pd

PARSED = 0.95
"""A column of texts of which so many are dates is one of times."""


def load(
    file: FilePath,
    target: ColumnName | None = None,
    inputs: list[ColumnName] | None = None,
    time: ColumnName | None = None,
    length: int = 24,
    horizon: int = 1,
    stride: int = 1,
    sampling: int = 1,
    validation: float = 0.2,
    test: float = 0.0,
    normalized: bool = True,
    *,
    folder: Path,
) -> Stream:
    """Windows of a series: of the last values, the next ones of a column are to be predicted.

    No window looks into the future, crosses a gap in time, or lies in two parts: the last times validate.

    Args:
        file: A CSV file with a row for each time.
        target: The column that is to be predicted; the last one of numbers where nothing is said.
        inputs: The columns that it is predicted from; all of numbers where nothing is said.
        time: The column that says when; found where one holds dates. Without it the rows follow each other.
        length: Number of values in a window.
        horizon: Number of values after the window that are to be predicted.
        stride: Rows between the beginnings of two windows.
        sampling: Rows between two values of a window: 6 takes each hour where there is a row for ten minutes.
        validation: Fraction of times, before those of the test, held out for validation.
        test: Fraction of times, the last ones, held out for a test after training.
        normalized: Inputs get the mean 0 and the deviation 1 that they have in the training part.
        folder: Of the document.

    Returns:
        Windows as float32 `(length, columns)`, and what is to be predicted as float32 `(horizon,)`.

    Raises:
        RequestError: With code `no_data`, where a column is missing, or no window fits.
    """
    for name, count in (("length", length), ("horizon", horizon), ("stride", stride), ("sampling", sampling)):
        if not isinstance(count, int) or count < 1:
            raise refused(text("{argument} must be a whole number above 0.", argument=name))
    if not (validation >= 0 and test >= 0 and validation + test < 1):
        raise refused(text("The shares for validation and test must leave something to train on."))
    frame, times, notes = _series(csv.load(file, folder=folder), time, Path(str(file)).name)
    numbers = [str(name) for name in frame.select_dtypes("number").columns]
    chosen = _known(inputs or numbers, numbers, "inputs")
    aim = _known([target or numbers[-1]], numbers, "target")[0]
    values = frame[list(dict.fromkeys([*chosen, aim]))].to_numpy("float64")
    names = list(dict.fromkeys([*chosen, aim]))
    missing = ~np.isfinite(values).all(axis=1)
    steps = None if times is None else np.diff(times)
    runs = stretches(steps, missing)
    rows = values[:, [names.index(name) for name in chosen]]
    ends = [round(len(rows) * (1 - test - validation)), round(len(rows) * (1 - test)), len(rows)]
    if normalized:
        seen = rows[: ends[0]][~missing[: ends[0]]]
        if len(seen):
            deviation = seen.std(axis=0)
            rows = (rows - seen.mean(axis=0)) / np.where(deviation > 0, deviation, 1)
    offsets = np.arange(length) * sampling
    predicted, span = values[:, names.index(aim)], int(offsets[-1]) + 1

    def part(first: int, end: int) -> Windows | None:
        starts = window_starts(runs, first, end, span, horizon, stride)
        after = starts[:, None] + span + np.arange(horizon)
        if not len(starts):
            return None
        return Windows(rows.astype("float32"), starts, offsets, predicted[after].astype("float32"))

    training = part(0, ends[0])
    if training is None:
        raise refused(
            text(
                "No window fits: {rows} rows, without a gap, are needed for {length} values and the next "
                "{horizon}. Choose a smaller length or horizon.",
                rows=span + horizon,
                length=length,
                horizon=horizon,
            )
        )
    held_out = part(ends[0], ends[1])
    notes += _gaps(runs, missing)
    notes += [] if held_out is None else [_naive(held_out, predicted, span, aim)]
    return Stream(
        name=Path(str(file)).name,
        batches=training,
        samples=len(training.targets),
        notes=[*notes],
        validation=held_out,
        test=part(ends[1], ends[2]),
    )


def names(file: FilePath, *, folder: Path) -> dict[str, str]:
    """The columns of the file."""
    return dict.fromkeys(csv.load(file, folder=folder).columns, "")


def _series(table: Any, time: str | None, name: str) -> tuple[pd.DataFrame, Any, list[Text]]:
    """The rows in the order of their times, and the times in seconds where there are some."""
    import pandas as pd

    frame = pd.concat(list(table.parts()), ignore_index=True)
    if not len(frame.select_dtypes("number").columns):
        raise refused(text("{name} has no column of numbers.", name=name))
    column = time or next((one for one in frame.columns if _holds_times(frame[one])), None)
    if column is None:
        return frame, None, []
    if column not in frame:
        raise refused(_no_column(str(column), [str(one) for one in frame.columns]))
    when = pd.to_datetime(frame[column], errors="coerce", utc=True)
    seconds = when.astype("int64").to_numpy() / 1e9
    good = when.notna().to_numpy() & ~when.duplicated().to_numpy()
    notes = []
    if (left_out := int((~good).sum())) > 0:
        notes.append(
            text("{count} rows have no time, or that of another row, and are left out.", count=left_out)
        )
    order = np.flatnonzero(good)[np.argsort(seconds[good], kind="stable")]
    return frame.iloc[order].reset_index(drop=True), seconds[order], notes


def _holds_times(column: Any) -> bool:
    import pandas as pd

    if pd.api.types.is_datetime64_any_dtype(column):
        return True
    if pd.api.types.is_numeric_dtype(column):
        return False
    some = column.dropna().head(200)
    return len(some) > 0 and pd.to_datetime(some, errors="coerce", utc=True).notna().mean() >= PARSED


def _known(wanted: list[Any], there: list[str], role: str) -> list[str]:
    for name in wanted:
        if name not in there:
            raise refused(_no_column(str(name), there))
    return [str(name) for name in wanted]


def _no_column(name: str, there: list[str]) -> Text:
    return text(
        "There is no column of numbers {name}. There are {known}.",
        name=repr(name),
        known=all_of([repr(one) for one in there[:20]]),
    )


def _gaps(runs: np.ndarray, missing: np.ndarray) -> list[Text]:
    count = len(np.unique(runs[runs >= 0])) - 1
    if count < 1:
        return []
    return [
        text(
            "The series has {count} gaps, and {missing} rows with missing values: no window crosses them.",
            count=count,
            missing=int(missing.sum()),
        )
    ]


def _naive(windows: Windows, values: np.ndarray, span: int, name: str) -> Text:
    """What anybody can predict without learning, to compare with."""
    last = values[windows.starts + span - 1]
    error = np.abs(windows.targets - last[:, None]).mean()
    return text(
        "To compare: that {name} stays as it was last has a mean absolute error of {error} in validation.",
        name=repr(name),
        error=f"{error:.4g}",
    )
