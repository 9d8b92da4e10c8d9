"""What stands where a value is missing."""

from __future__ import annotations

import re
from collections.abc import Sequence

ALWAYS = ("", "?", "NA", "N/A", "n/a", "#N/A", "<NA>", "NULL", "null", "NaN", "nan")
"""What is missing in any column: what R, Excel, SQL, Python and UCI write."""
_AMONG_NUMBERS = (
    *("x", "X", "nd", "ND", "n.d.", "NR"),
    *("None", "none", "NONE", "na", "n.a.", "N.A.", "k.A.", "k. A.", "null ", "(null)", "unknown", "Unknown"),
    *("-nan", "NAN", "missing", "Missing", "#DIV/0!", "#VALUE!", "#REF!", "#NUM!", "#NAME?", "#NULL!", "\\N"),
)
_SIGNS = re.compile(r"[^\w\s]{1,3}")
"""What is neither a letter nor a digit, such as `-`, `..` or `~`."""


def is_mark(value: str) -> bool:
    """Whether it stands for a missing value, in any column or among numbers."""
    return value in ALWAYS or _among_numbers(value)


def _among_numbers(value: str) -> bool:
    return value in _AMONG_NUMBERS or _SIGNS.fullmatch(value) is not None


def marks_among(columns: Sequence[Sequence[str]], decimal: str, thousands: str) -> tuple[str, ...]:
    """Finds the marks of missing values: some are such only where the others of a column are numbers.

    Blanks around a mark are a part of it, as the reader compares whole values.

    Args:
        columns: The values of each.
        decimal: As numbers are written.
        thousands: Between groups of digits, or nothing.
    """
    number = re.compile(
        rf"[-+]?[\d{re.escape(decimal + thousands)}]*\d[\d{re.escape(decimal)}]*([eE][-+]?\d+)?"
    )
    found: dict[str, None] = {}
    for column in columns:
        values = [value.strip() for value in column]
        others = {value for value in values if value not in ALWAYS and not number.fullmatch(value)}
        if not others or not all(map(_among_numbers, others)):
            continue
        numbers = sum(number.fullmatch(value) is not None for value in values)
        if numbers >= 2 and numbers >= sum(value in others for value in values) / 4:
            found.update(dict.fromkeys(sorted(others)))
    written = {value for column in columns for value in column if value.strip() in (*ALWAYS, *found)}
    return tuple(dict.fromkeys((*ALWAYS, *found, *sorted(written))))
