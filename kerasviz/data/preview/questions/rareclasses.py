"""Classes with few samples: a model can't learn them, and validation may have none of them."""

from __future__ import annotations

from collections.abc import Iterator

from kerasviz.data.facts.classshares import FEW
from kerasviz.data.preview.tablefacts import TableFacts
from kerasviz.protocol.text import all_of, text

_SHOWN = 4


def ask(facts: TableFacts) -> Iterator[tuple[str | None, str]]:
    """Asks about a target with classes of fewer than ten samples."""
    for name in facts.targets:
        column = facts.known[name]
        rows = len(facts.frame)
        if not facts.is_classes(name) or rows < facts.rows or column["distinct"] > len(column["classes"]):
            continue
        rare = [one for one in column["classes"] if one["count"] < FEW]
        if not rare or rows < FEW * column["distinct"]:
            continue  # where all classes are small, the table is
        shown = [f"{one['name']} ({one['count']})" for one in rare[-_SHOWN:]]
        some = all_of(shown) if len(rare) <= _SHOWN else f"{', '.join(shown)}, …"
        yield (
            name,
            text(
                "Some classes of {column} have few samples: {classes}. Collect more, or join them.",
                column=name,
                classes=some,
            ),
        )
