"""Rows of a table as a DataFrame."""

from __future__ import annotations

import copy
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kerasviz.data.delimited.datestyle import ISO, all_written
from kerasviz.data.delimited.dialect import Dialect
from kerasviz.data.delimited.wordnumbers import as_numbers, has_flags
from kerasviz.protocol.text import text, text_n

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

_TOLD = 5
"""Columns that are told one by one."""
_BLOCK = 2**24
"""Bytes that PyArrow takes at once."""


class RowReader:
    """Reads rows with PyArrow, whose reader is faster than that of pandas.

    Args:
        dialect: How the table is written.
        sample: Some of its rows, which tell the types of the columns.

    Attributes:
        left_out: Rows with another number of values than there are columns, so far.
        flags: Columns of numbers that are written as words, and whether letters stand behind them.
        dates: Columns of dates, with how these are written, as of `pd.to_datetime`.
        utc: Columns of dates that name their time zone.
        words: Columns of words.
        empty: Columns without a value in these rows.
        replaced: How many values of a column were none of its kind, so far, by its name.
    """

    def __init__(self, dialect: Dialect, sample: bytes) -> None:
        import pyarrow as pa

        self.left_out = 0
        self.replaced: dict[str, int] = {}
        self._dialect = dialect
        self._kept = [name for name in dialect.columns if name not in dialect.unnamed_and_empty]
        self._types = dict.fromkeys(dialect.codes, pa.string())
        self.flags: dict[str, bool] = {}
        table = self._parse(sample)
        self.empty = {name for name in table.column_names if table[name].null_count == len(table)}
        for name in table.column_names:
            kind = table.schema.field(name).type
            if pa.types.is_null(kind) or pa.types.is_time(kind):
                kind = pa.string()
            if pa.types.is_date(kind):
                kind = pa.timestamp("s")
            self._types[name] = kind
            if pa.types.is_string(kind) and name not in dialect.codes:
                column = table[name].cast(pa.string())
                flags = has_flags(column, dialect.decimal, dialect.thousands)
                if flags is not None:
                    self.flags[name] = flags
        stamps = [name for name in self._kept if pa.types.is_timestamp(self._types[name])]
        self.dates = self._date_formats(sample, stamps)
        self.utc = [name for name in stamps if self._types[name].tz]
        self.words = [
            name for name in self._kept if pa.types.is_string(self._types[name]) and name not in self.flags
        ]

    @property
    def kinds(self) -> tuple[Any, ...]:
        """What stands in the columns, as far as it is told by how they are read."""
        return self._types, self.flags, self.dates, self.utc, self.words

    def filled_below(self, tables: Iterable[pa.Table]) -> bool:
        """Whether columns that were empty in the first rows have values in parts that were parsed."""
        return any(table[name].null_count < len(table) for table in tables for name in self.empty)

    def fresh(self) -> RowReader:
        """Another that knows the same types, and has left out nothing so far."""
        other = copy.copy(self)
        other.left_out, other.replaced = 0, {}
        return other

    def read(self, rows: bytes, whole: bool) -> pd.DataFrame:
        """Reads rows.

        Args:
            rows: Whole rows, as `blocks` gives them.
            whole: Whether there are no more than these, so that the types of the columns are what they say.
        """
        import pyarrow as pa

        table = self.parse(rows)
        if table is not None:
            return self.frame(table)
        if whole:
            codes = dict.fromkeys(self._dialect.codes, pa.string())
            return self.frame(self._parse(rows, codes))
        return self.frame(
            self._replaced(self._parse(rows, dict.fromkeys(self._dialect.columns, pa.string())))
        )

    def parse(self, rows: bytes) -> pa.Table | None:
        """Parses rows; None where a value is not of the type of its column. For any thread."""
        import pyarrow as pa

        before = self.left_out
        try:
            return self._parse(rows, self._types)
        except pa.ArrowInvalid:
            self.left_out = before
            return None

    def joined(self, tables: list[pa.Table]) -> pd.DataFrame:
        """A DataFrame of parts that were parsed."""
        import pyarrow as pa

        return self.frame(pa.concat_tables(tables))

    def notes(self) -> list[str]:
        """What was left out so far, for people."""
        notes: list[str] = []
        if self.left_out:
            notes.append(
                text_n(
                    "{n} row has another number of values than there are columns, and is left out.",
                    "{n} rows have another number of values than there are columns, and are left out.",
                    self.left_out,
                )
            )
        if len(self.replaced) > _TOLD:
            notes.append(
                text(
                    "{count} columns have values that are not of the kind of the others, and are taken as "
                    "missing, first of all {column}.",
                    count=len(self.replaced),
                    column=next(iter(self.replaced)),
                )
            )
        for column, count in self.replaced.items() if len(self.replaced) <= _TOLD else ():
            notes.append(
                text_n(
                    "{n} value of {column} is not of the kind of the others, and is taken as missing.",
                    "{n} values of {column} are not of the kind of the others, and are taken as missing.",
                    count,
                    column=column,
                )
            )
        return notes

    def _parse(self, rows: bytes, types: dict[str, pa.DataType] | None = None) -> pa.Table:
        import pyarrow as pa
        from pyarrow import csv

        dialect = self._dialect
        types = self._types if types is None else types
        if not rows or rows.isspace():
            return pa.table({name: pa.array([], types.get(name, pa.string())) for name in self._kept})
        return csv.read_csv(
            pa.BufferReader(rows),
            csv.ReadOptions(
                column_names=list(dialect.columns), block_size=min(len(rows) + 1, _BLOCK), use_threads=False
            ),
            csv.ParseOptions(
                delimiter=dialect.delimiter,
                quote_char=dialect.quote or False,
                newlines_in_values=dialect.quote != "" and dialect.quote.encode() in rows,
                invalid_row_handler=self._leave_out,
            ),
            csv.ConvertOptions(
                include_columns=self._kept,
                column_types=types,
                null_values=list(dialect.missing),
                strings_can_be_null=True,
                decimal_point=dialect.decimal,
                timestamp_parsers=[csv.ISO8601, *dialect.dates],
                true_values=["true", "True", "TRUE"],
                false_values=["false", "False", "FALSE"],
            ),
        )

    def _date_formats(self, sample: bytes, columns: list[str]) -> dict[str, str]:
        """How each column of dates is written."""
        import pyarrow as pa

        if not self._dialect.dates:
            return dict.fromkeys(columns, "ISO8601")
        before = self.left_out
        words = self._parse(sample, dict.fromkeys(columns, pa.string()))
        self.left_out = before
        return {name: self._date_format(words[name].drop_null().to_pylist()) for name in columns}

    def _date_format(self, words: list[str]) -> str:
        ways = () if all(map(ISO.fullmatch, words)) else self._dialect.dates
        return next((written for written in ways if all_written(words, written)), "ISO8601")

    def _leave_out(self, row: Any) -> str:
        self.left_out += 1
        return "skip"

    def _replaced(self, words: pa.Table) -> pa.Table:
        """Words as what their column holds elsewhere; what is no such value is missing."""
        import pyarrow as pa

        columns = []
        for name, column in zip(words.column_names, words.columns, strict=True):
            kind = self._types[name]
            found = column
            if pa.types.is_integer(kind) or pa.types.is_floating(kind):
                found = as_numbers(column, self._dialect.decimal, "")
            elif not pa.types.is_string(kind):
                found = _cast(column, kind, self._dialect.dates)
            self._lost(name, found.null_count - column.null_count)
            columns.append(found)
        return pa.table(columns, names=words.column_names)

    def _lost(self, name: str, count: int) -> None:
        if count:
            self.replaced[name] = self.replaced.get(name, 0) + count

    def frame(self, table: pa.Table) -> pd.DataFrame:
        """A DataFrame of rows that were parsed."""
        import pyarrow as pa
        from pyarrow import compute

        dialect = self._dialect
        for at, name in enumerate(table.column_names):
            column = table[name]
            if pa.types.is_time(column.type):
                column = column.cast(pa.string())
            if not pa.types.is_string(column.type):
                continue
            if name in self.flags:
                words = column
                column = as_numbers(words, dialect.decimal, dialect.thousands, self.flags[name])
                self._lost(name, column.null_count - words.null_count)
            elif dialect.padded:
                column = compute.utf8_trim_whitespace(column)
            table = table.set_column(at, name, column)
        frame: pd.DataFrame = table.to_pandas(date_as_object=False, split_blocks=True, self_destruct=True)
        return frame


def _cast(column: pa.ChunkedArray, kind: pa.DataType, formats: Iterable[str]) -> pa.ChunkedArray:
    """Words as dates or truth values, each on its own."""
    import pandas as pd
    import pyarrow as pa

    words = column.to_pandas()
    if pa.types.is_boolean(kind):
        found = words.str.lower().map({"true": True, "false": False})
        return pa.chunked_array([pa.array(found, pa.bool_(), from_pandas=True)])
    utc = getattr(kind, "tz", None) is not None
    best = pd.to_datetime(words, errors="coerce", format="ISO8601", utc=utc)
    for written in formats:
        best = best.fillna(pd.to_datetime(words, errors="coerce", format=written, utc=utc))
    return pa.chunked_array([pa.array(best, kind, from_pandas=True, safe=False)])
