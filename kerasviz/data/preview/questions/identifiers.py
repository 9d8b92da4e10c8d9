"""Columns that number the rows: a model learns them by heart, and knows nothing of a new row."""

from __future__ import annotations

from collections.abc import Iterator

from kerasviz.data.preview.tablefacts import TableFacts
from kerasviz.protocol.text import text


def ask(facts: TableFacts) -> Iterator[tuple[str | None, str]]:
    """Asks about identifiers that are to be learned, or from."""
    for name in (*facts.targets, *facts.features):
        if facts.known[name]["kind"] == "id":
            yield (
                name,
                text("{column} differs in each row and only tells them apart. Leave it out.", column=name),
            )
