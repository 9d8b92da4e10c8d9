"""Divides arrays in memory, and samples that are read by their number."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

import numpy as np

from kerasviz.data.dataset import Data, Stream
from kerasviz.data.splits import parts_of
from kerasviz.data.splits.splitsamples import TEST, TRAINING, VALIDATION, Samples
from kerasviz.data.streams.reader import Reader
from kerasviz.data.tables import map_arrays
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import Text, all_of, text


def divide(data: Data, chosen: Mapping[str, Any]) -> Data:
    """Divides arrays into those that train, validate and test, as a plan says.

    Args:
        data: Arrays of one row for each sample; their own parts stay, where the source has some.
        chosen: A split, `{"class_name", "config"}`.

    Returns:
        The part that trains, with the others as its `validation` and `test`.

    Raises:
        RequestError: With code `plan`, where these samples can't be divided so.
    """
    if data.validation is not None:
        return dataclasses.replace(data, notes=[*data.notes, _has_validation(data.name)])
    divided = taken_apart(data, part_of_each(data, chosen))
    return divided if divided.test is not None else dataclasses.replace(divided, test=data.test)


def part_of_each(data: Data, chosen: Mapping[str, Any]) -> np.ndarray:
    """The number of the part that each sample goes to, as a plan says.

    Args:
        data: Arrays of one row for each sample.
        chosen: A split, `{"class_name", "config"}`.

    Raises:
        RequestError: With code `plan`, where these samples can't be divided so.
    """
    counts: list[int] = []
    map_arrays(data.y, data.y_name, lambda array, _: counts.append(len(array)))
    return parts_of(chosen, Samples(counts[0], _target(data.y), lambda name: _column(data, name)))


def divide_stream(stream: Stream, chosen: Mapping[str, Any]) -> Stream:
    """Divides samples that are read by their number; of other batches it says that they can't be divided.

    Args:
        stream: Its own parts for validation and test stay, where the source has some.
        chosen: A split, `{"class_name", "config"}`.

    Raises:
        RequestError: With code `plan`, where these samples can't be divided so.
    """
    reader = stream.batches
    if not isinstance(reader, Reader):
        said = text("{name} gives batches, which can't be divided: the split is not used.", name=stream.name)
        return dataclasses.replace(stream, notes=[*stream.notes, said])
    if stream.is_divided:
        said = text(
            "Samples of {name} overlap, so its own shares for validation and test hold, and no other split.",
            name=stream.name,
        )
        return dataclasses.replace(stream, notes=[*stream.notes, said])
    if stream.validation is not None:
        return dataclasses.replace(stream, notes=[*stream.notes, _has_validation(stream.name)])

    def column(name: str) -> Any:
        raise RequestError(
            "plan", text("{name} has no columns to split by. Choose another split.", name=stream.name)
        )

    parts = parts_of(chosen, Samples(len(reader.targets), _target(reader.targets), column))
    rows = {part: np.flatnonzero(parts == part) for part in (TRAINING, VALIDATION, TEST)}
    if not len(rows[TRAINING]):
        raise _nothing_left()
    training, validation, test = (reader.part(some) if len(some) else None for some in rows.values())
    return dataclasses.replace(
        stream,
        batches=training,
        samples=len(rows[TRAINING]),
        validation=validation,
        test=stream.test if test is None else test,
    )


def taken_apart(data: Data, parts: np.ndarray) -> Data:
    """Takes the parts of arrays.

    Args:
        data: Arrays of one row for each sample.
        parts: The part of each sample.
    """

    def of(part: int) -> Data | None:
        rows = np.flatnonzero(parts == part)
        if not len(rows):
            return None

        def take(array: Any, _: str) -> Any:
            return array[rows]

        weights = data.sample_weight
        return dataclasses.replace(
            data,
            x=map_arrays(data.x, data.x_name, take),
            y=map_arrays(data.y, data.y_name, take),
            sample_weight=None if weights is None else map_arrays(weights, "sample_weight", take),
        )

    training = of(TRAINING)
    if training is None:
        raise _nothing_left()
    return dataclasses.replace(training, validation=of(VALIDATION), test=of(TEST))


def _has_validation(name: str) -> Text:
    return text("{name} has samples for validation of its own: the split is not used.", name=name)


def _nothing_left() -> RequestError:
    return RequestError("plan", text("The split leaves no sample to train on. Choose smaller shares."))


def _target(y: Any) -> Any:
    if isinstance(y, (dict, list)):
        y = next(iter(y.values() if isinstance(y, dict) else y), None)
    y = np.asarray(y)
    if y.size == len(y):
        return y.reshape(-1)
    return y.argmax(axis=-1) if y.ndim == 2 else None


def _column(data: Data, name: str) -> Any:
    known = data.x if isinstance(data.x, dict) else {}
    if name not in known:
        raise RequestError(
            "plan",
            text(
                "{name} has no column {column} to split by. Its columns are {known}.",
                name=data.name,
                column=repr(name),
                known=all_of([repr(key) for key in known]),
            )
            if known
            else text("{name} has no columns to split by. Choose another split.", name=data.name),
        )
    column = np.asarray(known[name])
    return column.reshape(len(column), -1)[:, 0]
