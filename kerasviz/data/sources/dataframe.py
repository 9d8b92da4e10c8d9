"""A table in the kernel."""

from __future__ import annotations

from typing import Any

from kerasviz.data.dataset import Table, TableName
from kerasviz.data.frames import as_frame, table_of
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text
from kerasviz.writing.expressions import is_identifier
from kerasviz.writing.snippet import Snippet


def load(name: TableName, *, namespace: dict[str, Any]) -> Table:
    """A table among the variables of the kernel: a DataFrame of pandas or Polars, or a table of PyArrow.

    Args:
        name: The variable that holds it.
        namespace: The user's variables.

    Returns:
        Its rows as they are; an index with a name is a column.

    Raises:
        RequestError: With code `no_data`, when there is no such table.
    """
    if not isinstance(name, str) or name not in namespace:
        raise _no_name(name)
    return table_of(as_frame(namespace[name], name), name)


def code(name: TableName) -> Snippet:
    """Names the variable that holds the table, which a script has to make."""
    if not isinstance(name, str) or not is_identifier(name):
        raise _no_name(name)
    return Snippet(("table = " + name,), (), {"table": "table"})


def _no_name(name: object) -> RequestError:
    return RequestError(
        "no_data",
        text(
            "Expected the name of a table in the kernel. Received: {name}. Run the cell that makes it, or "
            "choose another.",
            name=f"{name!r:.80}",
        ),
    )
