"""Columns that add up to the target: of a total of which all parts are known, nothing is to be predicted."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kerasviz.data.preview.tablefacts import TableFacts
from kerasviz.protocol.text import all_of, text

_MOST = 40
_EXACT = 1e-9
_ROWS = 5000


def ask(facts: TableFacts) -> Iterator[tuple[str | None, str]]:
    """Asks where two columns or more, each times a number, are the target to the last digit."""
    for target in facts.targets:
        names = [name for name in facts.features if facts.known[name]["kind"] == "number"]
        if not facts.is_amount(target) or not 2 <= len(names) <= _MOST:
            continue
        rows = facts.frame[[*names, target]].replace([np.inf, -np.inf], np.nan).dropna().head(_ROWS)
        if len(rows) < 5 * len(names):
            continue
        values = rows.to_numpy("float64")
        values = (values - values.mean(axis=0)) / np.maximum(values.std(axis=0), 1e-300)
        parts, goal = values[:, :-1], values[:, -1]
        weights = np.linalg.lstsq(parts, goal, rcond=None)[0]
        if np.mean((parts @ weights - goal) ** 2) < _EXACT:
            found = [name for name, weight in zip(names, weights, strict=True) if abs(weight) > 1e-4]
            if len(found) > 1:
                yield (
                    found[0],
                    text(
                        "{columns} add up to {target}. Leave them out if they are not known of a new row.",
                        columns=all_of(found[:6]),
                        target=target,
                    ),
                )
