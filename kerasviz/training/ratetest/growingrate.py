"""The callback that lets the learning rate grow, and writes down what comes of it."""

from __future__ import annotations

from collections.abc import Sequence

import keras

from kerasviz.backend.ownvariables import take_back
from kerasviz.training.callbacks.recorder import Logs
from kerasviz.training.ratetest.ratepoints import RatePoints


class GrowingRate(keras.callbacks.Callback):  # type: ignore[misc]
    """Sets the rate of each batch before it, and ends `fit` after the last one, or where the loss diverges.

    Args:
        rates: One for each batch.
    """

    def __init__(self, rates: Sequence[float]) -> None:
        super().__init__()
        self._rates = rates
        self._losses: list[float] = []

    @property
    def points(self) -> RatePoints:
        """What was measured so far."""
        losses = self._losses[:]  # another thread may ask
        return RatePoints(self._rates[: len(losses)], losses)

    def on_train_batch_begin(self, batch: int, logs: Logs = None) -> None:
        """Sets the rate, and lets Keras forget the batches before: the loss is to be that of this one."""
        take_back(self.model)
        optimizer = getattr(self.model.optimizer, "inner_optimizer", self.model.optimizer)
        optimizer.learning_rate = self._rates[len(self._losses)]
        self.model.reset_metrics()

    def on_train_batch_end(self, batch: int, logs: Logs = None) -> None:
        """Takes the loss."""
        self._losses.append(float((logs or {})["loss"]))
        if len(self._losses) == len(self._rates) or self.points.diverged:
            self.model.stop_training = True
