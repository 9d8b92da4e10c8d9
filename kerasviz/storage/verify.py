"""Reads a file back that has just been written, before it takes the place of the old one."""

import collections
import zlib
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kerasviz.storage.container import open_container

if TYPE_CHECKING:
    import keras


def verify(model: "keras.Model", path: Path) -> None:
    """Looks that a file holds the model.

    Args:
        model: What was saved.
        path: The new file.

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
    for variable in model.weights:
        if "bfloat16" in str(variable.dtype):
            continue
        value = np.ascontiguousarray(np.asarray(variable))
        if not stored[tuple(variable.shape), zlib.crc32(value.data)]:
            raise OSError(f"The file did not keep {variable.path}; the disk may be full or damaged.")
