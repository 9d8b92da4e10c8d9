"""What Keras said of calls, remembered by their content."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from typing import Any

import keras

from kerasviz.analysis.symbolic import Outcome

SIZE = 20_000
"""Calls that are remembered, so that an undone edit costs nothing; about 1 kB each."""


class Outcomes:
    """Outcomes by what they depend on, the same for every model of this process and the models inside it.

    May be used from several threads.
    """

    def __init__(self) -> None:
        self._found: OrderedDict[Hashable, Outcome | None] = OrderedDict()
        self._world: Any = None
        self._generation = 0
        self._lock = threading.Lock()

    def generation(self) -> int:
        """Forgets everything when what a name or a default stands for may have changed.

        Returns:
            A number that is another one from then on.
        """
        registered = dict(keras.saving.get_custom_objects())
        world = (registered, keras.config.floatx(), keras.config.image_data_format())
        with self._lock:
            if world != self._world:
                self._world = world
                self._generation += 1
                self._found.clear()
            return self._generation

    def __contains__(self, key: Hashable) -> bool:
        return key in self._found

    def get(self, key: Hashable) -> Outcome | None:
        """Returns an outcome, or None where only that the layer can be made is known."""
        with self._lock:
            if key in self._found:
                self._found.move_to_end(key)
            return self._found.get(key)

    def remember(self, key: Hashable, outcome: Outcome | None) -> None:
        """Keeps an outcome, and forgets the one that was not asked for the longest."""
        with self._lock:
            self._found[key] = outcome
            if len(self._found) > SIZE:
                self._found.popitem(last=False)


OUTCOMES = Outcomes()
