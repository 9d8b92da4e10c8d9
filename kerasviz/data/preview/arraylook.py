"""A look at arrays."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from kerasviz.data.dataset import Data, GoOn
from kerasviz.data.preview.nothing import NOTHING_PROPOSED
from kerasviz.data.preview.onecolumn import look_at_column
from kerasviz.protocol.preview import Preview, PreviewColumn

LOOKED_AT = 10_000
"""Samples that are looked at where there are more."""


def look_at_arrays(data: Data, go_on: GoOn) -> Preview:
    """Looks at arrays: each is told as one column."""
    import pandas as pd

    arrays = [*_named(data.x, data.x_name), *_named(data.y, data.y_name)]
    rows = len(arrays[0][1])
    columns: list[PreviewColumn] = []
    for name, array in arrays:
        go_on(len(columns) / len(arrays))
        columns.append(look_at_column(name, pd.Series(np.asarray(array[:LOOKED_AT]).ravel())))
    return Preview(
        kind="arrays",
        name=data.name,
        rows=rows,
        sampled=LOOKED_AT if rows > LOOKED_AT else None,
        columns=columns,
        classes=[],
        samples=[],
        found={},
        notes=list(data.notes),
        questions=[],
        proposed=NOTHING_PROPOSED,
    )


def _named(value: Any, name: str) -> Iterator[tuple[str, Any]]:
    """The arrays of x or y, each with what a person calls it."""
    if isinstance(value, dict):
        yield from ((f"{name}[{key!r}]", part) for key, part in value.items())
    elif isinstance(value, list):
        yield from ((f"{name}[{at}]", part) for at, part in enumerate(value))
    else:
        yield name, value
