"""Python objects as files for another process of this user, which maps the file of arrays into its memory."""

from __future__ import annotations

import io
import mmap
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import cloudpickle
import numpy as np

ALIGNMENT = 64
"""Bytes at whose multiples arrays begin, as NumPy likes it."""
Writer = Callable[[pickle.PickleBuffer], None]


class Buffers:
    """The memory of arrays, one after the other in a file.

    Args:
        file: Open for writing, empty.
    """

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.places: list[tuple[int, int]] = []

    def add(self, buffer: pickle.PickleBuffer) -> None:
        """Writes one, without a copy in memory."""
        raw = buffer.raw()
        start = self._file.tell()
        start += -start % ALIGNMENT
        self._file.seek(start)
        self._file.write(raw)
        self.places.append((start, raw.nbytes))


def pickled(value: Any, write: Writer | None) -> bytes:
    """Pickles a value; classes and functions of the notebook are in it whole, with what they use.

    Args:
        value: Anything.
        write: Takes the memory of its arrays; None where the bytes are to hold them.

    Raises:
        Exception: Whatever a value raises that can't be taken to another process.
    """
    out = io.BytesIO()
    _Pickler(out, protocol=5, buffer_callback=write).dump(value)
    return out.getvalue()


def mapped(path: Path, places: list[tuple[int, int]]) -> list[memoryview]:
    """The memory of arrays in a file, read as it is used. What is changed in it stays in this process.

    Args:
        path: Of a file that `Buffers` wrote; it may be removed as soon as this returns.
        places: Of its buffers.
    """
    if not path.stat().st_size:
        return [memoryview(bytearray()) for _ in places]
    with open(path, "rb") as file:
        whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY))
    return [whole[start : start + size] for start, size in places]


class _Pickler(cloudpickle.Pickler):  # type: ignore[misc]
    """Leaves arrays that are mapped from a file where they are."""

    def reducer_override(self, value: Any) -> Any:
        if isinstance(value, np.memmap):
            place = _file_of(value)
            if place is not None:
                return _map_again, place
            return np.asarray, (np.asarray(value),)  # with its memory beside, as of any array
        return super().reducer_override(value)


def _file_of(array: np.memmap) -> tuple[str, str, int, tuple[int, ...]] | None:
    """Where an array lies in its file; None where the file does not have these numbers."""
    file: Any = getattr(array, "filename", None)
    whole: Any = array
    while isinstance(whole, np.ndarray):  # of a part, the base is another array
        whole = whole.base
    if (
        file is None
        or not isinstance(whole, mmap.mmap)
        or array.mode == "c"
        or not array.flags.c_contiguous
        or not array.size
    ):
        return None
    if array.dtype.hasobject or not os.path.isfile(file):
        return None
    array.flush()
    begin = np.frombuffer(whole, np.uint8).__array_interface__["data"][0]
    mapped_from = array.offset - array.offset % mmap.ALLOCATIONGRANULARITY
    offset = mapped_from + array.__array_interface__["data"][0] - begin
    if offset + array.nbytes > os.path.getsize(file):
        return None
    return os.path.abspath(file), array.dtype.str, offset, array.shape


def _map_again(file: str, dtype: str, offset: int, shape: tuple[int, ...]) -> np.memmap:
    return np.memmap(file, np.dtype(dtype), "c", offset, shape)
