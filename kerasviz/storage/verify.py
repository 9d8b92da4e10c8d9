"""Reads a file back that has just been written, before it takes the place of the old one."""

import zlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kerasviz.protocol.text import text
from kerasviz.storage.container import open_container

if TYPE_CHECKING:
    import keras

_Checksum = tuple[tuple[int, ...], int]
"""Of an array: its shape and its CRC-32."""


def verify(model: "keras.Model", path: Path, by_layer: bool) -> None:
    """Looks that a file holds the model.

    Args:
        model: What was saved.
        path: The new file.
        by_layer: Whether layers choose what they write: one with LoRA writes the merged kernel.

    Raises:
        OSError: When a weight is not in it as it is in the model, as with a full disk or a broken one.
    """
    import keras

    with ThreadPoolExecutor(1) as other:  # most of the time it waits for the process that reads the file
        stored = other.submit(_stored, path)
        written = [
            (name, _checksum(value))
            for name, weight in (_written(model) if by_layer else ((w.path, w) for w in model.weights))
            if "bfloat16" not in str((value := keras.ops.convert_to_numpy(weight)).dtype)
        ]
    found = stored.result()
    for name, checksum in written:
        if found is not None and checksum not in found:
            raise OSError(
                text("The file did not keep {weight}. The disk may be full or damaged.", weight=name)
            )


def _stored(path: Path) -> set[_Checksum] | None:
    """The checksums of all arrays of a file; None where it holds no weights."""
    with open_container(path) as container:
        weights = container.weights
        if weights is None:
            return None
        return {
            _checksum(weights.read(name))
            for name, (shape, dtype) in weights.arrays.items()
            if shape is not None and dtype != "bfloat16"
        }


def _checksum(value: np.ndarray) -> _Checksum:
    return value.shape, zlib.crc32(np.ascontiguousarray(value).data)


def _written(model: "keras.Model") -> Iterator[tuple[str, Any]]:
    """What each layer writes of itself, with a name for it."""
    for layer in model._flatten_layers():
        store: dict[str, Any] = {}
        layer.save_own_variables(store)
        yield from ((f"{layer.name}/{key}", value) for key, value in store.items())
