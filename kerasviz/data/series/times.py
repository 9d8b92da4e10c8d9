"""When the rows of a table were: one column, a date and a time of day, year, month and day, or seconds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kerasviz.data.delimited.worddates import word_dates
from kerasviz.writing.expressions import call, lay_out, literal

if TYPE_CHECKING:
    import pandas as pd

_NAMED = re.compile(r"(?i)(^|[\W_])(time|date|datetime|timestamp|epoch|unix|unixtime|ts|dt)($|[\W_])")
_OF_DAY = r"(\d{1,2})[:.](\d\d)(?:[:.](\d\d(?:\.\d+)?))?"
_HOUR = re.compile(r"(?i)(hour|hours|hr|stunde|heure|hora|ora)([ _]?of[ _]?(the[ _]?)?day)?")
_PARTS = ("year", "month", "day", "hour", "minute", "second")
_EPOCH = (1e8, 5e9)
"""Seconds since 1970 that are meant as a time: from 1973 to 2128."""
_UNITS = {"s": 1.0, "ms": 1e3, "us": 1e6, "ns": 1e9}
_TRIED = 200


@dataclass(frozen=True)
class Times:
    """When each row was.

    Attributes:
        columns: The columns that say it.
        when: Dates, or numbers of an unknown unit; missing where a row does not say it.
        code: Statements that make `when` of the DataFrame `table`.
    """

    columns: tuple[str, ...]
    when: pd.Series[Any]
    code: tuple[str, ...]

    @property
    def is_clock(self) -> bool:
        """Whether they are dates."""
        import pandas as pd

        return bool(pd.api.types.is_datetime64_any_dtype(self.when.dtype))


def find_times(frame: pd.DataFrame) -> Times | None:
    """Finds the columns that say when; None where no column does."""
    for columns in _likely(frame):
        found = times_in(frame, columns)
        if found is not None and found.is_clock:
            return found
    return None


def times_in(frame: pd.DataFrame, columns: Sequence[str]) -> Times | None:
    """Reads when each row was.

    Args:
        frame: The rows.
        columns: A column of dates or of numbers; a date and a time of day; or year, month, day and perhaps
            hour, minute and second; a date and an hour from 0 to 23, or from 1 to 24.

    Returns:
        The times; None where these columns don't say them.
    """
    import pandas as pd

    names = tuple(columns)
    if len(names) == 1:
        return _of_one(frame, names[0])
    parts = {name.strip().lower(): name for name in names}
    if parts.keys() <= {*_PARTS} and parts.keys() >= {*_PARTS[:3]}:
        given = {part: frame[parts[part]] for part in _PARTS if part in parts}
        written = ", ".join(f"{literal(part)}: table[{literal(parts[part])}]" for part in given)
        code = lay_out(call("pd.to_datetime", f"{{{written}}}", errors=literal("coerce")), "when = ")
        return Times(names, pd.to_datetime(given, errors="coerce"), tuple(code))
    if len(names) == 2 and (_tells_time_of_day(frame[names[1]]) or _is_hour(frame[names[1]])):
        date = _of_one(frame, names[0])
        if date is None or not date.is_clock:
            return None
        if _is_hour(frame[names[1]]):
            hours = call("pd.to_timedelta", f"table[{literal(names[1])}]", unit=literal("h"))
            when = date.when + pd.to_timedelta(frame[names[1]], unit="h")
            return Times(names, when, (*date.code, *lay_out(hours, "when = when + ")))
        clock = frame[names[1]].astype(str).str.extract(_OF_DAY).astype(float)
        seconds = clock[0] * 3600 + clock[1] * 60 + clock[2].fillna(0)
        code = [
            *date.code,
            f"clock = table[{literal(names[1])}].astype(str)",
            *lay_out(call("clock.str.extract", f'r"{_OF_DAY}"'), "clock = "),
            "clock = clock.astype(float)",
            "seconds = clock[0] * 3600 + clock[1] * 60 + clock[2].fillna(0)",
            'when = when + pd.to_timedelta(seconds, unit="s")',
        ]
        return Times(names, date.when + pd.to_timedelta(seconds, unit="s"), tuple(code))
    return None


def _of_one(frame: pd.DataFrame, name: str) -> Times | None:
    import pandas as pd

    column, written = frame[name], f"table[{literal(name)}]"
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        if column.dt.tz is None:
            return Times((name,), column, (f"when = {written}",))
        return Times((name,), column, tuple(lay_out(call("pd.to_datetime", written, utc="True"), "when = ")))
    words = word_dates(column)
    if words is not None:
        options = {"format": literal(words.format), "errors": literal("coerce")}
        options |= {"utc": "True"} if words.utc else {}
        code = lay_out(call("pd.to_datetime", written, **options), "when = ")
        return Times((name,), words.values, tuple(code))
    if not pd.api.types.is_numeric_dtype(column.dtype) or pd.api.types.is_bool_dtype(column.dtype):
        return None
    unit = _unit(column)
    if unit is None:
        return Times((name,), column, (f"when = {written}",))
    code = lay_out(call("pd.to_datetime", written, unit=literal(unit)), "when = ")
    return Times((name,), pd.to_datetime(column, unit=unit), tuple(code))


def _likely(frame: pd.DataFrame) -> Iterator[list[str]]:
    """Columns that may say when, the likeliest first."""
    import pandas as pd

    names = [str(name) for name in frame.columns]
    dates = [name for name in names if _holds_dates(frame[name])]
    if len(dates) > 1:
        dates.sort(key=lambda name: -int(frame[name].nunique()))
    times = [name for name in names if name not in dates and _tells_time_of_day(frame[name])]
    hours = [name for name in names if _HOUR.fullmatch(name.strip()) and _is_hour(frame[name])]
    for name in dates:
        if (times or hours) and frame[name].nunique() < len(frame) / 2:
            yield [name, *(times or hours)[:1]]
        yield [name]
    by_part = {name.strip().lower(): name for name in reversed(names) if name.strip().lower() in _PARTS}
    if by_part.keys() >= {*_PARTS[:3]}:
        yield [by_part[part] for part in _PARTS if part in by_part]
    for name in names:
        numbers = pd.api.types.is_numeric_dtype(frame[name].dtype)
        if numbers and _NAMED.search(name) and _unit(frame[name]) is not None:
            yield [name]


def _holds_dates(column: pd.Series[Any]) -> bool:
    import pandas as pd

    return pd.api.types.is_datetime64_any_dtype(column.dtype) or word_dates(column.head(_TRIED)) is not None


def _tells_time_of_day(column: pd.Series[Any]) -> bool:
    some = column.dropna().head(_TRIED)
    if some.empty or not (some.dtype == object or str(some.dtype).startswith("str")):
        return False
    return bool(some.astype(str).str.fullmatch(_OF_DAY).all())


def _is_hour(column: pd.Series[Any]) -> bool:
    """Whether it has the hours of a day, from 0 or 1 on."""
    import pandas as pd

    if not pd.api.types.is_integer_dtype(column.dtype) or column.nunique() < 2:
        return False
    return int(column.min()) in (0, 1) and int(column.max()) - int(column.min()) <= 23


def _unit(column: pd.Series[Any]) -> str | None:
    """The unit in which numbers count from 1970; None where they do not look like it."""
    low, high = float(column.min()), float(column.max())
    return next(
        (unit for unit, each in _UNITS.items() if _EPOCH[0] * each <= low <= high <= _EPOCH[1] * each), None
    )
