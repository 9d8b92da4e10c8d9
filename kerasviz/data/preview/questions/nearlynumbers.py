"""Numbers among which some words stand: one typing error makes a category of each number."""

from __future__ import annotations

from collections.abc import Iterator

from kerasviz.data.preview.tablefacts import TableFacts
from kerasviz.protocol.text import all_of, text

_MOST, _ROWS = 0.8, 20


def ask(facts: TableFacts) -> Iterator[tuple[str | None, str]]:
    """Asks about columns of words of which four of five are numbers, or more."""
    import pandas as pd

    for name in (*facts.targets, *facts.features):
        if facts.known[name]["kind"] not in ("category", "text") or facts.known[name]["dtype"] == "bool":
            continue
        present = facts.frame[name].dropna().astype(str)
        if len(present) < _ROWS or not present.iloc[:: len(present) // _ROWS].str.contains(r"\d").any():
            continue
        is_number = pd.to_numeric(present, errors="coerce").notna()
        if _MOST * len(present) <= is_number.sum() < len(present):
            words = [repr(word) for word in present[~is_number].unique()[:3]]
            yield (
                name,
                text(
                    "{column} holds numbers, but also {words}. Correct these, or name them as marks of "
                    "missing values.",
                    column=name,
                    words=all_of(words),
                ),
            )
