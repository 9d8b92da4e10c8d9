"""The callback that finds where a loss stopped being a number."""

from __future__ import annotations

import logging
import math
import time
from typing import Any

import keras

from kerasviz.models.weightvalues import Values, restored, set_values, values_of
from kerasviz.protocol.text import text
from kerasviz.training.callbacks.recorder import Logs
from kerasviz.training.nanorigin import origin
from kerasviz.training.run.run import Run

logger = logging.getLogger(__name__)

SHARE = 300
"""Copies take at most one part in so many of the time that the model trains."""
MOST_BYTES = 2**27
"""Of larger models no copies are made: they would double the memory of the kernel."""
MOST_BATCHES = 2000
SECONDS = 10.0
"""What is looked through from the last copy on, at most."""


class FiniteWatch(keras.callbacks.Callback):  # type: ignore[misc]
    """Copies the numbers of a model now and then; from the last good copy it looks for batch and layer.

    Training goes on as it would: whether a run ends there is the user's choice (`TerminateOnNaN`).

    Args:
        run: Is told.
        batches: What `fit` takes; where they can't be asked for by their number, only the batch is told.
    """

    def __init__(self, run: Run, batches: Any) -> None:
        super().__init__()
        self._run = run
        self._batches = batches
        self._copy: Values = []
        self._step = 0
        self._due = 0.0
        self._is_watching = True

    def on_train_begin(self, logs: Logs = None) -> None:
        """Copies what it begins with."""
        size = sum(math.prod(weight.shape) for weight in self.model.weights) * 4
        self._is_watching = isinstance(self._batches, keras.utils.PyDataset) and size <= MOST_BYTES
        if self._is_watching:
            self._keep()

    def on_train_batch_end(self, batch: int, logs: Logs = None) -> None:
        """Compares one number, thousands of times a second."""
        if not self._is_watching:
            return
        loss = (logs or {}).get("loss")
        if not isinstance(loss, (int, float)) or math.isfinite(loss):
            if time.perf_counter() >= self._due:
                self._keep()
            return
        self._is_watching = False
        try:
            self._tell()
        except Exception:  # whatever the user's code does
            logger.warning("It was not found where the loss stopped being a number", exc_info=True)

    def _keep(self) -> None:
        start = time.perf_counter()
        try:
            self._sync()
            self._copy, self._step = values_of(self.model), self._run.step
        except Exception:  # whatever the user's code does
            logger.warning("The numbers of the model could not be copied", exc_info=True)
            self._is_watching = False
        end = time.perf_counter()
        self._due = end + SHARE * (end - start)

    def _tell(self) -> None:
        self._sync()
        with restored(self.model):
            set_values(self._copy)
            found = self._search()
        if found is not None:
            self._run.note(found)
            self._run.mark("not_finite", text("Not a number"))

    def _search(self) -> Any:
        end = time.perf_counter() + SECONDS
        every = self._batches.num_batches or MOST_BATCHES
        for step in range(self._step, min(self._run.step, self._step + MOST_BATCHES)):
            x, *rest = self._batches[step % every]
            before = values_of(self.model)
            loss = self.model.train_on_batch(x, *rest, return_dict=True)["loss"]
            if not math.isfinite(loss):
                set_values(before)
                return origin(self.model, x, step + 1)
            if time.perf_counter() > end:
                return None
        return None

    def _sync(self) -> None:
        sync = getattr(self.model, "jax_state_sync", None)
        if sync is not None:
            sync()
