"""How numbers are written."""

from __future__ import annotations

import re
from collections.abc import Sequence

Values = Sequence[Sequence[str]]
"""The values of each column."""

_COMMA = re.compile(r"[-+]?\d*,\d+([eE][-+]?\d+)?")
_POINT = re.compile(r"[-+]?(\d*\.\d+|\d+\.)([eE][-+]?\d+)?")
_WHOLE = re.compile(r"[-+]?\d+")
_VALUE = re.compile(
    r"""[-+]?[$€£]?\s?(\d[\d.,'\u2019\u00a0\u202f]*|[.,]\d+)([eE][-+]?\d+)?\s?[%€]?    # a number
    |\d{1,4}[-./]\d{1,2}[-./]\d{1,4}([T ]\d{1,2}:\S+(\ [AP]M)?)?|\d{1,2}:\d\d(:\d\d)?  # a date or a time
    |\w[\w.@/+-]*(\ [\w.@/+&-]+){0,3}                                  # up to four words
    |\W?                                                              # nothing, or a mark for it
    """,
    re.X,
)
_GROUPS = {
    mark: re.compile(rf"[-+]?[1-9]\d{{0,2}}(?:{re.escape(mark)}\d{{3}})+(?:{other}\d+)?")
    for mark, other in (
        (",", r"\."),
        (".", ","),
        ("'", "[.,]"),
        ("\u2019", "[.,]"),
        (" ", "[.,]"),
        ("\u00a0", "[.,]"),
        ("\u202f", "[.,]"),
    )
}
_SEVERAL = re.compile(r"[,.'\u2019 \u00a0\u202f]\d{3}[,.'\u2019 \u00a0\u202f]\d{3}")
_MOST = 0.8
"""Share of the values of a column that are numbers, at least."""


def looks_like_a_value(value: str) -> bool:
    """Whether it is a number, a date, some short words, or nothing."""
    return len(value) <= 60 and _VALUE.fullmatch(value.strip()) is not None


def is_number(value: str) -> bool:
    """Whether it is a number, with a decimal point or a comma."""
    return any(written.fullmatch(value.strip()) for written in (_WHOLE, _POINT, _COMMA))


def decimal_of(columns: Values, delimiter: str) -> str:
    """`,` where more columns have numbers with a decimal comma than with a point; else `.`."""
    commas = sum(_is(column, _COMMA) and not _grouped(column, ",", delimiter != ";") for column in columns)
    points = sum(_is(column, _POINT) and not _grouped(column, ".", commas > 0) for column in columns)
    return "," if commas > points else "."


def thousands_of(columns: Values, decimal: str) -> str:
    """What stands between groups of digits; empty where nothing does."""
    marks = [mark for mark in _GROUPS if mark != decimal]
    return next((mark for mark in marks if any(_grouped(column, mark, True) for column in columns)), "")


def _is(column: Sequence[str], written: re.Pattern[str]) -> bool:
    """Whether a column holds numbers, of which some are written so."""
    found = [value.strip() for value in column if value.strip()]
    so = sum(written.fullmatch(value) is not None for value in found)
    whole = sum(_WHOLE.fullmatch(value) is not None for value in found)
    return so > 0 and so + whole >= _MOST * len(found)


def _grouped(column: Sequence[str], mark: str, in_doubt: bool) -> bool:
    """Whether digits of a column stand in groups of three.

    Args:
        column: Its values.
        mark: What may stand between groups.
        in_doubt: What `1.234` is, which could be a number a little above 1 as well.
    """
    if not any(mark in value for value in column):
        return False
    found = [value.strip(" $€£%") for value in column if value.strip()]
    so = [value for value in found if _GROUPS[mark].fullmatch(value)]
    small = sum(
        re.fullmatch(r"[-+]?\d{1,3}([.,]\d+)?", value) is not None and mark not in value for value in found
    )
    if not so or len(so) + small < _MOST * len(found):
        return False
    return in_doubt or any(_SEVERAL.search(value) for value in so)
