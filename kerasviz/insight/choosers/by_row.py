"""By the values of a row."""

from __future__ import annotations

from typing import Literal

from kerasviz.insight.choosers import of_new_data
from kerasviz.insight.own import Own
from kerasviz.insight.samples.sampleparts import Part
from kerasviz.insight.samples.samples import Taken
from kerasviz.insight.samples.tablerows import Value
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text


def fits(own: Own) -> bool:
    """Whether samples are the rows of a table."""
    return own.samples is not None and own.samples.rows is not None


def choose(
    values: dict[str, Value], part: Part | Literal["new"] | None = None, index: int = 0, *, own: Own
) -> Taken:
    """Takes a row of the data, or of new data, with other values in some columns.

    Args:
        values: By the name of their column; null where one is missing.
        part: Of the row, `new` for the data that was predicted last; a typical row is taken where it is null.
        index: Of the row in its part.
        own: Knows the data, and the new data.

    Raises:
        RequestError: With code `no_row`, where samples are no rows, or a column can't hold the value; with
            `no_sample`, where there is no such row.
    """
    if own.samples is None:
        raise RequestError("no_sample", text("Choose data on the Train tab first."))
    known = None
    if part is not None:
        known = of_new_data.choose(index, own=own) if part == "new" else own.samples.take(part, index)
    rows, row = own.row_of(known)
    original = known or Taken(rows.arrays(row))
    if not values:
        return original
    return Taken(rows.arrays(rows.with_values(row, values)), original=original)
