"""CSV or TSV file."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from kerasviz.data.dataset import FilePath, Table
from kerasviz.data.delimited.ascode import unknown_code
from kerasviz.data.delimited.dialect import Chosen
from kerasviz.data.delimited.textfile import TextFile
from kerasviz.data.files.located import located, refused
from kerasviz.data.files.seen import Keep
from kerasviz.protocol.text import text
from kerasviz.writing.snippet import Snippet


def load(
    file: FilePath,
    delimiter: str | None = None,
    encoding: str | None = None,
    decimal: Literal[".", ","] | None = None,
    thousands: str | None = None,
    header: bool | None = None,
    missing: list[str] | None = None,
    comment: str | None = None,
    quote: str | None = None,
    dates: str | None = None,
    skip: int | None = None,
    *,
    folder: Path,
    keep: Keep,
) -> Table:
    """A table as text, also packed as gz, bz2, xz or zip. What is not said is found out.

    Args:
        file: The file.
        delimiter: Between values: a comma, a semicolon, a tab, a blank for any number of blanks, ...
        encoding: Of the characters, such as `utf-8`, `cp1252` or `utf-16`.
        decimal: Whether numbers have a decimal point or a decimal comma.
        thousands: Between groups of three digits.
        header: Whether the first row has the names of the columns.
        missing: What stands where a value is missing.
        comment: What lines begin with that are no rows.
        quote: Around values.
        dates: How dates are written that are not as 2024-12-31, in Python's terms, such as `%d.%m.%Y`.
        skip: Lines before the first row, such as a title.
        folder: Of the document.
        keep: Keeps the code; told again when all of the file was read.

    Returns:
        Its rows. Columns of numbers, dates and truth values are such, others are strings. Columns without a
        name, and of the same name, get one.

    Raises:
        RequestError: With code `no_data`, where the file holds no table.
    """
    said = _said(delimiter, decimal, thousands, header, missing, comment, quote, dates, skip)
    found = TextFile(located(file, folder), encoding or None, said)

    def keep_code() -> None:
        keep(found.code(file))

    keep_code()
    return found.table(keep_code)


def code(
    file: FilePath,
    delimiter: str | None,
    encoding: str | None,
    decimal: str | None,
    thousands: str | None,
    missing: list[str] | None,
    skip: int | None,
    *,
    known: Snippet | None,
) -> Snippet:
    """Writes what `load` does, with what it found out when it was called last."""
    if known is not None:
        return known
    options: dict[str, str | int | list[str] | None] = {
        "sep": delimiter or None,
        "decimal": decimal,
        "thousands": thousands or None,
        "na_values": missing,
        "skiprows": skip,
        "encoding": encoding or None,
    }
    return unknown_code(str(file), options)


def _said(
    delimiter: str | None,
    decimal: str | None,
    thousands: str | None,
    header: bool | None,
    missing: list[str] | None,
    comment: str | None,
    quote: str | None,
    dates: str | None,
    skip: int | None,
) -> Chosen:
    """What a person says.

    Raises:
        RequestError: With code `no_data`, where a mark is no single character.
    """
    for name, mark in (("delimiter", delimiter), ("quote", quote)):
        if mark and (len(mark) != 1 or not mark.isascii() or mark in "\r\n"):
            raise refused(
                text("Expected one character as {name}. Received: {value}.", name=name, value=repr(mark))
            )
    marks = None if missing is None else ("", *map(str, missing))
    return Chosen(delimiter or None, decimal, thousands, header, marks, comment, quote, dates or None, skip)
