"""A look at a table."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from kerasviz.data.dataset import GoOn, Sampled, Table
from kerasviz.data.preview.nothing import NOTHING_PROPOSED
from kerasviz.data.preview.onecolumn import look_at_column
from kerasviz.protocol.preview import Preview, PreviewSample

if TYPE_CHECKING:
    import pandas as pd

LOOKED_AT = 100_000
"""Rows that are looked at in a table with more."""
SAMPLES = 20
"""Rows that are shown."""
_SHORT = 200
"""Characters of a cell that are shown."""


def look_at_table(table: Table, go_on: GoOn) -> Preview:
    """Looks at the rows of a table, or at some of them where there are many."""
    return seen(table, go_on)[0]


def seen(table: Table, go_on: GoOn) -> tuple[Preview, pd.DataFrame]:
    """Looks at a table, and returns the rows that were looked at as well."""
    sampled = (table.sample or partial(_sample, table))(LOOKED_AT, go_on)
    some = sampled.frame
    columns = []
    for at, name in enumerate(table.columns):
        go_on(at / len(table.columns))
        columns.append(look_at_column(name, some.iloc[:, at]))
    preview = Preview(
        kind="table",
        name=table.name,
        rows=sampled.rows,
        sampled=len(some) if len(some) < sampled.rows else None,
        columns=columns,
        inputs=[],
        classes=[],
        samples=_samples(some),
        found=dict(table.found),
        notes=[*table.notes, *sampled.notes],
        questions=[],
        proposed=NOTHING_PROPOSED,
    )
    return preview, some.set_axis(list(table.columns), axis=1)


def _sample(table: Table, most: int, go_on: GoOn) -> Sampled:
    """Some rows of each part of a table."""
    import pandas as pd

    parts, rows = [], 0
    for part in table.parts():
        go_on(0.0)
        step = max(1, len(part) // most)
        parts.append(part.iloc[::step])
        rows += len(part)
    some = pd.concat(parts) if parts else pd.DataFrame(columns=list(table.columns))
    return Sampled(some.iloc[:: max(1, -(-len(some) // most))], rows)


def _samples(some: pd.DataFrame) -> list[PreviewSample]:
    shown = some.head(SAMPLES)
    cells = [[_cell(value) for value in shown.iloc[:, at]] for at in range(shown.shape[1])]
    return [
        PreviewSample(values=list(row), label=None, file=None, picture=None, text=None)
        for row in zip(*cells, strict=True)
    ]


def _cell(value: Any) -> str | float | bool | None:
    import pandas as pd

    if pd.api.types.is_scalar(value) and pd.isna(value):
        return None
    item = value.item() if hasattr(value, "item") and getattr(value, "ndim", 0) == 0 else value
    if isinstance(item, (bool, int, float)):
        return item
    words = str(item)
    return words if len(words) <= _SHORT else words[:_SHORT] + "…"
