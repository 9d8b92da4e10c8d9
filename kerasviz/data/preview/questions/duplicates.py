"""The same sample several times: where training has seen one, validation with the other is no test."""

from __future__ import annotations

import math
from collections.abc import Iterator

from kerasviz.data.facts.repeats import again, are_told, digests, is_no_chance, shared
from kerasviz.data.preview.tablefacts import TableFacts
from kerasviz.protocol.text import text

_FEW = 5


def ask(facts: TableFacts) -> Iterator[tuple[str | None, str]]:
    """Asks where one row of a hundred stands there again, though values could differ in many more ways."""
    names = [name for name in facts.features if facts.known[name]["kind"] != "id"]
    counts = [max(1, facts.known[name]["distinct"]) for name in names]
    if (
        len(names) < 3
        or not is_no_chance(counts, len(facts.frame))
        or facts.held_out_by in ("by_group", "by_time")
    ):
        return
    found = digests(facts.frame[name].to_numpy() for name in (*names, *facts.targets))
    repeated = again(found)
    if repeated < _FEW or not are_told(repeated, len(found)):
        return
    if facts.validates_last:
        start = math.floor(facts.rows * (1 - facts.validation_split))
        validates = facts.frame.index.to_numpy() >= start
        both = int(shared(found[~validates], found[validates]).sum())
        if are_told(both, int(validates.sum())):
            yield (
                None,
                text(
                    "{count} of the {all} rows that validate are in the training rows, too. Leave out rows "
                    "that stand there twice.",
                    count=f"{both:,}",
                    all=f"{int(validates.sum()):,}",
                ),
            )
        return
    yield (
        None,
        text(
            "{count} rows stand there again, so that training and validation get the same samples. Leave out "
            "rows that stand there twice.",
            count=f"{repeated:,}",
        ),
    )
