"""Several rows of one person: a model knows them from training, and looks better than it is on new people."""

from __future__ import annotations

from collections.abc import Iterator

from kerasviz.data.preview.tablefacts import TableFacts
from kerasviz.protocol.text import text


def ask(facts: TableFacts) -> Iterator[tuple[str | None, str]]:
    """Asks where rows belong to groups that the split tears apart."""
    if facts.group is not None and facts.held_out_by not in ("by_group", "by_time"):
        yield (
            facts.group,
            text(
                "Several rows have the same {column}. Split by group, so that none is in training and in "
                "validation at once.",
                column=facts.group,
            ),
        )
