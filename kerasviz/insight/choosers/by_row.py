"""By the values of a row."""

from __future__ import annotations

from kerasviz.insight.own import Own
from kerasviz.insight.samples.sampleparts import Part
from kerasviz.insight.samples.samples import Samples, Taken
from kerasviz.insight.samples.tablerows import Value


def fits(own: Own) -> bool:
    """Whether samples are the rows of a table."""
    return own.samples is not None and own.samples.rows is not None


def choose(values: dict[str, Value], part: Part | None = None, index: int = 0, *, samples: Samples) -> Taken:
    """Takes a row of the data with other values in some columns.

    Args:
        values: By the name of their column; null where one is missing.
        part: Of the row; a typical row is taken where it is null.
        index: Of the row in its part.
        samples: Those that there are.

    Raises:
        RequestError: With code `no_row`, where samples are no rows, or a column can't hold the value.
    """
    rows, row = samples.row(part, index)
    original = Taken(rows.arrays(row)) if part is None else samples.take(part, index)
    if not values:
        return original
    return Taken(rows.arrays(rows.with_values(row, values)), original=original)
