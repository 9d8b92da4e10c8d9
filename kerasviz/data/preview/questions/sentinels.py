"""Numbers that stand for a missing value: to a model, -999 is the lowest temperature it has ever seen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from kerasviz.data.preview.tablefacts import TableFacts
from kerasviz.protocol.text import text

_MARKS = (-1.0, -9.0, -99.0, -200.0, -999.0, -9999.0, -99999.0, 99.0, 999.0, 9999.0, 99999.0, 999999.0)
_FEWEST = 3
_AWAY = 4.0
"""How many times as far away as the others are from each other."""


def ask(facts: TableFacts) -> Iterator[tuple[str | None, str]]:
    """Asks about a number of nines, or -1, that comes again and again far from all others."""
    amounts = {
        name: _finite(facts, name) for name in (*facts.targets, *facts.features) if facts.is_amount(name)
    }
    found = {name: mark for name, values in amounts.items() if (mark := _lonely_mark(values)) is not None}
    elsewhere = {mark for mark in found.values() if mark < -1}
    for name, values in amounts.items():
        # Sensors of one table write the same: what is sure in one column is meant in the others, too.
        mark = found.get(name) or next((mark for mark in elsewhere if _is_below(values, mark)), None)
        if mark is not None:
            yield (
                name,
                text(
                    "{column} is {value} in {count} rows, far from all others. Make it a missing value "
                    "if it stands for one.",
                    column=name,
                    value=f"{mark:g}",
                    count=f"{int((values == mark).sum()):,}",
                ),
            )


def _finite(facts: TableFacts, name: str) -> Any:
    values = facts.frame[name].to_numpy("float64", na_value=np.nan)
    return values[np.isfinite(values)]


def _lonely_mark(values: Any) -> float | None:
    """A mark far from all other values."""
    for mark in _MARKS:
        others = values[values != mark]
        count = len(values) - len(others)
        if count < max(_FEWEST, 0.001 * len(values)) or len(others) < count:
            continue
        low, high = float(others.min()), float(others.max())
        gap = low - mark if mark < low else mark - high
        lonely = gap > (0 if mark == -1 and low >= 0 and high > 20 else _AWAY * (high - low))
        if (mark < low or mark > high) and lonely:
            return mark
    return None


def _is_below(values: Any, mark: float) -> bool:
    """Whether a negative mark stands below values that are never negative."""
    others = values[values != mark]
    return 0 < len(others) < len(values) and bool(others.min() >= 0)
