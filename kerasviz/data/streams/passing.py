"""The first batches as they pass, which somebody else takes: none of them is taken for this."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from kerasviz.backend import pipelines
from kerasviz.backend.toldelements import watched
from kerasviz.data.streams.changes import leaves
from kerasviz.data.streams.elements import whole_batch
from kerasviz.data.streams.firstbatches import joined
from kerasviz.data.streams.passedon import passed_on

logger = logging.getLogger(__name__)

BATCHES, BYTES = 50, 2**24
"""What is kept, at most."""


class PassingBatches:
    """Keeps copies of the first batches that pass.

    Args:
        name: What a person calls the batches.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._kept: dict[int, tuple[Any, Any]] = {}
        self._bytes = 0
        self._is_full = False
        self._lock = threading.Lock()

    def through(self, batches: Any) -> Any:
        """The same batches, of which the first are kept as somebody takes them.

        Args:
            batches: What `fit` takes. What processes of Keras read stays as it is: it is not in this one.
        """
        if pipelines.is_pipeline(batches):
            return watched(batches, BATCHES, self._keep)
        return passed_on(batches, self._each, lambda number: self._noted(number, batches[number]))

    @property
    def count(self) -> int:
        """How many batches are kept."""
        return len(self._kept)

    def samples(self) -> tuple[Any, ...] | None:
        """The samples of these batches, `(x, y)` or `(x,)`; None where there are none, or no such arrays."""
        with self._lock:
            pairs = [self._kept[number] for number in sorted(self._kept)]
        if not pairs:
            return None
        try:
            x, y = (joined([pair[at] for pair in pairs])[0] for at in range(2))
        except (ValueError, LookupError):  # batches of several structures
            return None
        return (x,) if y is None else (x, y)

    def _each(self, batches: Iterable[Any]) -> Iterator[Any]:
        return (self._noted(number, batch) for number, batch in enumerate(batches))

    def _noted(self, number: int, batch: Any) -> Any:
        self._keep(number, batch)
        return batch

    def _keep(self, number: int, batch: Any) -> None:
        if self._is_full or number in self._kept:
            return
        try:
            element = whole_batch(tuple(batch) if isinstance(batch, list) else batch, self._name)
            pair = _copied(element.x), _copied(element.y)
        except Exception:  # whatever the user's code gives: training says what is wrong with it
            logger.debug("A batch is not looked at", exc_info=True)
            self._is_full = True
            return
        with self._lock:
            self._kept[number] = pair
            self._bytes += sum(part.nbytes for part in leaves(list(pair)) if part is not None)
            self._is_full = len(self._kept) >= BATCHES or self._bytes > BYTES


def _copied(value: Any) -> Any:
    """Arrays of their own: what makes batches may write the next one into the same memory."""
    if isinstance(value, dict):
        return {key: _copied(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_copied(part) for part in value]
    return None if value is None else np.array(value)
