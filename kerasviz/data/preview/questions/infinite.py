"""Infinite values: they come from a division by zero or a logarithm of it, and make the loss NaN."""

from __future__ import annotations

from collections.abc import Iterator

from kerasviz.data.preview.tablefacts import TableFacts
from kerasviz.protocol.text import text, text_n


def ask(facts: TableFacts) -> Iterator[tuple[str | None, str]]:
    """Asks about columns with infinite values."""
    for name in facts.inner:
        if facts.known[name]["infinite"]:
            yield name, text("{column} holds infinite values. Correct them.", column=name)
    for name in (*facts.targets, *facts.features):
        count = facts.known[name]["infinite"]
        if count:
            yield (
                name,
                text_n(
                    "{column} is infinite in {n} row. Correct it, or make it a missing value.",
                    "{column} is infinite in {n} rows. Correct them, or make them missing values.",
                    count,
                    column=name,
                ),
            )
