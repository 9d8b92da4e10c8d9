"""Missing values: a layer makes NaN of them, and one NaN makes all weights NaN."""

from __future__ import annotations

from collections.abc import Iterator

from kerasviz.data.preview.tablefacts import TableFacts
from kerasviz.protocol.text import all_of, text, text_n

_EACH = 5
"""Columns that are told one by one."""


def ask(facts: TableFacts) -> Iterator[tuple[str | None, str]]:
    """Asks about the target first, then about columns to learn from."""
    rows = len(facts.frame)
    for name in facts.inner:
        if facts.known[name]["missing"]:
            yield name, text("{column} holds missing values (NaN). Fill them in.", column=name)
    for name in facts.targets:
        if 0 < facts.known[name]["missing"] < rows:
            yield (
                name,
                text_n(
                    "{column} is missing in {n} row, from which nothing can be learned.",
                    "{column} is missing in {n} rows, from which nothing can be learned.",
                    facts.known[name]["missing"],
                    column=name,
                ),
            )
    lacking = [name for name in facts.features if 0 < facts.known[name]["missing"] < rows]
    for name in lacking if len(lacking) <= _EACH else []:
        count = facts.known[name]["missing"]
        yield (
            name,
            text(
                "{column} is missing in {count} of {rows} rows. Fill it in, or leave it out.",
                column=name,
                count=f"{count:,}",
                rows=f"{rows:,}",
            ),
        )
    if len(lacking) > _EACH:
        most = sorted(lacking, key=lambda name: -facts.known[name]["missing"])[:_EACH]
        yield (
            None,
            text(
                "{count} columns have missing values, most of all {columns}. Fill them in, or leave them "
                "out.",
                count=len(lacking),
                columns=all_of(most),
            ),
        )
