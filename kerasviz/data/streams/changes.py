"""What batches have to be changed in, so that a model takes them."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from types import GeneratorType
from typing import Any

import numpy as np

from kerasviz.backend import pipelines
from kerasviz.data.sampleorder import SampleOrder
from kerasviz.data.streams.batchkinds import is_py_dataset
from kerasviz.data.streams.passedon import PassedOn
from kerasviz.data.streams.reader import Reader


@dataclass(frozen=True)
class Change:
    """What is done to an array of each batch.

    Attributes:
        shape: Of the samples afterwards; None where it stays.
        classes: How many of them class numbers are made one-hot for.
    """

    shape: tuple[int, ...] | None = None
    classes: int | None = None

    @property
    def draws(self) -> bool:
        """Whether what is done depends on the batches before."""
        return False

    def of_array(self, array: Any) -> Any:
        """Changes an array of a batch."""
        if self.classes is not None:
            return np.eye(self.classes, dtype="float32")[np.asarray(array).reshape(-1).astype("int64")]
        return array if self.shape is None else np.asarray(array).reshape(-1, *self.shape)

    def of_tensor(self, tensor: Any) -> Any:
        """Changes a tensor of TensorFlow in a pipeline."""
        if self.classes is not None:
            return pipelines.one_hot(tensor, self.classes)
        return tensor if self.shape is None else pipelines.reshaped(tensor, self.shape)


def changes(before: Any, after: Any) -> list[Change]:
    """Tells what was done to each array of a batch.

    Args:
        before: Array, or a list or dict of arrays.
        after: The same arrays as a model takes them.
    """
    return [_change(one, other) for one, other in zip(leaves(before), leaves(after), strict=True)]


def _change(before: Any, after: Any) -> Change:
    shape = tuple(after.shape)  # of an array, or of a tensor, which text is by now
    if before.shape == shape:
        return Change()
    if before.size == math.prod(shape):
        return Change(shape=shape[1:])
    return Change(classes=after.shape[-1])


def leaves(value: Any) -> list[Any]:
    """The arrays in a list or dict of them, or the one that it is."""
    if isinstance(value, dict):
        return [leaf for part in value.values() for leaf in leaves(part)]
    if isinstance(value, (list, tuple)):
        return [leaf for part in value for leaf in leaves(part)]
    return [value]


def changed(batches: Any, of: Sequence[Change]) -> Any:
    """Changes each batch.

    Args:
        batches: What gives batches, in any of the kinds that there are.
        of: The changes of the inputs and the targets, in their order; sample weights stay as they are.
    """
    if all(change == Change() for change in of):
        return batches
    if pipelines.is_pipeline(batches):
        in_turn = any(change.draws for change in of)
        return pipelines.mapped(batches, lambda *parts: _each(parts, iter(of), _of_tensor), in_turn=in_turn)
    if is_py_dataset(batches):
        return PassedOn(batches, partial(_numbered, of, batches))  # can be pickled
    if type(batches) is GeneratorType:
        return (_batch(of, batch) for batch in batches)
    return pipelines.loader_through(batches, lambda each: map(lambda batch: _batch(of, batch), each))


def _batch(of: Sequence[Change], batch: Any) -> Any:
    return _each(batch, iter(of), _of_array)


def _numbered(of: Sequence[Change], batches: Any, number: int) -> Any:
    return _batch(of, batches[number])


def _of_array(change: Change, array: Any) -> Any:
    return change.of_array(array)


def _of_tensor(change: Change, tensor: Any) -> Any:
    return change.of_tensor(tensor)


def _each(value: Any, of: Iterator[Change], change: Callable[[Change, Any], Any]) -> Any:
    if isinstance(value, dict):
        return {key: _each(part, of, change) for key, part in value.items()}
    if isinstance(value, (list, tuple)):
        return tuple(_each(part, of, change) for part in value)
    return value if value is None else change(next(of, Change()), value)


class ChangedReader:
    """A `Reader` whose batches are changed.

    Args:
        reader: Reads the samples.
        of: The changes of the inputs and the targets, in their order.
    """

    def __init__(self, reader: Reader, of: Sequence[Change]) -> None:
        self._reader = reader
        self._of = of
        self.targets = reader.targets

    def read(self, numbers: np.ndarray) -> Any:
        """Some samples as they lie."""
        return self._reader.read(numbers)

    def part(self, numbers: np.ndarray) -> ChangedReader:
        """Some of the samples."""
        return ChangedReader(self._reader.part(numbers), self._of)

    def fitted_to(self, shape: tuple[int | None, ...]) -> ChangedReader:
        """They are as a model takes them."""
        return self

    def batches(self, order: SampleOrder) -> Any:
        """Changed batches."""
        return changed(self._reader.batches(order), self._of)
