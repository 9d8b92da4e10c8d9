"""Sorted rows before the last ones are taken for validation: it measures what training has never seen."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from kerasviz.data.facts.sortedness import lies_in_blocks, rises_or_falls
from kerasviz.data.preview.tablefacts import TableFacts
from kerasviz.protocol.text import text

if TYPE_CHECKING:
    import pandas as pd

_ROWS = 20


def ask(facts: TableFacts) -> Iterator[tuple[str | None, str]]:
    """Asks where the target rises or falls all along the table, or classes stand one after the other."""
    if not facts.validates_last or len(facts.frame) < _ROWS:
        return
    for name in (*facts.targets, *facts.features):
        kind, missing = facts.known[name]["kind"], facts.known[name]["missing"]
        if missing or not (kind == "category" or (kind == "number" and name in facts.targets)):
            continue  # numbers that rise may be years
        if _is_sorted(facts, name, facts.frame[name]):
            yield (
                name,
                text(
                    "The rows are sorted by {column}, and the last {percent} % of them validate. Split at "
                    "random.",
                    column=name,
                    percent=f"{100 * facts.validation_split:g}",
                ),
            )
            return


def _is_sorted(facts: TableFacts, name: str, column: pd.Series[Any]) -> bool:
    if facts.is_amount(name):
        values = column.to_numpy("float64")
        return facts.known[name]["distinct"] > len(values) / 10 and rises_or_falls(values)
    codes = np.unique(column.astype(str).to_numpy(), return_inverse=True)[1]
    start = math.floor(facts.rows * (1 - facts.validation_split))
    validated = np.unique(codes[facts.frame.index.to_numpy() >= start])
    return len(validated) <= codes.max() and lies_in_blocks(codes)
