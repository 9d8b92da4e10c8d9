"""Callbacks that only the first worker has: what they compute, no other worker computes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras

from kerasviz.backend.distribution.placement import Placement

Logs = dict[str, float] | None


class OnlyHere(keras.callbacks.Callback):  # type: ignore[misc]
    """Calls other callbacks apart: JAX would wait for the other workers where one makes a variable.

    Args:
        callbacks: Those that measure and keep.
        placement: Where the model lies.
    """

    def __init__(self, callbacks: Sequence[keras.callbacks.Callback], placement: Placement) -> None:
        super().__init__()
        self._callbacks = callbacks
        self._placement = placement

    def set_params(self, params: dict[str, Any]) -> None:
        """Passes on what Keras says of the `fit`."""
        super().set_params(params)
        for callback in self._callbacks:
            callback.set_params(params)

    def set_model(self, model: Any) -> None:
        """Passes on the model."""
        super().set_model(model)
        for callback in self._callbacks:
            callback.set_model(model)

    def on_train_begin(self, logs: Logs = None) -> None:
        """Calls those of the others."""
        self._call("on_train_begin", logs)

    def on_train_batch_begin(self, batch: int, logs: Logs = None) -> None:
        """Calls those of the others."""
        self._call("on_train_batch_begin", batch, logs)

    def on_train_batch_end(self, batch: int, logs: Logs = None) -> None:
        """Calls those of the others."""
        self._call("on_train_batch_end", batch, logs)

    def on_epoch_begin(self, epoch: int, logs: Logs = None) -> None:
        """Calls those of the others."""
        self._call("on_epoch_begin", epoch, logs)

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        """Calls those of the others."""
        self._call("on_epoch_end", epoch, logs)

    def on_train_end(self, logs: Logs = None) -> None:
        """Calls those of the others."""
        self._call("on_train_end", logs)

    def _call(self, hook: str, *args: Any) -> None:
        with self._placement.apart():
            for callback in self._callbacks:
                getattr(callback, hook)(*args)
