"""The part of each batch that one of several workers computes."""

from __future__ import annotations

from typing import Any, TypeVar

T = TypeVar("T")


class Share:
    """Cuts batches. A batch that can't be cut equally is computed whole by each worker.

    Args:
        rank: Which of the workers this is, from 0 on.
        count: How many there are.

    Attributes:
        is_whole: Whether the batch that was cut last is one that each worker computes whole. Keras takes a
            batch and trains on it in turn, so this is the one that it trains on.
        is_cut: Whether the data of this process is its part already.
    """

    def __init__(self, rank: int = 0, count: int = 1) -> None:
        self.rank = rank
        self.count = count
        self.is_whole = False
        self.is_cut = False

    def of(self, samples: int) -> slice:
        """Where the part of this worker is in a batch of so many samples."""
        if self.is_cut:
            return slice(None)
        self.is_whole = samples % self.count != 0
        if self.is_whole:
            return slice(None)
        size = samples // self.count
        return slice(self.rank * size, (self.rank + 1) * size)

    def cut(self, batch: Any) -> Any:
        """The part of a batch, as `fit` takes one: arrays in tuples, lists and dicts."""
        parts: list[Any] = []
        _leaves(batch, parts)
        where = self.of(len(parts[0])) if parts else slice(None)
        return _sliced(batch, where)


def _leaves(value: Any, found: list[Any]) -> None:
    if isinstance(value, (tuple, list)):
        for part in value:
            _leaves(part, found)
    elif isinstance(value, dict):
        for part in value.values():
            _leaves(part, found)
    elif value is not None:
        found.append(value)


def _sliced(value: Any, where: slice) -> Any:
    if isinstance(value, (tuple, list)):
        return type(value)(_sliced(part, where) for part in value)
    if isinstance(value, dict):
        return {name: _sliced(part, where) for name, part in value.items()}
    return None if value is None else value[where]
