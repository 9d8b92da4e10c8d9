"""Time series in a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from kerasviz.data.dataset import ColumnName, Stream, Table, TableSource
from kerasviz.data.files.located import refused
from kerasviz.data.files.seen import Keep
from kerasviz.data.series.cut import Cut
from kerasviz.data.series.naive import naive_note
from kerasviz.data.series.seriescolumns import columns_of
from kerasviz.data.series.times import Times, find_times, times_in
from kerasviz.data.series.timeseries import time_series
from kerasviz.data.series.told import nothing_fits, told_of
from kerasviz.data.series.windowcode import window_code
from kerasviz.data.series.windowpictures import window_samples
from kerasviz.data.streams.windowbatches import Windows
from kerasviz.protocol.text import all_of, text
from kerasviz.writing.snippet import Snippet

if TYPE_CHECKING:
    import pandas as pd


IS_DIVIDED = True
"""Windows overlap: of those that train, no share may be held out."""


def load(
    table: TableSource,
    target: ColumnName | None = None,
    inputs: list[ColumnName] | None = None,
    time: list[ColumnName] | None = None,
    length: int = 24,
    horizon: int = 1,
    stride: int = 1,
    sampling: int = 1,
    validation: float = 0.2,
    test: float = 0.0,
    normalized: bool = True,
    gap: float | None = None,
    *,
    inner: Callable[[Any], Any],
    keep: Keep,
) -> Stream:
    """Windows of a series: of the last values, the next ones of a column are to be predicted.

    No window looks into the future, crosses a gap in time, or lies in two parts: the last times validate.

    Args:
        table: A table with a row for each time.
        target: The column that is to be predicted; the last one of numbers where nothing is said.
        inputs: The columns that it is predicted from; all of numbers where nothing is said.
        time: What says when: a column of dates, a date and a time of day, or year, month, day and hour. Found
            where nothing is said; without any, the rows follow each other.
        length: Number of values in a window.
        horizon: Number of values after the window that are to be predicted.
        stride: Rows between the beginnings of two windows.
        sampling: Rows between two values of a window: 6 takes each hour where there is a row for ten minutes.
        validation: Fraction of times, before those of the test, held out for validation.
        test: Fraction of times, the last ones, held out for a test after training.
        normalized: Inputs get the mean 0 and the deviation 1 that they have in the training part.
        gap: How many times as long as usual a step from row to row is a gap: 1.5 where nothing is said, and
            more for rows of working days.
        inner: Loads the table.
        keep: Keeps the code.

    Returns:
        Windows as float32 `(length, columns)`, and what is to be predicted as float32 `(horizon,)`.

    Raises:
        RequestError: With code `no_data`, where a column is missing, or no window fits.
    """
    import pandas as pd

    cut = Cut(length, horizon, stride, sampling, validation, test, normalized)
    read = inner(table)
    if not isinstance(read, Table):
        raise refused(text("{name} is no table. Choose one with a row for each time.", name=read.name))
    frame = pd.concat(list(read.parts()), ignore_index=True)
    times = _times(frame, time)
    aim, chosen, notes = columns_of(frame, target, inputs, times, read.name)
    columns = list(dict.fromkeys([*chosen, aim]))
    series = time_series(frame, times, columns, gap)
    rows = series.values[:, [columns.index(name) for name in chosen]]
    predicted = series.values[:, columns.index(aim)].astype("float32")
    bounds = cut.bounds(len(rows))
    if normalized:
        used = rows[: bounds["training"][1]][~series.missing[: bounds["training"][1]]]
        if len(used):
            deviation = used.std(axis=0)
            rows = (rows - used.mean(axis=0)) / np.where(deviation > 0, deviation, 1)
    scaled = rows.astype("float32")
    starts = {part: cut.starts(series, *bounds[part]) for part in bounds}
    there = [part for part in starts if len(starts[part])]
    if "training" not in there:
        raise nothing_fits(series, cut)
    parts = {
        part: Windows(
            scaled,
            starts[part],
            np.arange(length) * sampling,
            predicted[starts[part][:, None] + cut.span + np.arange(horizon)],
        )
        for part in there
    }
    is_clock = times is not None and times.is_clock
    notes += [*series.notes, *told_of(series, cut, aim, times)]
    if "validation" in there:
        notes.append(naive_note(series, aim, cut, starts["validation"], is_clock))
    elif validation:
        notes.append(text("No window fits into the part that is to validate: no epoch is validated."))
    keep(window_code(series, chosen, aim, times, cut, there))
    return Stream(
        name=read.name,
        batches=parts["training"],
        samples=len(starts["training"]),
        notes=[*read.notes, *notes],
        validation=parts.get("validation"),
        test=parts.get("test"),
        target_name=aim,
        is_divided=IS_DIVIDED,
        table=read,
        shown=lambda: window_samples(series, chosen, aim, cut, starts["training"]),
    )


def names(table: TableSource, *, inner: Callable[[Any], dict[str, str]]) -> dict[str, str]:
    """The columns of the table."""
    return inner(table)


def code(table: TableSource, *, inner: Callable[[Any], Snippet | None], known: Snippet | None) -> Snippet:
    """Writes what `load` does, with what it found out when it was called last."""
    first = inner(table)
    if first is None or known is None:
        raise refused(
            text("How the series is cut is written once its data was looked at, or trained on, here.")
        )
    return Snippet(
        (*first.lines, *known.lines),
        tuple(dict.fromkeys([*first.imports, *known.imports])),
        known.gives,
        first.notes,
        is_divided=IS_DIVIDED,
    )


def _times(frame: pd.DataFrame, said: list[ColumnName] | None) -> Times | None:
    if not said:
        return find_times(frame)
    known = [str(name) for name in frame.columns]
    for name in said:
        if name not in known:
            raise refused(text("There is no column {name}.", name=repr(str(name))))
    found = times_in(frame, [str(name) for name in said])
    if found is None:
        raise refused(
            text(
                "{columns} do not say when: choose a column of dates, a date and a time of day, or year, "
                "month and day.",
                columns=all_of([repr(str(name)) for name in said]),
            )
        )
    return found
