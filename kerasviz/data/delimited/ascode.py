"""A table as text, read in a script."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kerasviz.data.delimited.dialect import Dialect
from kerasviz.data.delimited.rowreader import RowReader
from kerasviz.protocol.text import text
from kerasviz.writing.expressions import Expression, Group, call, lay_out, literal, sequence
from kerasviz.writing.snippet import Snippet

_PANDAS = "import pandas as pd"


def known_code(file: str, encoding: str, packing: str | None, dialect: Dialect, reader: RowReader) -> Snippet:
    """Writes how pandas reads a file that was looked at."""
    options: dict[str, Expression] = {
        "sep": literal(r"\s+" if dialect.delimiter == " " else dialect.delimiter),
        "header": literal(0 if dialect.header else None),
        "names": _list(dialect.columns),
        "na_values": _list(dialect.missing),
        "keep_default_na": "False",
    }
    if not dialect.quote:
        options["quoting"] = "csv.QUOTE_NONE"
    elif dialect.quote != '"':
        options["quotechar"] = literal(dialect.quote)
    if encoding != "utf-8":
        options["encoding"] = literal(encoding)
    elif reader.mixed:
        options["encoding_errors"] = literal("replace")
    if dialect.decimal != ".":
        options["decimal"] = literal(dialect.decimal)
    if dialect.skip:
        options["skiprows"] = literal(dialect.skip)
    if len(dialect.comment) == 1:
        options["comment"] = literal(dialect.comment)
    if dialect.padded:
        options["skipinitialspace"] = "True"
    if packing:
        options["compression"] = literal({"bzip2": "bz2"}.get(packing, packing))
    words = [*sorted(dialect.codes), *reader.flags]
    if words:
        options["dtype"] = Group("", "{}", tuple((f"{literal(name)}: ", "str") for name in words))
    if reader.dates:
        options["parse_dates"] = _list(reader.dates)
        if dialect.dates:
            options["date_format"] = literal(dialect.dates[0])
    lines = lay_out(call("pd.read_csv", literal(file), **options), "table = ")
    if dialect.unnamed_and_empty:
        lines += lay_out(call("table.drop", columns=_list(sorted(dialect.unnamed_and_empty))), "table = ")
    for name, flags in reader.flags.items():
        lines += _numbers(literal(name), dialect, flags)
    imports = (_PANDAS,) if dialect.quote else ("import csv", _PANDAS)
    return Snippet(tuple(lines), imports, {"table": "table"})


def unknown_code(file: str, options: Mapping[str, str | int | list[str] | None]) -> Snippet:
    """Writes how pandas reads a file of which is known only what a person said."""
    said: dict[str, Expression] = {
        name: _list(value) if isinstance(value, list) else literal(value)
        for name, value in options.items()
        if value is not None
    }
    note = text("How {file} is written is not known here before its data is looked at.", file=repr(file))
    lines = lay_out(call("pd.read_csv", literal(file), **said), "table = ")
    return Snippet(tuple(lines), (_PANDAS,), {"table": "table"}, (note,))


def _numbers(name: str, dialect: Dialect, flags: bool) -> list[str]:
    """Makes numbers of words, as `wordnumbers.as_numbers` does."""
    lines = [f"words = table[{name}]"]
    if flags:
        lines.append('words = words.str.replace(r" +[a-z]{1,3}$", "", regex=True)')
    lines.append(r'words = words.str.replace(r"[$€£¥%\s]", "", regex=True)')
    for mark, other in ((dialect.thousands.strip(), ""), (dialect.decimal, ".")):
        if mark and mark != other:
            lines.append(f"words = words.str.replace({literal(mark)}, {literal(other)}, regex=False)")
    return [*lines, f'table[{name}] = pd.to_numeric(words, errors="coerce")']


def _list(values: Iterable[str]) -> Group:
    return sequence([literal(value) for value in values])
