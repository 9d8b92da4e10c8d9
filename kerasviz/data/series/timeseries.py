"""A series: rows in the order of their times, and where it has gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from kerasviz.data.files.located import refused
from kerasviz.data.series.times import Times
from kerasviz.protocol.text import Text, all_of, text, text_n

if TYPE_CHECKING:
    import pandas as pd

GAP = 1.5
"""Times as long as the usual step that are no step any more."""
WEEKEND = 4.5
"""The same in rows of working days: a weekend with a holiday beside it is none."""
_DAY = 86400


@dataclass(frozen=True)
class TimeSeries:
    """Rows that follow each other.

    Attributes:
        columns: What is in them.
        values: Float64 `(rows, columns)`; what is missing is no finite number.
        when: When each row was, in ascending order; None where nothing says it.
        step: From a row to the next, usually; in seconds where the times are dates. None without times.
        gap: Times as long as the step that are a gap.
        stretch: The number of the stretch without gaps of each row; -1 where a value is missing.
        notes: What was left out.
    """

    columns: tuple[str, ...]
    values: np.ndarray
    when: pd.Series[Any] | None
    step: float | None
    gap: float
    stretch: np.ndarray
    notes: list[Text]

    @property
    def missing(self) -> np.ndarray:
        """Whether a row lacks a value."""
        return self.stretch < 0

    def gaps(self) -> np.ndarray:
        """The first row behind each gap in time."""
        if self.when is None or len(self.when) < 2:
            return np.zeros(0, dtype=int)
        return np.flatnonzero(_is_gap(self.when, self.gap))


def time_series(
    frame: pd.DataFrame, times: Times | None, columns: Sequence[str], gap: float | None = None
) -> TimeSeries:
    """Makes a series of a table.

    Rows without a time are left out, and rows that stand twice are taken once. Where several rows of one time
    differ, nobody knows which one holds: none is taken, which leaves a gap.

    Args:
        frame: The rows in any order.
        times: When they were; None where they are in their order.
        columns: Columns of numbers.
        gap: Times as long as the usual step that are a gap; found where nobody says it.

    Raises:
        RequestError: With code `no_data`, where most times have several rows.
    """
    rows, when, notes = frame[list(columns)], None, list[Text]()
    if times is not None:
        key = time_key(columns)
        timed = rows.assign(**{key: times.when}).dropna(subset=[key])
        once = timed.drop_duplicates()
        kept = once.drop_duplicates(key, keep=False).sort_values(key)
        notes = _left_out(len(rows) - len(timed), len(timed) - len(once), len(once) - len(kept), times)
        if len(kept) < len(once) / 2:
            raise refused(
                text(
                    "Most times of {column} have several rows that differ, such as those of several sensors. "
                    "Keep the rows of one of them.",
                    column=all_of([repr(name) for name in times.columns]),
                )
            )
        rows, when = kept[list(columns)], kept[key]
    values = rows.to_numpy("float64", na_value=np.nan)
    missing = ~np.isfinite(values).all(axis=1)
    breaks = missing.copy()
    breaks[1:] |= missing[:-1]
    step = _step(when)
    if gap is None:
        gap = GAP
        if when is not None and times is not None and times.is_clock and step == _DAY and _is_worked(when):
            gap = WEEKEND
            notes.append(text("The rows are of working days: a weekend is no gap."))
    if when is not None:
        breaks |= _is_gap(when, gap)
    stretch = np.where(missing, -1, np.cumsum(breaks))
    return TimeSeries(tuple(columns), values, when, step, gap, stretch, notes)


def _is_gap(when: pd.Series[Any], gap: float) -> np.ndarray:
    steps = when.diff()
    found: np.ndarray = (steps > gap * steps.median()).to_numpy()
    return found


def _is_worked(when: pd.Series[Any]) -> bool:
    """Whether no day is a Saturday or Sunday, in two weeks at least."""
    return len(when) >= 10 and bool((when.dt.dayofweek < 5).all())


def _step(when: pd.Series[Any] | None) -> float | None:
    if when is None or len(when) < 2:
        return None
    step: Any = when.diff().median()
    return float(step.total_seconds() if hasattr(step, "total_seconds") else step)


def time_key(columns: Sequence[str]) -> str:
    """A name for the times, which none of the columns has."""
    names = ("when", *(f"when_{at}" for at in range(len(columns))))
    return next(name for name in names if name not in columns)


def _left_out(timeless: int, twice: int, differing: int, times: Times) -> list[Text]:
    column, notes = all_of([repr(name) for name in times.columns]), []
    if timeless:
        notes.append(
            text_n(
                "{n} row has no time in {column}, and is left out.",
                "{n} rows have no time in {column}, and are left out.",
                timeless,
                column=column,
            )
        )
    if twice:
        notes.append(
            text_n(
                "{n} row stands twice, and is taken once.", "{n} rows stand twice, and are taken once.", twice
            )
        )
    if differing:
        notes.append(
            text(
                "{count} rows have the time of another row but other values, as where a clock is set back. "
                "None of them is taken.",
                count=differing,
            )
        )
    return notes
