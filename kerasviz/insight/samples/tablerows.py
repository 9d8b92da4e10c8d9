"""Rows of a table as samples: what is in one, what a person may put in its place, and what becomes of it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from kerasviz.data.dataset import Table
from kerasviz.data.preparation.byinput import Place
from kerasviz.data.preparation.chains import changed
from kerasviz.data.preparation.filledarrays import Written
from kerasviz.data.preparation.keraslayer import as_words
from kerasviz.data.preparation.rowblocks import Block, blocks, is_missing
from kerasviz.data.preparation.tabular import Learned
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text

if TYPE_CHECKING:
    from kerasviz.protocol.preview import PreviewColumn

Value = str | float | bool | None
"""Of one cell, as a page has it; None where it is missing."""

TRUE = {"True": 1.0, "False": 0.0}
"""What booleans are as numbers."""
LONGEST = 100_000
"""Characters of a cell."""


@dataclass(frozen=True)
class Rows:
    """The rows of a table, which the steps of the preparation have learned from.

    Attributes:
        table: The table.
        known: What was learned of it.
        places: Which columns go to which input.
        widths: How many values each column becomes.
    """

    table: Table
    known: Learned
    places: Sequence[Place]
    widths: Mapping[str, int]

    @property
    def names(self) -> list[str]:
        """The columns that inputs take, in the order of the table."""
        taken = {name for place in self.places for name in place.columns}
        return [name for name in self.known.roles.features if name in taken]

    def row(self, part: int, number: int) -> Block:
        """Reads a row as it is before any step.

        Args:
            part: The part that it is in.
            number: Its number among the rows of the part.
        """
        return self.some(part, np.array([number]))

    def some(self, part: int, numbers: np.ndarray) -> Block:
        """Reads rows as they are before any step.

        Args:
            part: The part that they are in.
            numbers: Their numbers among the rows of the part, ascending.
        """
        wanted = np.flatnonzero(self.known.parts == part)[numbers]
        found: list[Block] = []
        start, kinds = 0, self.known.seen.kinds
        for block in blocks(self.table, self.names):
            end = start + len(next(iter(block.values())))
            here = wanted[(wanted >= start) & (wanted < end)] - start
            if len(here):
                found.append({name: as_kind(values[here], kinds[name]) for name, values in block.items()})
            start = end
            if start > wanted[-1]:
                return {name: np.concatenate([one[name] for one in found]) for name in self.names}
        raise RequestError("no_sample", text("{name} has fewer rows than before.", name=self.table.name))

    def typical(self) -> Block:
        """A row that there need not be: medians, most frequent classes, and the first text and date."""
        block = self.row(0, 0)
        return self.with_values(block, {name: self._typical(name, block) for name in self.names})

    def with_values(self, block: Block, values: Mapping[str, Value]) -> Block:
        """Puts other values into a row.

        Args:
            block: The row.
            values: By the name of their column.

        Raises:
            RequestError: With code `no_row`, for a column that there is not, or what can't be in one.
        """
        unknown = next((name for name in values if name not in block), None)
        if unknown is not None:
            raise RequestError(
                "no_row", text("The model does not use column {column}.", column=repr(unknown))
            )
        return {**block, **{name: self._cell(name, value) for name, value in values.items()}}

    def arrays(self, block: Block) -> dict[Any, np.ndarray]:
        """Prepares rows as for training.

        Args:
            block: Of the rows.

        Returns:
            An array `(rows, ...)` for each input, by its name, or by position.
        """
        count = len(next(iter(block.values())))
        done = {name: changed(self.known.chains[name], values) for name, values in block.items()}
        written = Written(self.places, self.widths, np.zeros(count, "int8"), on_disk=False)
        written.write(0, done)
        x = written.of(0)
        return x if isinstance(x, dict) else {0: x}

    def column(self, name: str) -> PreviewColumn:
        """What is in a column."""
        return self.known.seen.column(name)

    def value(self, name: str, block: Block) -> Value:
        """What a row has in a column, for a page."""
        cell = block[name][0]
        if self.known.seen.kinds[name] == "date":
            return None if np.isnat(cell) else moment(cell)
        if self.known.seen.kinds[name] == "words":
            return None if cell is None else str(cell)
        if not math.isfinite(cell):
            return None
        if self.column(name)["kind"] == "category":
            names = [one["name"] for one in self.column(name)["classes"]]
            return next((known for known in names if _number(known) == cell), str(cell))
        return float(cell)

    def _typical(self, name: str, block: Block) -> Value:
        column = self.column(name)
        if column["kind"] == "number" and column["quantiles"]:
            median = column["quantiles"][2]
            return float(round(median)) if name in self.known.seen.whole else median
        if column["classes"]:
            return column["classes"][0]["name"]
        return self.value(name, block)

    def _cell(self, name: str, value: Value) -> Any:
        """An array of one value, of the kind that the column is read as."""
        kind = self.known.seen.kinds[name]
        missing = value is None or value == ""
        if kind == "words":
            return np.array([None if missing else _short(str(value))], dtype=object)
        if kind == "date":
            return np.array([np.datetime64("NaT", "ns") if missing else _date(name, value)])
        return np.array([np.nan if missing else self._number(name, value)], dtype="float64")

    def _number(self, name: str, value: Value) -> float:
        number = _number(value)
        if number is None:
            raise RequestError(
                "no_row",
                text(
                    "Column {column} expects a number, not {value}.",
                    column=repr(name),
                    value=f"{value!r:.80}",
                ),
            )
        return number


def as_kind(values: Any, kind: str) -> Any:
    """Makes of a column what it was when steps learned of it: a file may hold whole numbers where text was.

    Args:
        values: As `rowblocks.as_column` made it.
        kind: `words`, `date`, or else numbers.
    """
    import pandas as pd

    if kind == "words":
        if values.dtype == object:
            return values
        return np.where(is_missing(values), None, as_words(values).astype(object))
    if kind == "date":
        return pd.to_datetime(pd.Series(values), errors="coerce").to_numpy("datetime64[ns]")
    if values.dtype.kind in "OM":
        return pd.to_numeric(pd.Series(values), errors="coerce").to_numpy("float64")
    return values


def moment(cell: Any) -> str:
    """A date for a page, with the time of the day where it is not midnight."""
    day, _, time = str(np.datetime_as_string(cell, unit="s")).partition("T")
    return day if time == "00:00:00" else f"{day}T{time}"


def _number(value: Any) -> float | None:
    try:
        return TRUE[value] if isinstance(value, str) and value in TRUE else float(value)
    except (TypeError, ValueError):
        return None


def _date(name: str, value: Any) -> Any:
    import pandas as pd

    try:
        return pd.Timestamp(str(value)).to_datetime64().astype("datetime64[ns]")
    except (ValueError, OverflowError):
        raise RequestError(
            "no_row",
            text(
                "Column {column} expects a date such as 2024-12-31, not {value}.",
                column=repr(name),
                value=f"{value!r:.80}",
            ),
        ) from None


def _short(value: str) -> str:
    if len(value) > LONGEST:
        raise RequestError(
            "no_text", text("The text has more than {most} characters. Shorten it.", most=LONGEST)
        )
    return value
