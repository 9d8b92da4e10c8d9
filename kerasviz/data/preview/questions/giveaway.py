"""A column that gives the target away: it is the target in other words, and not known of a new row."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kerasviz.data.facts.telltale import (
    FEWEST,
    LEFT,
    each_value_tells,
    is_threshold,
    left_of_amount,
    left_of_class,
)
from kerasviz.data.preview.tablefacts import TableFacts
from kerasviz.protocol.text import text

if TYPE_CHECKING:
    import pandas as pd


def ask(facts: TableFacts) -> Iterator[tuple[str | None, str]]:
    """Asks about columns that alone say what is to be predicted."""
    for target in facts.targets:
        for name in facts.features:
            both = facts.frame[[name, target]].dropna()
            if len(both) < FEWEST:
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
        return left_of_amount(column.to_numpy("float64"), goal.to_numpy("float64")) < LEFT
    if not facts.is_classes(target):
        return False
    classes = goal.astype(str).to_numpy()
    if facts.is_amount(name):
        numbers = column.to_numpy("float64")
        return left_of_class(numbers, classes) < LEFT or is_threshold(numbers, classes)
    is_of_values = facts.known[name]["kind"] in ("category", "number")
    return is_of_values and each_value_tells(column.astype(str).to_numpy(), classes)
