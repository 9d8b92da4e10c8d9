"""What was found out about a table while it was prepared, for its code."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerasviz.data.dataset import Table
from kerasviz.data.preparation.knowntables import Kind, KnownTable
from kerasviz.data.preparation.rowblocks import blocks
from kerasviz.data.preparation.tabular import LEFT_OUT, Learned


def found_out(table: Table, known: Learned) -> KnownTable:
    """What code has to know of a table."""
    names: dict[str, Kind] = {"f": "number", "M": "date"}
    first = next(blocks(table, [*known.roles.features, *known.roles.targets]))
    kinds = {column: names.get(values.dtype.kind, "words") for column, values in first.items()}
    there = known.parts != LEFT_OUT
    classes = {column: _class_count(values[there]) for column, values in known.targets.items()}
    return KnownTable(known.roles, known.steps, kinds, classes)


def _class_count(values: Any) -> int | None:
    if values.dtype == object:
        return len(set(values.tolist()))
    whole = values.dtype.kind == "f" and bool((values == np.floor(values)).all())
    return len(np.unique(values)) if whole else None
