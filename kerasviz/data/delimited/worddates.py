"""Dates that are words, as they are in tables that no reader made dates of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kerasviz.data.delimited.datestyle import ISO, date_formats

if TYPE_CHECKING:
    import pandas as pd

_TRIED = 100
"""Words of which is found out how dates are written."""


@dataclass(frozen=True)
class WordDates:
    """Dates that were words.

    Attributes:
        values: The dates.
        format: How all of them are written, as of `pd.to_datetime`.
        utc: Whether they name their time zone, and not all the same one: they are in UTC here.
    """

    values: pd.Series[Any]
    format: str
    utc: bool


def word_dates(column: pd.Series[Any]) -> WordDates | None:
    """Makes dates of words, where all are dates of one way to write them; else None.

    Args:
        column: Values of any dtype.
    """
    import pandas as pd

    present = column.dropna()
    if present.empty or not (present.dtype == object or pd.api.types.is_string_dtype(present.dtype)):
        return None
    some = present.iloc[:: max(1, len(present) // _TRIED)].tolist()
    if not all(isinstance(value, str) for value in some):
        return None
    written = ["ISO8601"] if all(map(ISO.fullmatch, some)) else date_formats([some], ())
    for form in written:
        for utc in (False, True):  # a summer has another offset than the winter beside it
            try:
                return WordDates(pd.to_datetime(column, format=form, utc=utc), form, utc)
            except (ValueError, TypeError):
                continue
    return None
