"""The rows of a table in blocks of columns: the same blocks however the table is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from kerasviz.data.dataset import Table
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import all_of, text

if TYPE_CHECKING:
    import pandas as pd

BLOCK = 8192
"""Rows in a block."""

Block = dict[str, Any]
"""An array of one dimension for each column."""


def blocks(table: Table, names: Sequence[str]) -> Iterator[Block]:
    """Reads columns of a table in blocks of `BLOCK` rows, the last one shorter.

    What is learned block by block is so the same for a file that is read by parts, and for one in memory.

    Args:
        table: Any table.
        names: Columns of it.

    Raises:
        RequestError: With code `no_data`, where the table has no such column.
    """
    import pandas as pd

    check_columns(table, names)
    rest: list[pd.DataFrame] = []
    count = 0
    for part in table.parts():
        rest.append(part[list(names)])
        count += len(part)
        if count < BLOCK:
            continue
        whole = rest[0] if len(rest) == 1 else pd.concat(rest, ignore_index=True)
        for start in range(0, count - count % BLOCK, BLOCK):
            yield _arrays(whole.iloc[start : start + BLOCK])
        rest, count = [whole.iloc[count - count % BLOCK :]], count % BLOCK
    if count:
        yield _arrays(rest[0] if len(rest) == 1 else pd.concat(rest, ignore_index=True))


def check_columns(table: Table, names: Sequence[str]) -> None:
    """Checks that a table has columns.

    Raises:
        RequestError: With code `no_data` and the first one that it has not.
    """
    missing = next((name for name in names if name not in table.columns), None)
    if missing is not None:
        raise RequestError(
            "no_data",
            text(
                "{name} has no column {column}. Its columns are {known}.",
                name=table.name,
                column=repr(missing),
                known=all_of([repr(column) for column in table.columns]),
            ),
        )


def _arrays(frame: pd.DataFrame) -> Block:
    return {str(name): as_column(frame[name]) for name in frame.columns}


def as_column(values: pd.Series[Any]) -> Any:
    """Makes an array of a column.

    Args:
        values: Of any dtype.

    Returns:
        float64 for numbers and booleans, NaN where they are missing; `datetime64[ns]` for dates; else str in
        an array of objects, None where they are missing.
    """
    import pandas as pd

    if isinstance(values.dtype, pd.CategoricalDtype):
        values = values.astype(values.cat.categories.dtype)
    if values.dtype == object:
        values = values.infer_objects()
        kind = pd.api.types.infer_dtype(values, skipna=True)
        if kind in ("date", "datetime", "datetime64"):
            values = pd.to_datetime(values, errors="coerce", utc=True)
        elif kind in ("boolean", "integer", "floating", "mixed-integer-float", "decimal"):
            return values.astype("float64").to_numpy()
    if isinstance(values.dtype, pd.DatetimeTZDtype):
        values = values.dt.tz_convert("UTC").dt.tz_localize(None)
    if pd.api.types.is_datetime64_any_dtype(values.dtype):
        return values.to_numpy("datetime64[ns]")
    if pd.api.types.is_timedelta64_dtype(values.dtype):
        return values.dt.total_seconds().to_numpy("float64")
    if pd.api.types.is_numeric_dtype(values.dtype):
        return values.to_numpy("float64", na_value=np.nan)
    missing = values.isna().to_numpy()
    words = np.array([str(value) for value in values], dtype=object)
    words[missing] = None
    return words


def is_missing(values: Any) -> Any:
    """Which values of a column are missing."""
    if values.dtype == object:
        return np.array([value is None for value in values.ravel()], dtype=bool).reshape(values.shape)
    return np.isnat(values) if values.dtype.kind == "M" else np.isnan(values)
