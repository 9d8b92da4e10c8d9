"""A series: rows in the order of their times, and where it has gaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from kerasviz.data.files.located import refused
from kerasviz.data.series.filling import Fill, filled, filled_notes, with_rows
from kerasviz.data.series.groups import labels_of, numbers_of
from kerasviz.data.series.times import Times
from kerasviz.protocol import RequestError
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
    """Rows that follow each other; those of several series one series after the other.

    Attributes:
        columns: What is in them.
        values: Float64 `(rows, columns)`; what is missing is no finite number.
        when: When each row was, in ascending order; None where nothing says it.
        number: The number of the series of each row, in ascending order; None where there is one.
        labels: What a person calls each series.
        step: From a row to the next, usually; in seconds where the times are dates. None without times.
        gap: Times as long as the step that are a gap.
        late: Whether a gap in time lies before a row.
        stretch: The number of the stretch without gaps of each row; -1 where a value is missing.
        ahead: Whether a row has values that depend on later ones; None where none has.
        has_new_rows: Whether rows were put in where some were missing.
        notes: What was left out, or filled.
    """

    columns: tuple[str, ...]
    values: np.ndarray
    when: pd.Series[Any] | None
    number: np.ndarray | None
    labels: Sequence[str]
    step: float | None
    gap: float
    late: np.ndarray
    stretch: np.ndarray
    ahead: np.ndarray | None
    has_new_rows: bool
    notes: list[Text]

    @property
    def missing(self) -> np.ndarray:
        """Whether a row lacks a value."""
        return self.stretch < 0

    @property
    def first(self) -> np.ndarray:
        """Whether a series begins with a row."""
        return _first(self.number, len(self.values))

    def label_of(self, row: int) -> str:
        """What a person calls the series of a row."""
        return "" if self.number is None else self.labels[self.number[row]]


def time_series(
    frame: pd.DataFrame,
    times: Times | None,
    columns: Sequence[str],
    gap: float | None = None,
    groups: Sequence[str] = (),
    fill: Fill | None = None,
) -> TimeSeries:
    """Makes a series of a table, or several.

    Rows without a time are left out, and rows that stand twice are taken once. Where several rows of one time
    differ, nobody knows which one holds: none is taken, which leaves a gap.

    Args:
        frame: The rows in any order.
        times: When they were; None where they are in their order.
        columns: Columns of numbers.
        gap: Times as long as the usual step that are a gap; found where nobody says it.
        groups: The columns that tell several series apart.
        fill: Which gaps are filled.

    Raises:
        RequestError: With code `no_data`, where most times have several rows.
    """
    fill, notes, labels = fill or Fill(), list[Text](), list[str]()
    rows, keys = frame[list(columns)], list[str]()
    when, number = keys_of(columns)
    if groups:
        numbers = numbers_of(frame, groups)
        labels = labels_of(frame, groups, numbers)
        rows, keys = rows.assign(**{number: numbers}), [number]
    if times is not None:
        rows, keys = rows.assign(**{when: times.when}), [*keys, when]
    if keys:
        rows = _in_order(rows, keys, times, groups, notes)
    of = number if groups else None
    late = new = np.zeros(len(rows), dtype=bool)
    step = None
    if times is not None:
        steps, usual = _steps(rows, when, of)
        step = _seconds(steps.median())
        is_worked = times.is_clock and step == _DAY and _is_worked(rows[when])
        if gap is None and is_worked:
            notes.append(text("The rows are of working days: a weekend is no gap."))
        gap = gap or (WEEKEND if is_worked else GAP)
        late = (steps > gap * usual).to_numpy()
        if fill.steps and not is_worked:
            rows, new = with_rows(rows, when, of, late, steps / usual, fill)
            steps, usual = _steps(rows, when, of)
            late = (steps > gap * usual).to_numpy()
    numbered = None if of is None else rows[of].to_numpy("int64")
    values = rows[list(columns)].to_numpy("float64", na_value=np.nan)
    breaks, ahead = late | _first(numbered, len(rows)), None
    if fill.steps:
        there = np.isfinite(values)
        values = filled(values, np.cumsum(breaks), fill)
        made = np.isfinite(values) & ~there
        ahead = made.any(axis=1) if fill.looks_ahead else None
        counts = dict(zip(columns, made[~new].sum(axis=0).tolist(), strict=True))
        notes += filled_notes(int(made[new].all(axis=1).sum()), counts, fill)
    missing = ~np.isfinite(values).all(axis=1)
    breaks |= missing
    breaks[1:] |= missing[:-1]
    return TimeSeries(
        columns=tuple(columns),
        values=values,
        when=None if times is None else rows[when],
        number=numbered,
        labels=labels,
        step=step,
        gap=gap or GAP,
        late=late,
        stretch=np.where(missing, -1, np.cumsum(breaks)),
        ahead=ahead,
        has_new_rows=bool(new.any()),
        notes=notes,
    )


def _in_order(
    rows: pd.DataFrame, keys: list[str], times: Times | None, groups: Sequence[str], notes: list[Text]
) -> pd.DataFrame:
    """The rows of which series and time are known, each once, one after the other."""
    known = rows.dropna(subset=keys)
    if times is None:
        notes += _left_out(len(rows) - len(known), 0, 0, groups)
        return known.sort_values(keys, kind="stable")
    columns = [*groups, *times.columns]
    once = kept = known.sort_values(keys)
    if (kept[keys] == kept[keys].shift()).all(axis=1).any():
        once = kept.drop_duplicates()
        kept = once.drop_duplicates(keys, keep=False)
    if len(kept) < len(once) / 2:
        raise _too_many(columns, bool(groups))
    notes += _left_out(len(rows) - len(known), len(known) - len(once), len(once) - len(kept), columns)
    return kept


def _steps(rows: pd.DataFrame, when: str, number: str | None) -> tuple[pd.Series[Any], Any]:
    """Time since the row before in the same series, and what is usual in it."""
    if number is None:
        steps = rows[when].diff()
        return steps, steps.median()
    steps = rows.groupby(number)[when].diff()
    return steps, steps.groupby(rows[number]).transform("median")


def _first(number: np.ndarray | None, rows: int) -> np.ndarray:
    found: np.ndarray
    if number is not None:
        found = np.diff(number, prepend=-1) != 0
        return found
    found = np.arange(rows) == 0
    return found


def _is_worked(when: pd.Series[Any]) -> bool:
    """Whether no day is a Saturday or Sunday, in two weeks at least."""
    return len(when) >= 10 and bool((when.dt.dayofweek < 5).all())


def _seconds(step: Any) -> float | None:
    import pandas as pd

    return None if pd.isna(step) else float(step.total_seconds() if hasattr(step, "total_seconds") else step)


def keys_of(columns: Sequence[str]) -> tuple[str, str]:
    """Names for the times and for the numbers of series, which none of the columns has."""

    def free(name: str) -> str:
        names = (name, *(f"{name}_{at}" for at in range(len(columns))))
        return next(each for each in names if each not in columns)

    return free("when"), free("number")


def _too_many(columns: Sequence[str], is_grouped: bool) -> RequestError:
    names = all_of([repr(name) for name in columns])
    if is_grouped:
        return refused(
            text(
                "Most rows of the same {columns} differ. Choose all columns that tell series apart as group.",
                columns=names,
            )
        )
    return refused(
        text(
            "Most times of {column} have several rows that differ, such as those of several sensors. Choose "
            "the columns that tell them apart as group, or keep the rows of one of them.",
            column=names,
        )
    )


def _left_out(timeless: int, twice: int, differing: int, columns: Sequence[str]) -> list[Text]:
    column, notes = all_of([repr(name) for name in columns]), []
    if timeless:
        notes.append(
            text_n(
                "{n} row has no value in {column}, and is left out.",
                "{n} rows have no value in {column}, and are left out.",
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
