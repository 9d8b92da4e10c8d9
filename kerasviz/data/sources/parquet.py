"""Parquet file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kerasviz.data.dataset import FilePath, GoOn, Sampled, Table
from kerasviz.data.files.located import located, refused
from kerasviz.data.frames import column_names
from kerasviz.protocol.text import text
from kerasviz.writing.expressions import call, lay_out, literal
from kerasviz.writing.snippet import Snippet

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

_WHOLE = 2**28
"""Bytes that are read as one part."""
_PART = 2**25
_PLACES = 50
"""Row groups at most of which some rows are looked at."""
_INDEX = re.compile(r"__index_level_\d+__")
"""What pandas writes for the index of a DataFrame that has no name."""


def load(file: FilePath, *, folder: Path) -> Table:
    """A table as pandas, Polars, Spark and others write it, by columns and with their types.

    Args:
        file: The file.
        folder: Of the document.

    Returns:
        Its rows, by parts where they are many.

    Raises:
        RequestError: With code `no_data`, where it is no such file.
    """
    import pyarrow as pa
    from pyarrow.parquet import ParquetFile

    path = located(file, folder)
    try:
        opened = ParquetFile(path)
    except (pa.ArrowException, OSError, ValueError) as error:
        raise refused(text("{file} is not a Parquet file.", file=path.name), str(error)) from None
    given = [name for name in opened.schema_arrow.names if not _INDEX.fullmatch(name)]
    names = column_names(given)

    def read(batches: Iterator[pa.RecordBatch]) -> Iterator[pd.DataFrame]:
        rows = 0
        try:
            for batch in batches:
                frame = _frame(batch).set_axis(list(names), axis=1)
                frame.index += rows
                rows += len(frame)
                yield frame
        except (pa.ArrowException, OSError) as error:
            raise refused(text("{file} is damaged.", file=path.name), str(error)) from None

    def sample(most: int, go_on: GoOn) -> Sampled:
        return _sample(opened, given, names, most, go_on)

    size = opened.metadata.num_rows * max(1, opened.metadata.num_columns) * 8
    rows = max(1, opened.metadata.num_rows if size <= _WHOLE else _PART // max(8, 8 * len(given)))
    return Table(
        name=path.name,
        columns=names,
        parts=lambda: read(opened.iter_batches(rows, columns=given)),
        sample=sample,
    )


def code(file: FilePath) -> Snippet:
    """Writes what `load` does."""
    lines = lay_out(call("pd.read_parquet", literal(file)), "table = ")
    return Snippet(tuple(lines), ("import pandas as pd",), {"table": "table"})


def _sample(opened: ParquetFile, given: list[str], names: tuple[str, ...], most: int, go_on: GoOn) -> Sampled:
    """Some rows of some row groups, from the first to the last."""
    import pandas as pd

    total, groups = opened.metadata.num_rows, opened.metadata.num_row_groups
    chosen = sorted({at * (groups - 1) // max(1, _PLACES - 1) for at in range(_PLACES)}) if groups else []
    starts, parts = [0], []
    for group in range(groups):
        starts.append(starts[-1] + opened.metadata.row_group(group).num_rows)
    for at in chosen if total > most else range(groups):
        go_on(at / groups)
        wanted = max(1, most // len(chosen)) if total > most else max(1, starts[at + 1] - starts[at])
        batch = next(opened.iter_batches(wanted, row_groups=[at], columns=given), None)
        if batch is not None:
            frame = _frame(batch)
            frame.index += starts[at]
            parts.append(frame)
    some = pd.concat(parts) if parts else pd.DataFrame(columns=given)
    return Sampled(some.set_axis(list(names), axis=1), total)


def _frame(batch: pa.RecordBatch) -> pd.DataFrame:
    frame: pd.DataFrame = batch.to_pandas(date_as_object=False, ignore_metadata=True)
    return frame
