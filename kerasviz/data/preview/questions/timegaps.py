"""Gaps in rows that come at equal steps of time: what stands before and behind one is no neighbour."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kerasviz.data.preview.tablefacts import TableFacts
from kerasviz.data.series.duration import duration_text
from kerasviz.data.series.timeseries import GAP
from kerasviz.protocol.text import text_n

_ROWS = 30
_REGULAR = 0.8
"""Steps that are of one length where a series was measured at equal steps."""


def ask(facts: TableFacts) -> Iterator[tuple[str | None, str]]:
    """Asks about times that are missing in a series."""
    for name, column in facts.dates.items():
        dates = column.dropna().sort_values()
        if len(dates) < _ROWS or len(facts.frame) < facts.rows:
            continue
        steps = dates.diff().iloc[1:]
        usual = steps.median()
        if usual.total_seconds() <= 0:
            continue  # dates of several rows each
        long = (steps > GAP * usual).to_numpy()
        if not long.any() or (steps == usual).mean() < _REGULAR:
            continue
        at = int(np.argmax(np.where(long, steps.to_numpy(), np.timedelta64(0))))
        yield (
            name,
            text_n(
                "A row of {column} comes every {step}, but there is a gap from {start} to {end}.",
                "A row of {column} comes every {step}, but there are {n} gaps, the longest from {start} to "
                "{end}.",
                int(long.sum()),
                column=name,
                step=duration_text(usual.total_seconds()),
                start=str(dates.iloc[at]),
                end=str(dates.iloc[at + 1]),
            ),
        )
