"""Excel workbook."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from kerasviz.data.dataset import FilePath, Table
from kerasviz.data.delimited.headers import has_header
from kerasviz.data.delimited.marks import ALWAYS
from kerasviz.data.files.located import located, refused
from kerasviz.data.files.seen import Keep
from kerasviz.data.frames import column_names, table_of
from kerasviz.protocol.text import all_of, text
from kerasviz.writing.expressions import Expression, call, lay_out, literal, sequence
from kerasviz.writing.snippet import Snippet

if TYPE_CHECKING:
    import pandas as pd

_MOST = 2**30
"""Bytes of a workbook, unpacked."""
_ROWS = 50
"""Rows among which the first one is looked for."""


def load(
    file: FilePath,
    sheet: str | None = None,
    header: bool | None = None,
    skip: int | None = None,
    *,
    folder: Path,
    keep: Keep,
) -> Table:
    """A sheet of a workbook (xlsx; xls and ods where pandas has what reads them).

    Args:
        file: The file.
        sheet: Name of the sheet; the first one with a table where nothing is said.
        header: Whether the first row has the names of the columns; found out where nothing is said.
        skip: Rows before the first one, such as a title; found out where nothing is said.
        folder: Of the document.
        keep: Keeps the code.

    Returns:
        Its rows, as the cells were computed last. Rows and columns without any value are left out.

    Raises:
        RequestError: With code `no_data`, where it is no workbook, or the sheet is empty.
    """
    path = located(file, folder)
    name, cells = _cells(path, sheet or None)
    filled = cells.notna().sum(axis=1).to_numpy()
    first = _first(filled) if skip is None else skip
    body = cells.iloc[first:].dropna(how="all").dropna(axis=1, how="all")
    if body.empty:
        raise refused(text("The sheet {sheet} of {file} is empty.", sheet=name, file=path.name))
    words = [
        ["" if value is None else str(value) for value in row] for row in body.head(_ROWS).to_numpy(None)
    ]
    words = body.head(_ROWS).astype(object).where(body.head(_ROWS).notna(), "").astype(str)
    named = has_header(words.to_numpy().tolist(), body.shape[1]) if header is None else header
    names = column_names(words.iloc[0] if named else [None] * body.shape[1])
    frame = body.iloc[int(named) :].set_axis(list(names), axis=1).infer_objects()
    keep(_code(file, name, first, named, names, cells.shape == body.shape))
    return table_of(frame, path.name, found={"sheet": name, "header": bool(named), "skip": int(first)})


def code(
    file: FilePath, sheet: str | None, header: bool | None, skip: int | None, *, known: Snippet | None
) -> Snippet:
    """Writes what `load` does, with what it found out when it was called last."""
    if known is not None:
        return known
    options: dict[str, Expression] = {"sheet_name": literal(sheet or 0)}
    if header is False:
        options["header"] = "None"
    if skip:
        options["skiprows"] = literal(skip)
    lines = lay_out(call("pd.read_excel", literal(file), **options), "table = ")
    return Snippet(tuple(lines), ("import pandas as pd",), {"table": "table"})


def _cells(path: Path, sheet: str | None) -> tuple[str, pd.DataFrame]:
    """The name of the sheet, and its cells."""
    import pandas as pd

    try:
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as archive:
                unpacked = sum(info.file_size for info in archive.infolist())
            if unpacked > _MOST:
                size = _MOST // 2**30
                raise refused(
                    text("{file} is larger than {size} GB when unpacked.", file=path.name, size=size)
                )
        with pd.ExcelFile(path) as book:
            names = [str(name) for name in book.sheet_names]
            if sheet is not None and sheet not in names:
                raise refused(
                    text(
                        "{file} has no sheet {sheet}. There are {names}.",
                        file=path.name,
                        sheet=repr(sheet),
                        names=all_of(names[:20]),
                    )
                )
            for name in names if sheet is None else [sheet]:
                cells = book.parse(name, header=None, keep_default_na=False, na_values=list(ALWAYS))
                if cells.notna().to_numpy().sum() > 1 or sheet is not None:
                    return name, cells
    except ImportError as error:
        package = getattr(error, "name", None) or str(error)
        raise refused(
            text("Reading {file} needs another package in this kernel.", file=path.name), package
        ) from None
    except (ValueError, KeyError, OSError, zipfile.BadZipFile, TypeError, SyntaxError, EOFError) as error:
        raise refused(
            text("{file} is not an Excel workbook, or it is damaged.", file=path.name), f"{error}"
        ) from None
    raise refused(text("{file} is empty.", file=path.name))


def _first(filled: object) -> int:
    """The row with which the table begins: the first one that is at least half as full as the fullest."""
    import numpy as np

    counts = np.asarray(filled)
    head = counts[:_ROWS]
    return int(np.argmax(head * 2 >= max(2, counts.max(initial=0)))) if len(head) else 0


def _code(file: str, sheet: str, first: int, header: bool, names: tuple[str, ...], whole: bool) -> Snippet:
    """Writes how pandas reads a sheet; `whole` where no row or column of it is left out."""
    options: dict[str, Expression] = {
        "sheet_name": literal(sheet),
        "header": "None",
        "keep_default_na": "False",
        "na_values": sequence([literal(mark) for mark in ALWAYS]),
    }
    lines = lay_out(call("pd.read_excel", literal(file), **options), "table = ")
    if not whole:
        lines.append(f'table = table.iloc[{first}:].dropna(how="all").dropna(axis=1, how="all")')
    if header:
        lines.append("table = table.iloc[1:]")
    lines += lay_out(sequence([literal(name) for name in names]), "table.columns = ")
    lines.append("table = table.infer_objects().reset_index(drop=True)")
    return Snippet(tuple(lines), ("import pandas as pd",), {"table": "table"})
