"""A table as text, opened in a script that leaves out what is no row."""

from __future__ import annotations

from dataclasses import dataclass

from kerasviz.data.delimited.dialect import Dialect
from kerasviz.writing.expressions import Expression, call, lay_out, literal

_OPENED = {"gzip": "gzip", "bzip2": "bz2", "xz": "lzma"}
WINDOWS = "windows"
"""What a script calls the way to read bytes that are no UTF-8 as `charset.repaired` does."""
WINDOWS_LINES = (
    f'codecs.register_error("{WINDOWS}", lambda error: (',
    '    error.object[error.start : error.end].decode("cp1252", "replace"), error.end',
    "))",
)


@dataclass(frozen=True)
class Stored:
    """How the characters of a table are stored.

    Attributes:
        encoding: Of the characters.
        errors: What is done with bytes that are none, as of `bytes.decode`; None where all are some.
        packing: How the file is packed; None where it is not.
        member: The name of the table in an archive; None where it is in none.
        alone: Whether the archive holds nothing else.
    """

    encoding: str
    errors: str | None
    packing: str | None
    member: str | None
    alone: bool


def opened(file: str, stored: Stored) -> tuple[Expression, tuple[str, ...]]:
    """Writes how a file is opened as text.

    Returns:
        The expression, and the imports that it needs.
    """
    options: dict[str, Expression] = {
        "encoding": literal("utf-8-sig" if stored.encoding == "utf-8" else stored.encoding),
        **({"errors": literal(stored.errors)} if stored.errors else {}),
        "newline": literal(""),
    }
    if stored.member is not None:
        return call("io.TextIOWrapper", in_archive(file, stored.member), **options), (
            "import io",
            "import zipfile",
        )
    if stored.packing:
        module = _OPENED[stored.packing]
        return call(f"{module}.open", literal(file), literal("rt"), **options), (f"import {module}",)
    return call("open", literal(file), **options), ()


def in_archive(file: str, member: str) -> Expression:
    """Writes how the bytes of a table in an archive are opened."""
    return f"zipfile.ZipFile({literal(file)}).open({literal(member)})"


def row_lines(file: str, stored: Stored, dialect: Dialect) -> tuple[list[str], tuple[str, ...]]:
    """Writes how the rows are taken that have a value for each column.

    Returns:
        Statements that give `rows`, a text file with commas, and the imports that they need.
    """
    source, imports = opened(file, stored)
    steps = []
    if dialect.skip:
        steps.append(f"lines = itertools.islice(lines, {dialect.skip}, None)")
        imports = (*imports, "import itertools")
    if dialect.comment:
        mark = literal(dialect.comment)
        steps.append(f"lines = (line for line in lines if not line.startswith({mark}))")
    if dialect.delimiter == " ":
        steps.append('lines = (" ".join(line.split()) for line in lines)')
    options: dict[str, Expression] = {}
    if dialect.delimiter != ",":
        options["delimiter"] = literal(dialect.delimiter)
    if not dialect.quote:
        options["quoting"] = "csv.QUOTE_NONE"
    elif dialect.quote != '"':
        options["quotechar"] = literal(dialect.quote)
    if dialect.padded:
        options["skipinitialspace"] = "True"
    found = "found[1:]" if dialect.header else "found"
    return [
        *lay_out(source, "with ", " as lines:" if not steps else " as file:"),
        *(["    lines = file"] if steps else []),
        *(f"    {step}" for step in steps),
        *lay_out(call("csv.reader", "lines", **options), "found = [row for row in ", " if row]", 4),
        "rows = io.StringIO()",
        f"csv.writer(rows).writerows(row for row in {found} if len(row) == {len(dialect.columns)})",
        "rows.seek(0)",
    ], (*imports, "import csv", "import io")
