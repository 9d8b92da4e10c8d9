"""Numbers that are written as words: with groups of digits, a unit of money, per cent, or a flag behind."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pyarrow as pa

_NUMBER = r"^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$"
_AROUND = "[$€£¥%\\s\u00a0\u202f]"
_FEW, _MOST = 50, 0.98
"""Of so many values and more, some that are no numbers do not make words of the others."""
_FLAG = r" +[a-z]{1,3}$"


def as_numbers(column: pa.ChunkedArray, decimal: str, thousands: str, flags: bool = False) -> pa.ChunkedArray:
    """Makes numbers of words; what is none becomes missing.

    Args:
        column: Strings.
        decimal: `.` or `,`.
        thousands: Between groups of digits; empty where there is none.
        flags: Whether letters behind a number say how it was measured, as those of Eurostat.
    """
    import pyarrow as pa
    from pyarrow import compute

    found = compute.replace_substring_regex(column, _FLAG, "") if flags else column
    found = compute.replace_substring_regex(found, _AROUND, "")
    if thousands.strip():
        found = compute.replace_substring(found, thousands, "")
    if decimal != ".":
        found = compute.replace_substring(found, decimal, ".")
    is_number = compute.fill_null(compute.match_substring_regex(found, _NUMBER), False)
    return compute.if_else(is_number, found, pa.scalar(None, pa.string())).cast(pa.float64())


def has_flags(column: pa.ChunkedArray, decimal: str, thousands: str) -> bool | None:
    """Whether numbers of a column have flags behind them; None where it holds something else than numbers."""
    present = len(column) - column.null_count
    enough = present if present < _FEW else math.ceil(_MOST * present)
    for flags in (False, True):
        found = as_numbers(column, decimal, thousands, flags)
        numbers = len(found) - found.null_count
        if numbers >= enough > 0:
            return flags
        if numbers == 0:
            return None  # letters behind each number may be units, which differ
    return None


def starts_with_zero(values: Sequence[str]) -> bool:
    """Whether whole numbers are codes: those of post offices begin with 0."""
    return any(re.fullmatch(r"0\d+", value.strip()) for value in values)
