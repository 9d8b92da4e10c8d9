"""Columns that are always the same, or empty: nothing can be learned from them, and nothing of them."""

from __future__ import annotations

from collections.abc import Iterator

from kerasviz.data.preview.tablefacts import TableFacts
from kerasviz.protocol.text import text


def ask(facts: TableFacts) -> Iterator[tuple[str | None, str]]:
    """Asks about columns without differences that are to be learned, or from."""
    for name in (*facts.targets, *facts.features):
        kind = facts.known[name]["kind"]
        if kind == "empty":
            yield name, text("{column} is empty. Leave it out.", column=name)
        elif kind == "constant" and facts.known[name]["missing"] == 0 and len(facts.frame) > 1:
            if name in facts.targets:
                yield name, text("{column} is always the same, so there is nothing to predict.", column=name)
            else:
                yield name, text("{column} is always the same. Leave it out.", column=name)
