"""Time series in a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np

from kerasviz.data.dataset import ColumnName, Stream, Table, TableSource
from kerasviz.data.files.located import refused
from kerasviz.data.files.seen import Keep
from kerasviz.data.series.cut import Cut, WindowSplit
from kerasviz.data.series.filling import Fill, FillMethod
from kerasviz.data.series.groups import find_series, several_note
from kerasviz.data.series.naive import naive_note
from kerasviz.data.series.seriescolumns import columns_of
from kerasviz.data.series.sideways import sideways_note
from kerasviz.data.series.times import Times, find_times, times_in
from kerasviz.data.series.timeseries import time_series
from kerasviz.data.series.told import not_validated, nothing_fits, told_of, too_short
from kerasviz.data.series.windowcode import window_code
from kerasviz.data.series.windowpictures import window_samples
from kerasviz.data.splits.splitsamples import TEST, TRAINING, VALIDATION
from kerasviz.data.streams.windowbatches import Windows, after
from kerasviz.protocol.text import all_of, text
from kerasviz.writing.snippet import Snippet

if TYPE_CHECKING:
    import pandas as pd

PARTS = {"training": TRAINING, "validation": VALIDATION, "test": TEST}


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
    group: list[ColumnName] | None = None,
    split: WindowSplit = "by_time",
    seed: int = 0,
    fill: int = 0,
    fill_method: FillMethod = "linear",
    *,
    inner: Callable[[Any], Any],
    keep: Keep,
) -> Stream:
    """Windows of a series: of the last values, the next ones of a column are to be predicted.

    No window looks into the future, crosses a gap in time or the end of a series, or lies in two parts: the
    last times validate.

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
        group: The columns that tell several series in one table apart, such as the machine or the shop. Found
            where times repeat and nothing is said.
        split: Of several series, `by_time` holds out the last times of each, `by_group` whole series.
        seed: Repeats the choice of the series that are held out.
        fill: Steps of the longest gap that is filled, in time or in a column; none is where it is 0.
        fill_method: `linear` fills on a line between the values beside a gap, `ffill` with the last one
            before it.
        inner: Loads the table.
        keep: Keeps the code.

    Returns:
        Windows as float32 `(length, columns)`, and what is to be predicted as float32 `(horizon,)`.

    Raises:
        RequestError: With code `no_data`, where a column is missing, or no window fits.
    """
    import pandas as pd

    cut = Cut(length, horizon, stride, sampling, validation, test, normalized, split, seed)
    short = Fill(fill, fill_method)
    read = inner(table)
    if not isinstance(read, Table):
        raise refused(text("{name} is no table. Choose one with a row for each time.", name=read.name))
    frame = pd.concat(list(read.parts()), ignore_index=True)
    times = _times(frame, time)
    found = {} if group else find_series(frame, times)
    if "time" in found:
        times = times_in(frame, found["time"])
    groups = [str(name) for name in group or found.get("group", [])]
    aim, chosen, notes = columns_of(frame, target, inputs, times, groups, read.name)
    if times is None:
        notes += sideways_note(read.columns)
    columns = list(dict.fromkeys([*chosen, aim]))
    series = time_series(frame, times, columns, gap, groups, short)
    del frame
    told = [several_note(groups, len(series.labels), times, is_found=bool(found))] if groups else []
    notes += told
    rows = series.values[:, [columns.index(name) for name in chosen]]
    predicted = series.values[:, columns.index(aim)].astype("float32")
    part = cut.parts(series)
    normal = None
    if normalized:
        used = rows[(part == TRAINING) & ~series.missing]
        if len(used):
            deviation = used.std(axis=0)
            deviation = np.where(deviation > 0, deviation, 1)
            normal = used.mean(axis=0), deviation**2
            rows -= normal[0]
            rows /= deviation
        del used
    scaled = rows.astype("float32")
    fits = cut.starts(series, part)
    starts = {name: fits[part[fits] == number] for name, number in PARTS.items()}
    there = [name for name in starts if len(starts[name])]
    if "training" not in there:
        raise nothing_fits(series, cut)
    parts = {
        name: Windows(
            scaled,
            starts[name],
            np.arange(length) * sampling,
            after(predicted, starts[name], cut.span, horizon),
        )
        for name in there
    }
    is_clock = times is not None and times.is_clock
    notes += [*series.notes, *told_of(series, cut, aim, times), *too_short(series, fits)]
    if "validation" in there:
        notes.append(naive_note(series, aim, cut, starts["validation"], is_clock))
    elif validation:
        notes.append(not_validated(series))
    keep(window_code(series, chosen, aim, times, groups, cut, short, there))
    return Stream(
        name=read.name,
        batches=parts["training"],
        samples=len(starts["training"]),
        notes=[*read.notes, *notes],
        validation=parts.get("validation"),
        test=parts.get("test"),
        proposed=found,
        reasons=told if found else [],
        target_name=aim,
        is_divided=IS_DIVIDED,
        table=read,
        shown=window_samples(series, chosen, aim, cut, starts["training"]),
        normal=normal,
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
