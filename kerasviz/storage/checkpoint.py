"""TensorFlow checkpoints, read without TensorFlow.

A checkpoint is an index, a table of sorted keys as LevelDB has it, and data files with the values one after
the other. Source: tensorflow/core/util/tensor_bundle/tensor_bundle.h and
tensorflow/core/protobuf/tensor_bundle.proto.
"""

import functools
import math
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kerasviz.config.budget import most, way_on
from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.protocol.text import text
from kerasviz.storage.container import open_regular

MAGIC = 0xDB4775248B80FB57
FOOTER = 48
MAX_INDEX_BYTES = 2**22
"""Length of an index, in which a variable takes about a hundred bytes."""
MAX_KEYS_BYTES = 2**24
"""Length of all keys, of which the index holds only what differs from the one before."""
DTYPES = {1: "<f4", 2: "<f8", 3: "<i4", 4: "|u1", 6: "|i1", 9: "<i8", 10: "|b1", 19: "<f2"}
"""NumPy's names of TensorFlow's DataType numbers."""
OBJECTS = "_CHECKPOINTABLE_OBJECT_GRAPH"
"""The key under which TensorFlow 2 has the objects of a checkpoint, and the names of their variables."""
MAX_OBJECTS_BYTES = 2**24
"""Length of that, in which a variable takes about two hundred bytes."""


@dataclass(frozen=True)
class Entry:
    """Where the value of a variable is.

    Attributes:
        dtype: NumPy's name of its type, or None when it is no number.
        shape: Its shape.
        shard: Number of the data file.
        offset: Its place there, in bytes.
        size: Its length, in bytes.
    """

    dtype: str | None
    shape: tuple[int, ...]
    shard: int
    offset: int
    size: int


