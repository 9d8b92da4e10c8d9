"""Tables with a column for each time, as budgets and counts of cases have: rows do not follow each other."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kerasviz.protocol.text import Text, text

_TIMES = re.compile(
    r"(?i)(\d{4}[-/.]\d\d?([-/.]\d\d?)?|\d\d?[-/.]\d\d?[-/.](\d\d|\d{4}))( \d\d?:\d\d(:\d\d)?)?"
    r"|(x|y|yr|year|q|quarter|m|month|w|wk|week|d|day|h|hour|t)?[ _-]?\d{1,4}"
)
_LEAST = 20
"""A table with fewer such columns is no series that lies on its side."""


def sideways_note(columns: Sequence[str]) -> list[Text]:
    """Says that the columns, not the rows, look like times.

    Args:
        columns: Names of the columns of a table in which no column says when.
    """
    times = [name for name in columns if _TIMES.fullmatch(name.strip())]
    if len(times) < max(_LEAST, len(columns) / 2):
        return []
    return [
        text(
            "The columns from {first} to {last} look like times, but each row is taken as a time. Turn the "
            "table first, so that it has a row for each time (in pandas: melt).",
            first=repr(times[0]),
            last=repr(times[-1]),
        )
    ]
