"""A table in the kernel."""

from __future__ import annotations

from typing import Any

from kerasviz.data.dataset import Table, TableName
from kerasviz.data.frames import as_frame, table_of
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text


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
        raise RequestError(
            "no_data",
            text(
                "Expected the name of a table in the kernel. Received: {name}. Run the cell that makes it, "
                "or choose another.",
                name=f"{name!r:.80}",
            ),
        )
    return table_of(as_frame(namespace[name], name), name)
