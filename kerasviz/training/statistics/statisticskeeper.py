"""The callback that measures layers now and then."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable
from typing import Any

import keras

from kerasviz.backend.ownvariables import take_back
from kerasviz.protocol.statistics import Measurement
from kerasviz.training.callbacks.recorder import Logs
from kerasviz.training.run.run import Run
from kerasviz.training.statistics.measuring import Measuring

logger = logging.getLogger(__name__)

SHARE = 350
"""Between two measurements passes so many times as long as one takes."""
INTERVAL = 1.0
"""Seconds between two measurements, at least."""
QUICK = 0.1
"""Seconds that nobody notices: what takes no longer is measured after the first epoch, however short."""
FIRST_SHARE = 20
"""What takes longer is measured then if the epoch took so many times as long."""
MOST_AT_END = 1.0
"""Seconds that the measurement before the last may have taken: it may be the first, which is slow."""


class StatisticsKeeper(keras.callbacks.Callback):  # type: ignore[misc]
    """Measures before the first batch, after the first epoch, then so rarely that it costs little, and last.

    The first measurement takes about as long as a step of training, and a fault of a model shows in it: it is
    always made. It comes after the recorder, which counts batches.

    Args:
        run: Is told.
        samples: Takes those on which it measures; None where there are none. Nothing waits for them before.
        twin: Gives the model to measure for the one that trains; by default it is the same.
    """

    def __init__(
        self,
        run: Run,
        samples: Callable[[], tuple[Any, ...] | None],
        twin: Callable[[Any], Any] = lambda model: model,
    ) -> None:
        super().__init__()
        self._run = run
        self._samples = samples
        self._twin = twin
        self._measuring: Measuring | None = None
        self._due = 0.0
        self._took = 0.0
        self._began = 0.0
        self._is_first = True

    def on_train_begin(self, logs: Logs = None) -> None:
        """Measures what the run begins with."""
        self._measure()
        self._began = time.perf_counter()

    def on_train_batch_end(self, batch: int, logs: Logs = None) -> None:
        """Compares one number, thousands of times a second."""
        if time.perf_counter() >= self._due:
            self._measure()

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        """Measures after the first epoch."""
        if not self._is_first:
            return
        self._is_first = False
        trained = time.perf_counter() - self._began
        has_compiled = keras.backend.backend() == "jax"  # which takes long once
        if has_compiled or self._took <= max(QUICK, trained / FIRST_SHARE):
            self._measure()

    def on_train_end(self, logs: Logs = None) -> None:
        """Measures what came of it, where that takes no time."""
        last = self._run.statistics.last
        if math.isfinite(self._due) and last is not None and last["step"] < self._run.step:
            trained = time.perf_counter() - self._began
            if self._took <= max(MOST_AT_END, trained / FIRST_SHARE):
                self._measure()

    def _measure(self) -> None:
        start = time.perf_counter()
        try:
            take_back(self.model)
            model = self._twin(self.model)
            if self._measuring is None:
                self._measuring = Measuring(model, self._samples())
            layers = self._measuring.measure()
            epoch = self._run.epoch if self._run.step else 0
            self._run.measured(Measurement(step=self._run.step, epoch=epoch, layers=layers))
        except Exception:  # whatever the user's code does: training goes on without
            logger.warning("The layers could not be measured", exc_info=True)
            self._due, self._is_first = float("inf"), False
            return
        end = time.perf_counter()
        self._took = end - start
        self._due = end + max(INTERVAL, SHARE * self._took)
