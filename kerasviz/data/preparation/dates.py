"""Dates to numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from kerasviz.data.preparation.step import Step
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import any_of, text
from kerasviz.writing.expressions import call, lay_out, literal, sequence

if TYPE_CHECKING:
    import pandas as pd

_CIRCLES = {"month": 12, "day_of_week": 7, "day_of_year": 365.25, "hour": 24}
"""What comes round again, and after how many."""
_PARTS = ("year", *_CIRCLES, "day", "elapsed")


def step(parts: list[str] | None = None, cyclic: bool = True, start: str | None = None) -> Step:
    """Makes numbers of a date.

    Args:
        parts: Any of year, month, day, day_of_week, day_of_year, hour, and elapsed: the days since the first
            date. Without any: elapsed, month and day_of_week.
        cyclic: Whether what comes round again becomes two numbers, a sine and a cosine, so that December is
            beside January.
        start: The date from which elapsed days count; without it the first of the training rows.

    Returns:
        The step.

    Raises:
        RequestError: With code `preparation`, for a part that there is not.
    """
    return Dates(["elapsed", "month", "day_of_week"] if parts is None else parts, cyclic, start)


def code(
    parts: list[str] | None = None, cyclic: bool = True, start: str | None = None, *, words: bool
) -> list[str]:
    """As `step` does it, for `columns[name]` of a script."""
    since = f"pd.Timestamp({literal(start)})" if start else "dates.iloc[train].min()"
    lines, numbers = ["dates = columns[name]"], []
    for part in parts or ["elapsed", "month", "day_of_week"]:
        if part == "elapsed":
            lines.append(f"elapsed = (dates - {since}) / pd.Timedelta(days=1)")
        elif part in _CIRCLES and cyclic:
            lines.append(f"{part} = 2 * np.pi * dates.dt.{part} / {literal(_CIRCLES[part])}")
        elif part in _PARTS:
            lines.append(f"{part} = dates.dt.{part}")
        is_circle = part in _CIRCLES and cyclic
        numbers += [f"np.sin({part})", f"np.cos({part})"] if is_circle else [part]
    return [*lines, *lay_out(call("np.column_stack", sequence(list(numbers))), "columns[name] = ")]


class Dates(Step):
    """Makes numbers of dates, as `step` says."""

    def __init__(self, parts: list[str], cyclic: bool, start: str | None) -> None:
        unknown = next((part for part in parts if part not in _PARTS), None)
        if unknown is not None or not parts:
            raise RequestError(
                "preparation",
                text(
                    "Dates have the parts {known}, not {part}.",
                    known=any_of(list(_PARTS)),
                    part=repr(unknown),
                ),
            )
        self._parts, self._cyclic, self._start = parts, cyclic, start
        self.learns = start is None and "elapsed" in parts

    def see(self, values: Any) -> None:
        """Looks for the first date of the training rows."""
        first = _dates(values).min()
        if first == first and (self._start is None or str(first) < self._start):  # no date is no minimum
            self._start = str(first)

    def __call__(self, values: Any) -> Any:
        """Makes numbers of a block: `(rows, n)`, or `(rows,)` for one number each."""
        dates = _dates(values)
        made = np.column_stack([number for part in self._parts for number in self._numbers(part, dates)])
        return made[:, 0] if made.shape[1] == 1 else made

    def config(self) -> dict[str, Any]:
        """Its arguments."""
        return {"parts": self._parts, "cyclic": self._cyclic, "start": self._start}

    def _numbers(self, part: str, dates: pd.DatetimeIndex) -> list[Any]:
        if part == "elapsed":
            import pandas as pd

            since = dates - pd.Timestamp(self._start or "1970-01-01")
            return [np.asarray(since / np.timedelta64(1, "D"), dtype="float64")]
        number = np.asarray(getattr(dates, part), dtype="float64")
        if part not in _CIRCLES or not self._cyclic:
            return [number]
        turn = 2 * np.pi * number / _CIRCLES[part]
        return [np.sin(turn), np.cos(turn)]


def _dates(values: Any) -> pd.DatetimeIndex:
    import pandas as pd

    if values.dtype == object:
        return pd.DatetimeIndex(pd.to_datetime(pd.Series(values), errors="coerce", utc=True)).tz_localize(
            None
        )
    return pd.DatetimeIndex(values.astype("datetime64[ns]"))
