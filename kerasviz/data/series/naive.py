"""What anybody can predict without learning, to compare a model with."""

from __future__ import annotations

import numpy as np

from kerasviz.data.series.cut import Cut
from kerasviz.data.series.timeseries import TimeSeries
from kerasviz.protocol.text import Text, amount, text

_DAY = 86400
_WEEK = 7 * _DAY
_MOST = 20_000
"""Windows that are looked at."""


def naive_note(series: TimeSeries, target: str, cut: Cut, starts: np.ndarray, is_clock: bool) -> Text:
    """Says how wrong it is that a column stays as it was last, or is as it was a day or a week before.

    Args:
        series: The rows.
        target: The column that is predicted.
        cut: How windows are cut.
        starts: First rows of the windows of the validation.
        is_clock: Whether the step of the series is in seconds.
    """
    values = series.values[:, series.columns.index(target)]
    starts = starts[:: max(1, len(starts) // _MOST)]
    after = starts[:, None] + cut.span + np.arange(cut.horizon)
    last = amount(np.abs(values[after] - values[starts + cut.span - 1][:, None]).mean())
    stays = text(
        "To compare: that {name} stays as it was last has a mean absolute error of {error} in validation.",
        name=repr(target),
        error=last,
    )
    for period, before in ((_DAY, text("a day")), (_WEEK, text("a week"))):
        rows = period / series.step if is_clock and series.step else 0
        if rows < 2 or abs(rows - round(rows)) > 0.01:
            continue
        error = _error_of_before(series, values, after, round(rows))
        if error is not None:
            return text(
                "To compare: that {name} stays as it was last has a mean absolute error of {error} in "
                "validation; that it is as it was {before} before, {other}.",
                name=repr(target),
                error=last,
                before=before,
                other=amount(error),
            )
        break
    return stays


def _error_of_before(series: TimeSeries, values: np.ndarray, after: np.ndarray, rows: int) -> float | None:
    """Of the windows before which there is a period without a gap; None where there are none."""
    there = after[:, 0] >= rows
    there[there] = series.stretch[after[there, 0] - rows] == series.stretch[after[there, 0]]
    after = after[there]
    if not len(after):
        return None
    back = (np.arange(after.shape[1]) // rows + 1) * rows
    return float(np.abs(values[after] - values[after - back]).mean())
