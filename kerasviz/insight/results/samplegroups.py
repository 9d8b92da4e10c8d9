"""Samples in groups by what a column says of them: a value each, or a range of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from kerasviz.data.preparation.keraslayer import as_words
from kerasviz.data.preparation.rowblocks import is_missing

MOST = 20
"""Groups that a person compares; what is rarer is together in one."""
_RANGES = 5
_FEW = 12
"""Different numbers that are no ranges yet."""


@dataclass(frozen=True, eq=False)
class Group:
    """Samples of which a column says the same.

    Attributes:
        rows: Their numbers in the part.
        name: The value; None for a range, for all rarer ones, and where it is missing.
        low: The least number or date of a range, for people.
        high: The largest one.
        is_missing: Whether the column says nothing.
    """

    rows: np.ndarray
    name: str | None = None
    low: str | None = None
    high: str | None = None
    is_missing: bool = False


def grouped(values: Any) -> list[Group]:
    """Puts samples into groups.

    Args:
        values: One for each sample: numbers, dates, or text in an array of objects.
    """
    values = values.astype("float64") if values.dtype.kind in "biu" else values
    if values.dtype.kind in "US":
        values = values.astype(object)
    missing = is_missing(values)
    there = np.flatnonzero(~missing)
    known = values[there]
    words = as_words(known) if known.dtype == object else None
    different, which = np.unique(known if words is None else words, return_inverse=True)
    if words is not None or len(different) <= _FEW:
        found = _by_value(different, which, there)
    else:
        found = _ranges(known, there)
    nothing = np.flatnonzero(missing)
    return [*found, *([Group(nothing, is_missing=True)] if len(nothing) else [])]


def _by_value(different: np.ndarray, which: np.ndarray, there: np.ndarray) -> list[Group]:
    counts = np.bincount(which, minlength=len(different))
    named = np.sort(np.argsort(-counts, kind="stable")[:MOST])
    names = as_words(different)
    found = [Group(there[which == number], str(names[number])) for number in named]
    rest = ~np.isin(which, named)
    return [*found, *([Group(there[rest])] if rest.any() else [])]


def _ranges(known: np.ndarray, there: np.ndarray) -> list[Group]:
    """As many samples in each range, as far as equal numbers stay together."""
    order = np.sort(known)
    starts = np.unique(order[(np.arange(1, _RANGES) * len(order)) // _RANGES])
    which = np.searchsorted(starts, known, side="right")
    found = []
    for number in range(len(starts) + 1):
        inside = which == number
        if inside.any():
            low, high = known[inside].min(), known[inside].max()
            found.append(Group(there[inside], None, _said(low), _said(high)))
    return found


def _said(value: Any) -> str:
    if isinstance(value, np.datetime64):
        return str(np.datetime_as_string(value, unit="s")).replace("T", " ").removesuffix(" 00:00:00")
    return f"{float(value):.6g}"