class Checkpoint:
    """The variables of a checkpoint.

    Args:
        path: The `.index` file.

    Attributes:
        entries: Where each value is, by its key.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._prefix = Path(path).with_suffix("")
        with open_regular(path) as file:
            longest = most(MAX_INDEX_BYTES, "seconds")
            data = file.read(longest + 1)
        if len(data) > longest:
            raise ModelFileError(
                text(
                    "The index is longer than {most} bytes. {way_on}",
                    most=f"{longest:,}",
                    way_on=way_on("seconds"),
                )
            )
        try:
            self._shards, self.entries = _read_index(data)
        except (IndexError, ValueError, KeyError) as error:
            if isinstance(error, ModelFileError):
                raise
            raise ModelFileError(text("The index of the checkpoint is damaged or cut off.")) from error

    def read(self, key: str) -> np.ndarray:
        """Reads one value.

        Raises:
            ModelFileError: When the data file is absent, or shorter than the index says.
        """
        entry = self.entries[key]
        if entry.dtype is None or math.prod(entry.shape) * np.dtype(entry.dtype).itemsize != entry.size:
            raise ModelFileError(text("{key} in the checkpoint is not an array of numbers.", key=repr(key)))
        return np.frombuffer(self._bytes(entry), entry.dtype).reshape(entry.shape)

    @functools.cached_property
    def names(self) -> dict[str, str]:
        """The names of variables by their keys, `dense/kernel` where a key is but a way there.

        Empty where the checkpoint is of TensorFlow 1, whose keys are the names. Raises a ModelFileError when
        they are damaged. Source: tensorflow/core/protobuf/trackable_object_graph.proto.
        """
        entry = self.entries.get(OBJECTS)
        if entry is None or entry.size > most(MAX_OBJECTS_BYTES, "seconds"):
            return {}
        data = self._bytes(entry)
        found: dict[str, str] = {}
        try:
            length, start = _varint(data, 0)
            start += 4  # the checksum of the length
            for node in _nested(data[start : start + length], 1):
                for attribute in _nested(node, 2):
                    parts = dict(_fields(attribute))
                    name, key = parts.get(2, b""), parts.get(3, b"")
                    if isinstance(name, bytes) and isinstance(key, bytes) and name:
                        found[key.decode("utf-8", "replace")] = name.decode("utf-8", "replace")
        except (IndexError, ValueError, KeyError) as error:
            raise ModelFileError(text("The names in the checkpoint are damaged or cut off.")) from error
        return found

    def _bytes(self, entry: Entry) -> bytes:
        name = f"{self._prefix.name}.data-{entry.shard:05d}-of-{self._shards:05d}"
        path = self._prefix.with_name(name)
        if not path.is_file():
            raise ModelFileError(
                text(
                    "The checkpoint's values are in {file}, which is missing. Put it beside the index.",
                    file=repr(name),
                )
            )
        if entry.offset + entry.size > path.stat().st_size:
            raise ModelFileError(text("{file} is cut off.", file=repr(name)))
        with open(path, "rb") as file:
            file.seek(entry.offset)
            data = file.read(entry.size)
        if len(data) != entry.size:
            raise ModelFileError(text("{file} is cut off.", file=repr(name)))
        return data


def _read_index(data: bytes) -> tuple[int, dict[str, Entry]]:
    if len(data) < FOOTER or int.from_bytes(data[-8:], "little") != MAGIC:
        raise ModelFileError(text("Expected the .index file of a TensorFlow checkpoint."))
    _, place = _handle(data, len(data) - FOOTER)
    (offset, size), _ = _handle(data, place)
    shards, entries = 1, {}
    blocks = keys = 0
    longest = most(MAX_KEYS_BYTES, "gigabytes")
    for _, handle in _block(data, offset, size):
        (inner_offset, inner_size), _ = _handle(handle, 0)
        blocks += inner_size + 1
        if blocks > len(data):
            raise ModelFileError(text("The index of the checkpoint names a block twice."))
        for key, value in _block(data, inner_offset, inner_size):
            keys += len(key)
            if keys > longest:
                raise ModelFileError(
                    text(
                        "The keys are longer than {most} bytes. {way_on}",
                        most=f"{longest:,}",
                        way_on=way_on("gigabytes"),
                    )
                )
            fields = dict(_fields(value))
            if not key:
                first = fields.get(1, 1)
                shards = first if isinstance(first, int) else 1
                continue
            numbers = {name: item for name, item in fields.items() if isinstance(item, int)}
            entries[key.decode("utf-8", "replace")] = Entry(
                DTYPES.get(numbers.get(1, 0)),
                _shape(fields.get(2, b"")),
                *(numbers.get(field, 0) for field in (3, 4, 5)),
            )
    return shards, entries


def _shape(message: int | bytes) -> tuple[int, ...]:
    found = []
    for number, dimension in _fields(message if isinstance(message, bytes) else b""):
        if number == 2 and isinstance(dimension, bytes):
            length = dict(_fields(dimension)).get(1, 0)
            found.append(length if isinstance(length, int) else 0)
    return tuple(found)


def _varint(data: bytes, place: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[place]
        place += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, place
        shift += 7
        if shift > 63:
            raise ValueError(text("A number is too long."))


def _handle(data: bytes, place: int) -> tuple[tuple[int, int], int]:
    offset, place = _varint(data, place)
    size, place = _varint(data, place)
    return (offset, size), place


def _block(data: bytes, offset: int, size: int) -> Iterator[tuple[bytes, bytes]]:
    """Reads the keys and values of a block, whose keys are written as what differs from the one before."""
    block = data[offset : offset + size]
    if data[offset + size] != 0:
        raise ModelFileError(text("The index of the checkpoint is compressed, which TensorFlow never does."))
    end = len(block) - 4 - 4 * int.from_bytes(block[-4:], "little")
    place, key = 0, b""
    while place < end:
        shared, place = _varint(block, place)
        own, place = _varint(block, place)
        length, place = _varint(block, place)
        key = key[:shared] + block[place : place + own]
        yield key, block[place + own : place + own + length]
        place += own + length


def _nested(message: bytes, number: int) -> Iterator[bytes]:
    """Reads the messages in one field of another."""
    yield from (value for found, value in _fields(message) if found == number and isinstance(value, bytes))


def _fields(message: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Reads the fields of a protocol buffer: numbers, and bytes for what is nested."""
    place = 0
    while place < len(message):
        tag, place = _varint(message, place)
        kind = tag & 7
        if kind == 0:
            value, place = _varint(message, place)
            yield tag >> 3, value
        elif kind == 2:
            length, place = _varint(message, place)
            yield tag >> 3, message[place : place + length]
            place += length
        else:
            place += {1: 8, 5: 4}[kind]
