"""What is in one column of a table, and what kind of column it seems to be."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import numpy as np

from kerasviz.data.delimited.worddates import word_dates
from kerasviz.data.preview.spread import numbers_of
from kerasviz.data.unspaced import is_unspaced, words_in
from kerasviz.protocol.preview import ClassCount, ColumnKind, PreviewColumn

if TYPE_CHECKING:
    import pandas as pd

CLASSES = 50
"""Values that are listed with their counts."""
_WORDS = 4
"""Words that a text has at least, on average."""
_LONG = 40
"""Characters of a text without spaces, on average: Chinese has none."""
_NAMED_ID = re.compile(
    r"(?i)(^|[\W_])(id|uuid|guid|index|rownames?|unnamed: ?0|nr|no)($|[\W_])|(?-i:[a-z]I[Dd]$)"
)
_CODE = re.compile(r"[\w.:/#-]+")


def look_at_column(name: str, column: pd.Series[Any]) -> PreviewColumn:
    """Looks at a column.

    Args:
        name: What it is called.
        column: Its values, of any dtype.

    Returns:
        What is in it.
    """
    import pandas as pd

    dtype = str(column.dtype)
    dated = word_dates(column)
    column = column if dated is None else dated.values
    is_missing = column.isna().to_numpy()
    present = column[~is_missing]
    if isinstance(present.dtype, pd.CategoricalDtype):
        present = present.astype(present.cat.categories.dtype)
    try:
        counts = present.value_counts()
    except TypeError:  # lists and dicts in a column have no hash
        present = present.astype(str)
        counts = present.value_counts()
    kind = _kind(name, present, counts)
    numeric = pd.api.types.is_numeric_dtype(present.dtype) and not pd.api.types.is_bool_dtype(present.dtype)
    dates = pd.api.types.is_datetime64_any_dtype(present.dtype) and len(present) > 0
    return PreviewColumn(
        name=name,
        kind=kind,
        dtype=dtype,
        missing=int(is_missing.sum()),
        distinct=len(counts),
        first=str(present.min()) if dates else None,
        last=str(present.max()) if dates else None,
        classes=_classes(counts, kind, numeric),
        unspaced=kind in ("text", "category") and is_unspaced(_some(present.astype(str))),
        **numbers_of(present.to_numpy("float64", na_value=np.nan) if numeric else np.empty(0)),
    )


def _classes(counts: pd.Series[Any], kind: ColumnKind, numeric: bool) -> list[ClassCount]:
    if kind in ("id", "text", "date", "empty") or (numeric and len(counts) > CLASSES):
        return []
    return [ClassCount(name=str(value), count=int(count)) for value, count in counts.head(CLASSES).items()]


def _kind(name: str, present: pd.Series[Any], counts: pd.Series[Any]) -> ColumnKind:
    import pandas as pd

    if len(present) == 0:
        return "empty"
    if len(counts) == 1:
        return "constant"
    dtype, distinct = present.dtype, len(counts) == len(present)
    if pd.api.types.is_datetime64_any_dtype(dtype):
        return "date"
    if pd.api.types.is_bool_dtype(dtype):
        return "category"
    if pd.api.types.is_numeric_dtype(dtype):
        whole = pd.api.types.is_integer_dtype(dtype)
        counted = whole and distinct and len(present) > 2 and _counts(present.to_numpy())
        return "id" if counted or (whole and distinct and _NAMED_ID.search(name)) else "number"
    return _kind_of_words(present.astype(str), distinct, len(counts))


def _counts(values: Any) -> bool:
    """Whether numbers count rows: years that follow each other do not."""
    return bool(values[0] in (0, 1) and (np.diff(values) == 1).all())


def _some(present: pd.Series[Any]) -> pd.Series[Any]:
    return present if len(present) <= 1000 else present.sample(1000, random_state=0)


def _kind_of_words(present: pd.Series[Any], all_differ: bool, distinct: int) -> ColumnKind:
    """The kind of a column of strings."""
    some = _some(present)
    lengths, words = some.str.len().mean(), words_in(some)
    if distinct > 0.5 * len(present) and (words >= _WORDS or lengths >= _LONG):
        return "text" if words > 1 or not some.map(lambda value: bool(_CODE.fullmatch(value))).all() else "id"
    if all_differ and len(present) > 20 and some.map(lambda value: bool(_CODE.fullmatch(value))).all():
        return "id"
    return "category"
