"""Dates in a table that is divided at random: the model learns from days after those that it is tested on."""

from __future__ import annotations

from collections.abc import Iterator

from kerasviz.data.preview.tablefacts import TableFacts
from kerasviz.protocol.text import text

_MANY = 30
_DAY = 1


def ask(facts: TableFacts) -> Iterator[tuple[str | None, str]]:
    """Asks about dates that have not come yet, and about time that a split mixes."""
    import pandas as pd

    for name, column in facts.dates.items():
        dates = column.dropna()
        now = pd.Timestamp.now(tz=dates.dt.tz)
        later = int((dates > now + pd.Timedelta(days=_DAY)).sum())
        if later and later < len(dates) / 2:
            yield (
                name,
                text(
                    "{column} has dates that have not come yet, up to {last}.",
                    column=name,
                    last=str(dates.max().date()),
                ),
            )
    timed = [
        name for name in facts.dates if name not in facts.targets and facts.known[name]["distinct"] >= _MANY
    ]
    for name in timed[:1]:
        ordered = facts.dates[name].dropna().is_monotonic_increasing
        if facts.held_out_by in ("share", "by_class") or (facts.validates_last and not ordered):
            yield (
                name,
                text(
                    "Training would see days after those that validate. Where the future is to be predicted, "
                    "split by time, by {column}.",
                    column=name,
                ),
            )
