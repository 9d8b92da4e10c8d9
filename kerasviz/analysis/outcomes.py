"""A cache of what Keras said about calls, by their content."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Any

import keras

from kerasviz.analysis.symbolic import Outcome

SIZE = 20_000
"""Calls in the cache, so that undo costs nothing; about 1 kB each."""


class Outcomes:
    """Outcomes by what they depend on, shared by all models of this process and their nested models.

    May be used from several threads.
    """

    def __init__(self) -> None:
        self._found: OrderedDict[Hashable, Outcome | None] = OrderedDict()
        self._world: Any = None
        self._generation = 0
        self._lock = threading.Lock()

    def generation(self) -> int:
        """Clears the cache if the meaning of a name or a default may have changed.

        Returns:
            A number that changes whenever the cache is cleared.
        """
        registered = dict(keras.saving.get_custom_objects())
        world = (
            registered,
            keras.config.floatx(),
            keras.config.image_data_format(),
            keras.config.dtype_policy().name,
            keras.distribution.distribution(),
        )
        with self._lock:
            if world != self._world:
                self._world = world
                self._generation += 1
                self._found.clear()
            return self._generation

    def __contains__(self, key: Hashable) -> bool:
        return key in self._found

    def get(self, key: Hashable) -> Outcome | None:
        """Returns an outcome, or None if all that is known is that the layer can be made."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
            return self._found.get(key)

    def remember(self, key: Hashable, outcome: Outcome | None) -> None:
        """Stores an outcome, and drops the least recently used one."""
        with self._lock:
            self._found[key] = outcome
            if len(self._found) > SIZE:
                self._found.popitem(last=False)


OUTCOMES = Outcomes()
