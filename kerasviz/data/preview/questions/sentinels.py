"""Numbers that stand for a missing value: to a model, -999 is the lowest temperature it has ever seen."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kerasviz.data.preview.tablefacts import TableFacts
from kerasviz.protocol.text import text

_MARKS = (-1.0, -9.0, -99.0, -999.0, -9999.0, -99999.0, 99.0, 999.0, 9999.0, 99999.0, 999999.0)
_FEWEST = 3
_AWAY = 4.0
"""How many times as far away as the others are from each other."""


def ask(facts: TableFacts) -> Iterator[tuple[str | None, str]]:
    """Asks about a number of nines, or -1, that comes again and again far from all others."""
    for name in (*facts.targets, *facts.features):
        if not facts.is_amount(name):
            continue
        values = facts.frame[name].to_numpy("float64", na_value=np.nan)
        values = values[np.isfinite(values)]
        for mark in _MARKS:
            others = values[values != mark]
            count = len(values) - len(others)
            if count < max(_FEWEST, 0.001 * len(values)) or len(others) < count:
                continue
            low, high = float(others.min()), float(others.max())
            gap = low - mark if mark < low else mark - high
            lonely = gap > (0 if mark == -1 and low >= 0 and high > 20 else _AWAY * (high - low))
            if (mark < low or mark > high) and lonely:
                yield (
                    name,
                    text(
                        "{column} is {value} in {count} rows, far from all others. Make it a missing value "
                        "if it stands for one.",
                        column=name,
                        value=f"{mark:g}",
                        count=f"{count:,}",
                    ),
                )
                break
