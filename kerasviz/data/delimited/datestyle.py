"""How dates are written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

_MONTHS = ("%Y-%m", "%Y/%m", "%m/%Y", "%b %Y", "%B %Y")
_TIMES = ("", " %H:%M:%S", " %H:%M", "T%H:%M:%S", " %I:%M:%S %p", " %I:%M %p")
_DAYS = (
    *("%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d", "%Y.%m.%d"),
    *(
        "%d.%m.%y",
        "%d/%m/%y",
        "%m/%d/%y",
        "%d-%b-%Y",
        "%d-%b-%y",
        "%b %d, %Y",
        "%d %b %Y",
        "%B %d, %Y",
        "%d %B %Y",
    ),
)
_DATE = re.compile(r"\w+[-./ ]+\w+([-./, ]+\w+.*)?")
ISO = re.compile(r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d.*)?")


def _between(written: str) -> str:
    """What stands between digits and letters."""
    return re.sub(r"\w", "", written.replace("T", " "))


_FORMATS = {
    each: _between(re.sub(r"%\w", "", each))
    for each in (*(day + time for day in _DAYS for time in _TIMES), *_MONTHS)
}
"""Formats, each with what stands between its parts."""


def date_formats(columns: Sequence[Sequence[str]], missing: Sequence[str]) -> tuple[str, ...]:
    """Finds the formats of dates that ISO does not know, as of `strptime`.

    Args:
        columns: The values of each column.
        missing: What stands where a value is missing.

    Returns:
        A format for each way in which a column writes dates; where day and month can't be told apart, the day
        stands where it always is the first.
    """
    found: dict[str, None] = {}
    for column in columns:
        values = [value.strip() for value in column if value.strip() not in missing]
        if values and all(_DATE.fullmatch(value) for value in values) and not all(map(ISO.fullmatch, values)):
            between = _between(values[0])
            formats = [
                each for each, marks in _FORMATS.items() if marks == between and all_written(values, each)
            ]
            if formats:
                found[_likely(formats, values)] = None
    return tuple(found)


def all_written(values: Sequence[str], written: str) -> bool:
    """Whether all are dates of that format."""
    try:
        for value in values:
            datetime.strptime(value, written)
    except ValueError:
        return False
    return True


def _likely(formats: list[str], values: Sequence[str]) -> str:
    """Of several, that in which fewer days of a month occur: on the first of each month there is one."""
    years = [each for each in formats if "%Y" in each] or formats
    return min(years, key=lambda each: len({datetime.strptime(value, each).day for value in values}))
