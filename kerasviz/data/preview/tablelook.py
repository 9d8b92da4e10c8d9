"""A look at a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerasviz.data.dataset import GoOn, Table
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
    import pandas as pd

    parts, rows, kept = [], 0, 0
    for part in table.parts():
        go_on(0.0)
        rows += len(part)
        if kept < LOOKED_AT:
            parts.append(part.head(LOOKED_AT - kept))
            kept += len(parts[-1])
    some = pd.concat(parts) if parts else pd.DataFrame(columns=list(table.columns))
    columns = [look_at_column(str(name), some.iloc[:, at]) for at, name in enumerate(table.columns)]
    return Preview(
        kind="table",
        name=table.name,
        rows=rows,
        sampled=kept if kept < rows else None,
        columns=columns,
        classes=[],
        samples=_samples(some),
        found=dict(table.found),
        notes=list(table.notes),
        questions=[],
        proposed=NOTHING_PROPOSED,
    )


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
