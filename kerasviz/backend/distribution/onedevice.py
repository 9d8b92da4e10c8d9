"""One device that a person chose."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

import keras

from kerasviz.backend.distribution.placement import Placement, placed_at


class OneDevice(Placement):
    """All is computed on one device.

    Args:
        name: As Keras names it.
    """

    def __init__(self, name: str) -> None:
        self.names = (name,)

    def building(self, old: Any = None) -> AbstractContextManager[Any]:
        """What is built in this context lies on the device."""
        return self.training()

    def training(self) -> AbstractContextManager[Any]:
        """What is computed in this context is computed on the device."""
        context: AbstractContextManager[Any] = keras.device(self.names[0])
        return context

    def holds(self, model: Any) -> bool:
        """Whether a model was put on this device alone."""
        there = placed_at(model)
        return isinstance(there, OneDevice) and there.names == self.names
