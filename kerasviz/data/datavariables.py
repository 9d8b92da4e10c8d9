"""The user's variables that hold data, for the page to offer."""

from __future__ import annotations

from typing import Any

from kerasviz.backend.usernamespace import shown
from kerasviz.data.arraylike import described
from kerasviz.data.frames import is_table
from kerasviz.data.streams.batchkinds import batches_kind
from kerasviz.data.streams.sparse import is_sparse
from kerasviz.protocol import Array


def list_variables(namespace: dict[str, Any]) -> list[Array]:
    """Lists the arrays, tables and batches of a namespace; nothing is read or computed.

    Args:
        namespace: The user's variables, which may hold anything; what raises is left out.
    """
    found = []
    for name, value in shown(namespace).items():
        try:
            told = _told(name, value)
        except BaseException:  # code of anybody's class may raise anything, also an interrupt: it is left out
            continue
        found += [] if told is None else [told]
    return found


def _told(name: str, value: object) -> Array | None:
    if (kind := batches_kind(value)) is not None:
        return Array(name=name, kind="batches", shape=[], dtype=kind)
    if is_sparse(value):
        matrix: Any = value
        rows, columns = matrix.shape
        return Array(
            name=name, kind="array", shape=[int(rows), int(columns)], dtype=f"{matrix.dtype}, sparse"
        )
    if (array := described(value)) is None:
        return None
    return Array(name=name, kind="table" if is_table(value) else "array", shape=array[0], dtype=array[1])
