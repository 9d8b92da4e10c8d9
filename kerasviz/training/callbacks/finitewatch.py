"""The callback that finds where a loss stopped being a number."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import islice
from shutil import disk_usage
from typing import Any

import keras

from kerasviz.backend.ownvariables import take_back
from kerasviz.data.streams.begunagain import as_arrays, begun_again, parts_of
from kerasviz.models.weightvalues import Values, on_disk, set_values, values_of
from kerasviz.protocol.text import text
from kerasviz.training.callbacks.recorder import Logs
from kerasviz.training.nanorigin import Origin, origin
from kerasviz.training.run.run import Run

logger = logging.getLogger(__name__)

SHARE = 300
"""Copies take at most one part in so many of the time that the model trains."""
MOST_BYTES = 2**27
"""Copies of larger models lie in a file: they would double the memory of the kernel."""
MOST_ON_DISK = 2**34
_SPARE = 4
"""So many times a copy must fit on the disk: there are up to three at a time."""
MOST_BATCHES = 2000
SECONDS = 10.0
"""What is looked through from the last copy on, at most."""


class FiniteWatch(keras.callbacks.Callback):  # type: ignore[misc]
    """Copies the numbers of a model now and then; from the last good copy it looks for batch and layer.

    Training goes on as it would: whether a run ends there is the user's choice (`TerminateOnNaN`).

    Args:
        run: Is told.
        batches: What `fit` takes. Those that can't be asked for by their number are taken once more from the
            first one on, which tells the layer, but not the batch.
    """

    def __init__(self, run: Run, batches: Any) -> None:
        super().__init__()
        self._run = run
        self._batches = batches
        self._copy: Values = []
        self._values_of: Callable[[Any], Values] = values_of
        self._step = 0
        self._due = 0.0
        self._is_watching = True

    def on_train_begin(self, logs: Logs = None) -> None:
        """Copies what it begins with."""
        size = sum(math.prod(weight.shape) for weight in self.model.weights) * 4
        self._is_watching = not isinstance(self._batches, Iterator) and size <= MOST_ON_DISK
        folder = self._run.folder
        if size > MOST_BYTES and folder is not None:
            self._is_watching &= disk_usage(folder.path).free > _SPARE * size
            self._values_of = partial(values_of, copy=partial(on_disk, folder.path))
        elif size > MOST_BYTES:
            self._is_watching = False
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
            take_back(self.model)
            self._copy = []  # a file of before is left to the system first
            self._copy, self._step = self._values_of(self.model), self._run.step
        except Exception:  # whatever the user's code does
            logger.warning("The numbers of the model could not be copied", exc_info=True)
            self._is_watching = False
        end = time.perf_counter()
        self._due = end + SHARE * (end - start)

    def _tell(self) -> None:
        take_back(self.model)
        now = self._values_of(self.model)
        try:
            set_values(self._copy)
            found = self._search()
        finally:
            set_values(now)
        if found is not None:
            self._run.note(found.sentence)
            self._run.broken_layer = found.layer
            self._run.mark("not_finite", text("Not a number"))

    def _search(self) -> Origin | None:
        end = time.perf_counter() + SECONDS
        for step, (x, y, weights) in self._taken():
            before = self._values_of(self.model)
            loss = self.model.train_on_batch(x, y, weights, return_dict=True)["loss"]
            if not math.isfinite(loss):
                set_values(before)
                return origin(self.model, x, step)
            if time.perf_counter() > end:
                return None
        return None

    def _taken(self) -> Iterator[tuple[int | None, tuple[Any, Any, Any]]]:
        """The batches since the copy, with their numbers where these can be told."""
        if isinstance(self._batches, keras.utils.PyDataset):
            every = self._batches.num_batches or MOST_BATCHES
            for step in range(self._step, min(self._run.step, self._step + MOST_BATCHES)):
                yield step + 1, parts_of(self._batches[step % every])
        else:
            for batch in islice(begun_again(self._batches), MOST_BATCHES):
                x, y, weights = map(as_arrays, parts_of(batch))  # a pipeline has TensorFlow's on any backend
                yield None, (x, y, weights)
