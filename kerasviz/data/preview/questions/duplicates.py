"""The same sample several times: where training has seen one, validation with the other is no test."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from kerasviz.data.preview.tablefacts import TableFacts
from kerasviz.protocol.text import text

_SHARE, _FEW = 0.01, 5
_MANY = 100
"""Where there are so many times as many combinations as rows, equal rows are no chance."""


def ask(facts: TableFacts) -> Iterator[tuple[str | None, str]]:
    """Asks where one row of a hundred stands there again, though values could differ in many more ways."""
    import pandas as pd

    names = [name for name in facts.features if facts.known[name]["kind"] != "id"]
    counts = [max(1, facts.known[name]["distinct"]) for name in names]
    differ = max(counts, default=0) > len(facts.frame) / 4 or math.prod(counts) > _MANY * facts.rows
    if len(names) < 3 or not differ or facts.held_out_by in ("by_group", "by_time"):
        return
    rows = facts.frame[[*names, *facts.targets]]
    try:
        hashes = pd.util.hash_pandas_object(rows, index=False).to_numpy()
    except TypeError:  # lists in a column
        hashes = pd.util.hash_pandas_object(rows.astype(str), index=False).to_numpy()
    again = len(hashes) - len(np.unique(hashes))
    if again < max(_FEW, _SHARE * len(hashes)):
        return
    if facts.validates_last:
        start = math.floor(facts.rows * (1 - facts.validation_split))
        validates = facts.frame.index.to_numpy() >= start
        both = int(np.isin(hashes[validates], hashes[~validates]).sum())
        if both >= max(2, _SHARE * int(validates.sum())):
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
            count=f"{again:,}",
        ),
    )
