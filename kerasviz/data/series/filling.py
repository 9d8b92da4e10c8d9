"""Short gaps of a series, filled: rows that are missing, and values that are missing in a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import numpy as np

from kerasviz.data.files.located import refused
from kerasviz.protocol.text import Text, all_of, text, text_n
from kerasviz.writing.expressions import literal

if TYPE_CHECKING:
    import pandas as pd

FillMethod = Literal["linear", "ffill"]
_WAYS = {"linear": "interpolate", "ffill": "ffill"}
"""Methods of pandas."""


@dataclass(frozen=True)
class Fill:
    """What is filled.

    Attributes:
        steps: Steps of the longest gap that is filled; 0 where nothing is.
        method: `linear` for a line between the values beside it, `ffill` for the value before.

    Raises:
        RequestError: With code `no_data`, for what is no number of steps, or no method.
    """

    steps: int = 0
    method: FillMethod = "linear"

    def __post_init__(self) -> None:
        """Checks them."""
        if isinstance(self.steps, bool) or not isinstance(self.steps, int) or self.steps < 0:
            raise refused(text("{argument} must be a whole number, 0 or above.", argument="fill"))
        if self.method not in _WAYS:
            known = ", ".join(_WAYS)
            raise refused(
                text("{argument} must be one of these: {known}.", argument="fill_method", known=known)
            )

    @property
    def looks_ahead(self) -> bool:
        """Whether what is filled depends on the values that come after it."""
        return self.method == "linear"


def with_rows(
    rows: pd.DataFrame, when: str, number: str | None, late: np.ndarray, lost: pd.Series[Any], fill: Fill
) -> tuple[pd.DataFrame, np.ndarray]:
    """Puts rows where few are missing, at equal steps between the times beside them.

    Args:
        rows: In their order.
        when: The column of their time.
        number: The column with the number of their series, if any.
        late: Whether a gap lies before a row.
        lost: How many times as long as usual the step before a row is.
        fill: What is filled.

    Returns:
        The rows, the values of new ones missing, and which are new.
    """
    count = np.where(late, lost.round() - 1, 0)
    count = np.where(count <= fill.steps, count, 0).astype(int)
    spread = rows.set_axis(np.arange(len(rows)) + np.cumsum(count), axis=0)
    spread = spread.reindex(np.arange(len(rows) + int(count.sum())))
    gone = spread[when].isna()
    runs = gone.groupby((~gone).cumsum())
    before, behind = spread[when].ffill(), spread[when].bfill()
    spread[when] = before + (behind - before) * (runs.cumsum() / (runs.transform("sum") + 1))
    if number is not None:
        spread[number] = spread[number].ffill()
    return spread, gone.to_numpy()


def rows_code(when: str, number: str | None, fill: Fill) -> list[str]:
    """Writes what `with_rows` does with the DataFrame `series`.

    Args:
        when: The column of the time.
        number: The column with the number of the series, if any.
        fill: What is filled.
    """
    time = f"series[{literal(when)}]"
    lines = [
        "lost = np.where(late, (steps / usual).round() - 1, 0)",
        f"lost = np.where(lost <= {fill.steps}, lost, 0).astype(int)",
        "series.index = np.arange(len(series)) + np.cumsum(lost)",
        "series = series.reindex(np.arange(len(series) + lost.sum()))",
        f"gone = {time}.isna()",
        "runs = gone.groupby((~gone).cumsum())",
        f"before, behind = {time}.ffill(), {time}.bfill()",
        'share = runs.cumsum() / (runs.transform("sum") + 1)',
        f"{time} = before + (behind - before) * share",
    ]
    if number is not None:
        lines.append(f"series[{literal(number)}] = series[{literal(number)}].ffill()")
    return lines


def filled(values: np.ndarray, segment: np.ndarray, fill: Fill) -> np.ndarray:
    """Fills runs of missing values that are short and have values before and behind them.

    Args:
        values: Float64 `(rows, columns)`.
        segment: The number of the stretch of time of each row: nothing is filled from one to the next.
        fill: What is filled.
    """
    import pandas as pd

    owner, done = pd.Series(segment), values.copy()
    for at in range(values.shape[1]):
        column = pd.Series(np.where(np.isfinite(values[:, at]), values[:, at], np.nan))
        gone = column.isna()
        known = owner.where(~gone)
        run = gone.groupby((~gone).cumsum()).transform("sum")
        short = gone & (known.ffill() == owner) & (known.bfill() == owner) & (run <= fill.steps)
        done[:, at] = column.where(~short, getattr(column, _WAYS[fill.method])())
    return done


def values_code(fill: Fill) -> list[str]:
    """Writes what `filled` does with the array `values`."""
    return [
        "values, gaps = values.copy(), ~np.isfinite(values)",
        "for at in range(len(columns)):",
        "    column = pd.Series(np.where(gaps[:, at], np.nan, values[:, at]))",
        "    gone = column.isna()",
        "    known = segment.where(~gone)",
        '    run = gone.groupby((~gone).cumsum()).transform("sum")',
        f"    short = gone & (known.ffill() == segment) & (known.bfill() == segment) & (run <= {fill.steps})",
        f"    values[:, at] = column.where(~short, column.{_WAYS[fill.method]}())",
    ]


def filled_notes(rows: int, counts: dict[str, int], fill: Fill) -> list[Text]:
    """Says what was filled.

    Args:
        rows: How many were put in.
        counts: Values of each column in rows that were there.
        fill: How.
    """
    line = text("on a line between the values beside them")
    way = line if fill.looks_ahead else text("with the last value before them")
    some = [
        text("{column} in {count}", column=repr(name), count=count) for name, count in counts.items() if count
    ]
    notes = []
    if rows:
        notes.append(
            text_n(
                "{n} missing row is put in, its values {way}.",
                "{n} missing rows are put in, their values {way}.",
                rows,
                way=way,
            )
        )
    if some:
        notes.append(text("Missing values are filled {way}: {each}.", each=all_of(some), way=way))
    return notes or [
        text_n(
            "There is no gap of up to {n} step to fill.",
            "There is no gap of up to {n} steps to fill.",
            fill.steps,
        )
    ]
