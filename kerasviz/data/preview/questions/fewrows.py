"""Few rows: what is measured on a handful of samples is mostly chance."""

from __future__ import annotations

from collections.abc import Iterator

from kerasviz.data.preview.tablefacts import TableFacts
from kerasviz.protocol.text import text_n

_FEW = 40


def ask(facts: TableFacts) -> Iterator[tuple[str | None, str]]:
    """Asks where there are fewer than 40 rows."""
    if 0 < facts.rows < _FEW:
        yield (
            None,
            text_n(
                "There is only {n} row. What is measured on so little is mostly chance.",
                "There are only {n} rows. What is measured on so few is mostly chance.",
                facts.rows,
            ),
        )
