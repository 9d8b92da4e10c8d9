"""Whether the first row of a table has the names of its columns."""

from __future__ import annotations

import re

from kerasviz.data.delimited.marks import is_mark

_NUMBER = re.compile(r"[-+]?([\d.,]*\d[\d.,]*|\d{1,3}([ \u00a0\u202f]\d{3})+)([eE][-+]?\d+)?%?")
_DATE = re.compile(r"\d{1,4}[-./]\d{1,2}[-./]\d{1,4}.*")
_TIME = re.compile(r"\d{1,2}:\d\d(:\d\d)?([.,]\d+)?")
_YEAR = re.compile(r"(1[89]|20)\d\d")


def has_header(rows: list[list[str]], width: int) -> bool:
    """Whether the first row names columns: above a column of numbers stands something else.

    A word above nothing but numbers or dates is a name, and numbers beside it are names too: `date,0,1`.
    Where all columns are words, it is a header unless one of its words comes again in its column.

    Args:
        rows: The first rows.
        width: Values that most rows have.
    """
    first, others = [value.strip() for value in rows[0]], rows[1:]
    if not others:
        return not any(map(_is_typed, filter(None, first)))
    if len(first) == width - 1:
        return True
    columns = [[row[at].strip() for row in others if len(row) == width] for at in range(width)]
    votes, words, named = 0, [], False
    for name, column in zip(first, columns, strict=False):
        typed = sum(_is_typed(value) or not value for value in column) >= 0.8 * len(column)
        if not typed:
            words.append((name, column))
        elif any(column):
            votes += -1 if _is_typed(name) and not _YEAR.fullmatch(name) else 1
            named |= _is_word(name) and all(map(_is_typed, column))
    if named and len(set(first)) == len(first):
        return True
    if votes:
        return votes > 0
    if any(_is_typed(name) and not _YEAR.fullmatch(name) for name in first):
        return False
    return bool(words) and all(name not in column for name, column in words if name)


def _is_word(name: str) -> bool:
    return len(name) > 1 and name.isidentifier() and not is_mark(name)


def _is_typed(value: str) -> bool:
    return any(kind.fullmatch(value) for kind in (_NUMBER, _DATE, _TIME))
