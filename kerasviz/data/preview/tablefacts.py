"""What questions about a table look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from kerasviz.data.delimited.worddates import word_dates
from kerasviz.data.facts.classofeach import FEW
from kerasviz.protocol.preview import PreviewColumn

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class TableFacts:
    """A table that was looked at, and what it is for.

    Attributes:
        frame: The rows that were looked at, in their order; the index is their number in the table.
        known: What is in each column, by name.
        rows: Rows of the whole table.
        targets: Columns that are to be learned.
        features: Columns to learn from.
        inner: Arrays of which each sample has many numbers: they are no columns of the frame.
        group: A column that says whose row it is; None where there is none.
        split: How samples are held out, `{"class_name", "config"}`; None where the last ones are.
        validation_split: The share of samples, the last ones, that validate where there is no split.
    """

    frame: pd.DataFrame
    known: Mapping[str, PreviewColumn]
    rows: int
    targets: tuple[str, ...] = ()
    features: tuple[str, ...] = ()
    inner: tuple[str, ...] = ()
    group: str | None = None
    split: Mapping[str, Any] | None = None
    validation_split: float = 0.0

    def is_classes(self, name: str) -> bool:
        """Whether a column holds classes: words, truth values, or a few whole numbers."""
        column = self.known[name]
        if column["kind"] == "category":
            return True
        whole = all(one["name"].removesuffix(".0").lstrip("-").isdigit() for one in column["classes"])
        return column["kind"] == "number" and whole and 0 < column["distinct"] <= FEW

    def is_amount(self, name: str) -> bool:
        """Whether a column holds numbers that are no classes."""
        return self.known[name]["kind"] == "number" and not self.is_classes(name)

    @cached_property
    def dates(self) -> dict[str, pd.Series[Any]]:
        """Columns of dates, by name."""
        found = {name: self.frame[name] for name, column in self.known.items() if column["kind"] == "date"}
        parsed = {name: word_dates(column) for name, column in found.items()}
        return {name: found[name] if dates is None else dates.values for name, dates in parsed.items()}

    @property
    def validates_last(self) -> bool:
        """Whether the last samples are those that validate."""
        return self.split is None and self.validation_split > 0

    @property
    def held_out_by(self) -> str:
        """The name of the split; empty where there is none."""
        return "" if self.split is None else str(self.split.get("class_name"))
