"""Several series in one table: which columns tell the machine, the sensor or the shop of a row."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np

from kerasviz.data.files.located import refused
from kerasviz.data.series.times import Times
from kerasviz.protocol.text import Text, all_of, text
from kerasviz.writing.expressions import lay_out, literal, sequence

if TYPE_CHECKING:
    import pandas as pd

_REPEATED = 0.05
"""A smaller share of rows with the time of another one is a mistake in one series."""
_CLOCK = 0.02
"""Rows whose time comes again in one series, as where a clock is set back."""
_MOMENTS = 200
"""Times whose rows are looked at to find what tells them apart."""
_LEAST = 3
"""Rows of a series at least, on average."""
_COLUMNS = 8
_TOGETHER = 3
"""Columns that tell series apart together, at most: a country, a shop and a product."""


def find_series(frame: pd.DataFrame, times: Times | None) -> dict[str, list[str]]:
    """Finds what tells series apart where nobody has said it.

    Args:
        frame: The rows.
        times: When they were, if any date says it.

    Returns:
        Arguments of the source, `group` and perhaps `time`; empty where there is one series.
    """
    if times is not None:
        groups = _repeated(frame, times)
        return {"group": groups} if groups else {}
    return _counted(frame)


def _repeated(frame: pd.DataFrame, times: Times) -> list[str]:
    """Where times repeat: the fewest columns that tell their rows apart, with the fewest series."""
    if (times.when > times.when.shift()).iloc[1:].all():  # fast, where they are in order
        return []
    again = times.when.duplicated(keep=False) & times.when.notna()
    if again.mean() < _REPEATED:
        return []
    moments = times.when[again].unique()
    chosen = moments[np.linspace(0, len(moments) - 1, min(_MOMENTS, len(moments))).astype(int)]
    rows = frame[times.when.isin(chosen)].assign(**{_key(frame): times.when}).drop_duplicates()
    usable = [name for name in frame.columns if name not in times.columns and _may_tell(rows[name])]
    usable = sorted(usable, key=lambda name: int(rows[name].nunique()))[:_COLUMNS]
    for count in range(1, _TOGETHER + 1):
        told = [
            [str(name) for name in frame.columns if name in columns]
            for columns in combinations(usable, count)
            if rows.duplicated([*columns, _key(frame)]).mean() <= _CLOCK
        ]
        told = [columns for columns in told if _count(frame, columns) * _LEAST <= len(frame)]
        if told:
            return min(told, key=lambda columns: _count(frame, columns))
    return []


def numbers_of(frame: pd.DataFrame, columns: Sequence[str]) -> pd.Series[Any]:
    """The number of the series of each row, in the order in which they come; missing where none is told.

    Raises:
        RequestError: With code `no_data`, where there is no such column.
    """
    known = [str(name) for name in frame.columns]
    for name in columns:
        if name not in known:
            raise refused(text("There is no column {name}.", name=repr(str(name))))
    found: pd.Series[Any] = frame.groupby(list(columns), sort=False, observed=True).ngroup()
    return found


def numbers_code(columns: Sequence[str]) -> list[str]:
    """Writes what makes `number` of the DataFrame `table`."""
    names = sequence([literal(name) for name in columns])
    return [
        *lay_out(names, "groups = "),
        "number = table.groupby(groups, sort=False, observed=True).ngroup()",
    ]


def labels_of(frame: pd.DataFrame, columns: Sequence[str], numbers: pd.Series[Any]) -> list[str]:
    """What a person calls each series."""
    first = frame.loc[~numbers.duplicated() & numbers.notna(), list(columns)]
    return [", ".join(map(str, values)) for values in first.itertuples(index=False)]


def several_note(columns: Sequence[str], count: int, times: Times | None, *, is_found: bool) -> Text:
    """Says what tells the series apart.

    Args:
        columns: Their names.
        count: How many series there are.
        times: When the rows were.
        is_found: Whether nobody chose them.
    """
    names = all_of([repr(name) for name in columns])
    if is_found and times is not None:
        return text(
            "Several rows have the same {time}. They are of {count} series, told apart by {columns}: no "
            "window crosses from one to the next.",
            time=all_of([repr(name) for name in times.columns]),
            columns=names,
            count=count,
        )
    return text(
        "There are {count} series, told apart by {columns}: no window crosses from one to the next.",
        columns=names,
        count=count,
    )


def _counted(frame: pd.DataFrame) -> dict[str, list[str]]:
    """A column that rises from row to row, and begins again exactly where another one changes.

    Such are the cycles of an engine or the steps of a game: a series for each, one after the other.
    """
    import pandas as pd

    for counted in frame.columns:
        if not pd.api.types.is_numeric_dtype(frame[counted].dtype) or frame[counted].isna().any():
            continue
        steps = np.diff(frame[counted].to_numpy("float64"))
        resets = steps < 0
        if not 0 < resets.sum() * _LEAST < len(frame) or (steps == 0).any():
            continue
        for name in frame.columns:
            changes = (frame[name] != frame[name].shift()).to_numpy()[1:]
            if name != counted and (changes == resets).all() and frame[name].nunique() == resets.sum() + 1:
                return {"group": [str(name)], "time": [str(counted)]}
    return {}


def _may_tell(column: pd.Series[Any]) -> bool:
    """Whether it has words or whole numbers, of which some are others."""
    import pandas as pd

    if pd.api.types.is_datetime64_any_dtype(column.dtype) or column.nunique() < 2:
        return False
    if not pd.api.types.is_float_dtype(column.dtype):
        return True
    there = column.dropna()
    return bool((there == there.round()).all())


def _count(frame: pd.DataFrame, columns: Sequence[str]) -> int:
    return int(frame.groupby(list(columns), sort=False, observed=True).ngroups)


def _key(frame: pd.DataFrame) -> str:
    return "when" if "when" not in frame.columns else f"when {len(frame.columns)}"
