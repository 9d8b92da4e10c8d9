"""How a table is written: its delimiter, quotes, numbers, dates and marks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kerasviz.data.delimited.datestyle import date_formats
from kerasviz.data.delimited.delimiters import find_delimiter, is_spaced, split_rows
from kerasviz.data.delimited.headers import has_header
from kerasviz.data.delimited.marks import marks_among
from kerasviz.data.delimited.numberstyle import decimal_of, thousands_of
from kerasviz.data.delimited.preamble import comment_of, lines_before, without_comments, without_declaration
from kerasviz.data.delimited.wordnumbers import starts_with_zero
from kerasviz.data.files.located import refused
from kerasviz.data.frames import column_names
from kerasviz.protocol.text import text

MOST_COLUMNS = 100_000
ROW_NAMES = "rownames"
"""The column that R writes first, and has no name for."""


Columns = Sequence[tuple[str, Sequence[str]]]
"""Names of columns, each with its first values."""


@dataclass(frozen=True)
class Chosen:
    """What a person says of how a file is written; None is found out."""

    delimiter: str | None = None
    decimal: str | None = None
    thousands: str | None = None
    header: bool | None = None
    missing: tuple[str, ...] | None = None
    comment: str | None = None
    quote: str | None = None
    dates: str | None = None
    skip: int | None = None


@dataclass(frozen=True)
class Dialect:
    """How a table is written.

    Attributes:
        delimiter: Between values; a blank stands for any number of them.
        quote: Around values; empty where quotes are letters like others.
        decimal: `.` or `,`.
        thousands: Between groups of digits; empty where there is none.
        header: Whether the first row has the names.
        missing: What stands where a value is missing.
        comment: What lines begin with that are no rows; empty where there are none.
        dates: Formats of dates beside those of ISO, as of `strptime`.
        skip: Lines before the first row.
        columns: Names.
        line_breaks: Whether values with line breaks were seen.
        padded: Whether blanks stand around values.
        spaced: Whether blanks stand before values in quotes.
        codes: Columns whose digits are no numbers: `01067` is none.
        unnamed_and_empty: Columns that are only a delimiter at the end of each row.
    """

    delimiter: str
    quote: str
    decimal: str
    thousands: str
    header: bool
    missing: tuple[str, ...]
    comment: str
    dates: tuple[str, ...]
    skip: int
    columns: tuple[str, ...]
    line_breaks: bool
    padded: bool
    spaced: bool
    codes: frozenset[str]
    unnamed_and_empty: frozenset[str]


def find_dialect(head: str, chosen: Chosen, name: str) -> Dialect:
    """Finds out how a table is written.

    Args:
        head: The beginning of the file, whole lines.
        chosen: What a person says of it.
        name: Of the file.

    Raises:
        RequestError: With code `no_data`, where it does not look like a table.
    """
    skip = chosen.skip or 0
    lines = head.split("\n", skip)
    body = lines[skip] if len(lines) > skip else ""
    declared, delimiter, body = without_declaration(body)
    skip += declared
    comment = comment_of(body) if chosen.comment is None else chosen.comment
    written, body = body, without_comments(body, comment) if comment else body
    if not body.strip():
        raise refused(text("{file} is empty.", file=name))
    style = find_delimiter(body, chosen.delimiter or delimiter, chosen.quote)
    if style is None:
        raise refused(
            text(
                "{file} does not look like a table. Say which delimiter stands between its values.", file=name
            )
        )
    skip, body = skip + (lines_before(written, comment, style.preamble) if style.preamble else 0), style.body
    rows = split_rows(body, style.delimiter, style.quote)
    if max(map(len, rows)) > MOST_COLUMNS:
        raise refused(
            text(
                "{file} has more than {count} columns. If its rows are columns, turn it.",
                file=name,
                count=f"{MOST_COLUMNS:,}",
            )
        )
    header = has_header(rows, style.width) if chosen.header is None else chosen.header
    columns = _columns(rows, header, style.width)
    spaced = is_spaced(body, style.delimiter, style.quote)
    values = list(zip(*(row for row in rows[header:] if len(row) == len(columns)), strict=True))
    decimal = chosen.decimal or decimal_of(values, style.delimiter)
    thousands = thousands_of(values, decimal) if chosen.thousands is None else chosen.thousands
    missing = marks_among(values, decimal, thousands) if chosen.missing is None else chosen.missing
    by_name = list(zip(columns, values, strict=False))
    dates = (chosen.dates,) if chosen.dates else date_formats(values, missing)
    return Dialect(
        delimiter=style.delimiter,
        quote=style.quote,
        decimal=decimal,
        thousands=thousands,
        header=header,
        missing=missing,
        comment=comment,
        dates=dates,
        skip=skip,
        columns=columns,
        line_breaks=any("\n" in value for row in rows for value in row),
        padded=spaced or any(value != value.strip() for column in values for value in column),
        spaced=spaced,
        codes=frozenset(name for name, column in by_name if starts_with_zero(column)),
        unnamed_and_empty=frozenset(_unnamed_and_empty(rows[0], header, by_name)),
    )


def _columns(rows: list[list[str]], header: bool, width: int) -> tuple[str, ...]:
    """Names for the columns, each another."""
    if not header:
        return column_names([None] * width)
    names = [value.strip() for value in rows[0]]
    names[0] = names[0].lstrip("# ")
    if len(names) == width - 1:
        ends = any(row[-1].strip() for row in rows[1:] if len(row) == width)
        names = [ROW_NAMES, *names] if ends else [*names, ""]
    elif not names[0] and width > 1:
        names[0] = ROW_NAMES
    return column_names(names)


def _unnamed_and_empty(first: list[str], header: bool, columns: Columns) -> Iterator[str]:
    """Names of columns at the end that have none in the file, and no values."""
    for at in range(len(columns) - 1, 0, -1):
        name, values = columns[at]
        if any(map(str.strip, values)) or not header or "".join(first[at:]).strip():
            return
        yield name
