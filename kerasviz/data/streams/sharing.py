"""Batches of the user's, of which each of several workers computes a part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import keras

from kerasviz.backend import pipelines
from kerasviz.backend.batchshare import Share
from kerasviz.data.streams.changes import leaves
from kerasviz.data.streams.passedon import passed_on
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text


def cut_batches(batches: Any, share: Share) -> Any:
    """The part of each batch that this worker computes.

    Args:
        batches: What `fit` takes.
        share: Which of the workers this is.

    Raises:
        RequestError: With code `no_data`, for batches that others take ahead of their turn.
    """
    if pipelines.is_pipeline(batches):
        raise RequestError(
            "no_data",
            text(
                "Workers can't share a tf.data.Dataset. Give the batches as a keras.utils.PyDataset, or "
                "choose a file or arrays."
            ),
        )

    def cut(batch: Any) -> Any:
        where = share.of(next((len(part) for part in leaves(batch) if part is not None), 0))
        return keras.tree.map_structure(lambda part: None if part is None else part[where], batch)

    def each(taken: Iterable[Any]) -> Iterator[Any]:
        return map(cut, taken)

    return passed_on(batches, each, lambda number: cut(batches[number]))
