"""A column that gives the target away: it is the target in other words, and not known of a new row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np

from kerasviz.data.preview.tablefacts import TableFacts
from kerasviz.protocol.text import text

if TYPE_CHECKING:
    import pandas as pd

_SURE = 0.995
_EQUAL = 0.99995
_ROWS = 50
_EACH = 10
"""Rows of each value, on average, from which on a value that tells the class is no chance."""


def ask(facts: TableFacts) -> Iterator[tuple[str | None, str]]:
    """Asks about columns that alone say what is to be predicted."""
    for target in facts.targets:
        for name in facts.features:
            both = facts.frame[[name, target]].dropna()
            if len(both) < _ROWS:
                continue
            if _tells(facts, both[name], both[target], name, target):
                yield (
                    name,
                    text(
                        "{column} gives {target} away: whoever knows the one knows the other. Leave it out "
                        "if it is not known of a new row.",
                        column=name,
                        target=target,
                    ),
                )


def _tells(facts: TableFacts, column: pd.Series[Any], goal: pd.Series[Any], name: str, target: str) -> bool:
    if facts.is_amount(target):
        if facts.known[name]["kind"] != "number" or facts.is_classes(name):
            return False
        correlation = column.rank().corr(goal.rank())
        return bool(abs(correlation) > _EQUAL)
    if not facts.is_classes(target) or goal.value_counts(normalize=True).iloc[0] > 0.97:
        return False
    if facts.is_amount(name):
        return _separates(column.to_numpy(), goal)
    if facts.known[name]["kind"] not in ("category", "number") or column.nunique() * _EACH > len(column):
        return False
    pairs = column.astype(str).to_frame("of").assign(goal=goal.astype(str)).value_counts()
    return bool(pairs.groupby("of").max().sum() >= _SURE * len(column))


def _separates(column: Any, goal: pd.Series[Any]) -> bool:
    """Whether each class has an interval of its own."""
    classes = goal.to_numpy()[np.argsort(column, kind="stable")]
    values = np.sort(column)
    codes = np.unique(classes.astype(str), return_inverse=True)[1]
    changes = np.flatnonzero(np.diff(codes))
    mixed = bool((values[changes] == values[changes + 1]).any())
    return not mixed and len(changes) == codes.max()
