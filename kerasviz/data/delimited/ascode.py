"""A table as text, read in a script."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kerasviz.data.delimited.dialect import Dialect
from kerasviz.data.delimited.opencode import WINDOWS, WINDOWS_LINES, Stored, in_archive, row_lines
from kerasviz.data.delimited.rowreader import RowReader
from kerasviz.protocol.text import text
from kerasviz.writing.expressions import Expression, Group, call, lay_out, literal, sequence
from kerasviz.writing.snippet import Snippet

_PANDAS = "import pandas as pd"


def known_code(file: str, stored: Stored, dialect: Dialect, reader: RowReader, plain: bool) -> Snippet:
    """Writes how pandas reads a file that was looked at.

    Args:
        file: Its path.
        stored: Its characters.
        dialect: How it is written.
        reader: Of its rows, which knows the types of the columns.
        plain: Whether pandas leaves out by itself what is no row.
    """
    options: dict[str, Expression] = {
        "header": literal(0 if dialect.header and plain else None),
        "names": _list(dialect.columns),
        "na_values": _list(dialect.missing),
        "keep_default_na": "False",
    }
    imports: tuple[str, ...] = (_PANDAS,)
    lines: list[str] = []
    if stored.errors == WINDOWS:
        lines += WINDOWS_LINES
        imports = ("import codecs", *imports)
    source: Expression = literal(file)
    if not plain:
        before, needed = row_lines(file, stored, dialect)
        lines += before
        source, imports = "rows", (*needed, *imports)
    else:
        if stored.member is not None and not stored.alone:
            source, imports = in_archive(file, stored.member), ("import zipfile", *imports)
        options = {**_plain_options(stored, dialect), **options}
        imports = imports if dialect.quote else ("import csv", *imports)
    if dialect.decimal != ".":
        options["decimal"] = literal(dialect.decimal)
    texts = reader.words if dialect.padded else []
    words = [*dict.fromkeys([*sorted(dialect.codes), *reader.flags, *texts])]
    if words:
        options["dtype"] = _dict((name, "str") for name in words)
    dates = {name: written for name, written in reader.dates.items() if name not in reader.utc}
    if dates:
        options["parse_dates"] = _list(dates)
        same = len(set(dates.values())) == 1
        options["date_format"] = (
            literal(next(iter(dates.values())))
            if same
            else _dict((name, literal(written)) for name, written in dates.items())
        )
    lines += lay_out(call("pd.read_csv", source, **options), "table = ")
    if dialect.unnamed_and_empty:
        lines += lay_out(call("table.drop", columns=_list(sorted(dialect.unnamed_and_empty))), "table = ")
    for name in reader.utc:
        column = f"table[{literal(name)}]"
        lines += lay_out(
            call("pd.to_datetime", column, format=literal(reader.dates[name]), utc="True"), f"{column} = "
        )
    for name in texts:
        lines.append(f"table[{literal(name)}] = table[{literal(name)}].str.strip()")
    for name, flags in reader.flags.items():
        lines += _numbers(literal(name), dialect, flags)
    return Snippet(tuple(lines), tuple(dict.fromkeys(imports)), {"table": "table"})


def _plain_options(stored: Stored, dialect: Dialect) -> dict[str, Expression]:
    """What pandas is told of a file that it opens itself."""
    options: dict[str, Expression] = {
        "sep": literal(r"\s+" if dialect.delimiter == " " else dialect.delimiter)
    }
    if not dialect.quote:
        options["quoting"] = "csv.QUOTE_NONE"
    elif dialect.quote != '"':
        options["quotechar"] = literal(dialect.quote)
    if stored.encoding != "utf-8":
        options["encoding"] = literal(stored.encoding)
    if stored.errors:
        options["encoding_errors"] = literal(stored.errors)
    if dialect.skip:
        options["skiprows"] = literal(dialect.skip)
    if dialect.comment:
        options["comment"] = literal(dialect.comment)
    if dialect.padded:
        options["skipinitialspace"] = "True"
    if stored.packing and stored.alone:
        options["compression"] = literal({"bzip2": "bz2"}.get(stored.packing, stored.packing))
    return options


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


def _dict(items: Iterable[tuple[str, str]]) -> Group:
    return Group("", "{}", tuple((f"{literal(name)}: ", value) for name, value in items))
