"""What was found out about a table that was looked at: code says it, and is written without a look."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import numpy as np

from kerasviz.data.dataset import Table
from kerasviz.data.preparation.rowblocks import blocks, is_missing
from kerasviz.data.preview.tablelook import look_at_table
from kerasviz.protocol.preview import Preview, PreviewColumn

_MOST = 16
_SEEN: dict[str, SeenTable] = {}

Kind = Literal["number", "date", "words"]


@dataclass(frozen=True)
class SeenTable:
    """A table that was looked at.

    Attributes:
        columns: What is in its columns.
        rows: Rows that were looked at.
        kinds: What each column is read as.
        whole: Columns of whole numbers.
    """

    columns: Sequence[PreviewColumn]
    rows: int
    kinds: Mapping[str, Kind]
    whole: frozenset[str]

    def column(self, name: str) -> PreviewColumn:
        """What is in a column."""
        return next(column for column in self.columns if column["name"] == name)

    def sorted_as(self, name: str) -> str:
        """The type in whose order the classes of a column of words are numbered: `float` or `str`."""
        try:
            numbers = [float(one["name"]) for one in self.column(name)["classes"]]
        except ValueError:
            return "str"
        return "float" if numbers else "str"


def see_table(table: Table, preview: Preview | None = None) -> SeenTable:
    """Looks at a table; where it comes from a source, what is found out is remembered.

    Args:
        table: Any table.
        preview: A look that was taken at it.
    """
    preview = preview or look_at_table(table, lambda share: None)
    names: dict[str, Kind] = {"f": "number", "M": "date"}
    first = next(blocks(table, table.columns), {})
    seen = SeenTable(
        preview["columns"],
        preview["sampled"] or preview["rows"] or 0,
        {name: names.get(values.dtype.kind, "words") for name, values in first.items()},
        frozenset(name for name, values in first.items() if _is_whole(values)),
    )
    if table.source is not None:
        key = _key(table.source, table.folder)
        _SEEN.pop(key, None)
        _SEEN[key] = seen
        while len(_SEEN) > _MOST:
            del _SEEN[next(iter(_SEEN))]
    return seen


def seen_table(source: Mapping[str, Any], folder: Path | None = None) -> SeenTable | None:
    """What is known of the table of a source; None where nobody has looked at it yet.

    Args:
        source: `{"class_name", "config"}`.
        folder: Where the document is; the working directory where it is None.
    """
    return _SEEN.get(_key(source, folder))


def _key(source: Mapping[str, Any], folder: Path | None) -> str:
    where = str((folder or Path.cwd()).resolve())
    return json.dumps([source, where], sort_keys=True, default=repr)


def _is_whole(values: Any) -> bool:
    there = values[~is_missing(values)]
    return values.dtype.kind == "f" and bool((there == np.floor(there)).all())
