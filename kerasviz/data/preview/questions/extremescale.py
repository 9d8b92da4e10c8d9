"""A target of extreme scale: a loss in squares of millions, or of millionths, drowns the learning rate."""

from __future__ import annotations

from collections.abc import Iterator

from kerasviz.data.facts.magnitude import SPREAD
from kerasviz.data.preview.tablefacts import TableFacts
from kerasviz.protocol.text import amount, text

_TAIL = 50.0


def ask(facts: TableFacts) -> Iterator[tuple[str | None, str]]:
    """Asks about a target whose values differ by thousands or thousandths, or whose largest are far away."""
    for name in facts.targets:
        column = facts.known[name]
        deviation, low, high = column["deviation"], column["minimum"], column["maximum"]
        if not facts.is_amount(name) or not deviation or low is None or high is None:
            continue
        if deviation > SPREAD or deviation < 1 / SPREAD:
            yield (
                name,
                text(
                    "{column} lies between {low} and {high}. Normalise it, so that the loss is neither huge "
                    "nor tiny.",
                    column=name,
                    low=amount(low),
                    high=amount(high),
                ),
            )
        elif low >= 0 and len(column["quantiles"]) == 5 and high > _TAIL * column["quantiles"][4] > 0:
            yield (
                name,
                text(
                    "A few values of {column} are far above all others, up to {high}. Look whether they are "
                    "right.",
                    column=name,
                    high=amount(high),
                ),
            )
