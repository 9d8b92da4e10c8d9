"""Reads a file back that has just been written, before it takes the place of the old one."""

import collections
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kerasviz.protocol.text import text
from kerasviz.storage.container import open_container

if TYPE_CHECKING:
    import keras


def verify(model: "keras.Model", path: Path, by_layer: bool) -> None:
    """Looks that a file holds the model.

    Args:
        model: What was saved.
        path: The new file.
        by_layer: Whether layers choose what they write: one with LoRA writes the merged kernel.

    Raises:
        OSError: When a weight is not in it as it is in the model, as with a full disk or a broken one.
    """
    with open_container(path) as container:
        if container.weights is None:
            return
        stored: collections.Counter[tuple[tuple[int, ...], int]] = collections.Counter()
        for name, (shape, dtype) in container.weights.arrays.items():
            if shape is not None and dtype != "bfloat16":
                stored[shape, zlib.crc32(container.weights.read(name).data)] += 1
    for name, weight in _written(model) if by_layer else ((weight.path, weight) for weight in model.weights):
        value = np.asarray(weight)
        if "bfloat16" in str(value.dtype):
            continue
        if not stored[value.shape, zlib.crc32(np.ascontiguousarray(value).data)]:
            raise OSError(
                text("The file did not keep {weight}. The disk may be full or damaged.", weight=name)
            )


def _written(model: "keras.Model") -> Iterator[tuple[str, Any]]:
    """What each layer writes of itself, with a name for it."""
    for layer in model._flatten_layers():
        store: dict[str, Any] = {}
        layer.save_own_variables(store)
        yield from ((f"{layer.name}/{key}", value) for key, value in store.items())
