"""The callback by which workers agree while they train, and check that they train one model."""

from __future__ import annotations

import time

import keras

from kerasviz.backend.distribution.placement import Placement
from kerasviz.training.run.control import Control
from kerasviz.training.together.sameweights import check_same
from kerasviz.training.together.sharedcontrol import SharedControl
from kerasviz.training.together.workers import Workers

INTERVAL = 0.2
"""Seconds between two times that workers agree, about."""
MOST_BATCHES = 10_000

Logs = dict[str, float] | None


class Together(keras.callbacks.Callback):  # type: ignore[misc]
    """Lets workers agree a few times a second, and checks that they train one model. It comes first.

    Args:
        workers: All of them.
        control: Of the run.
        placement: Where the model lies.
    """

    def __init__(self, workers: Workers, control: Control, placement: Placement) -> None:
        super().__init__()
        assert isinstance(control, SharedControl)
        self._workers = workers
        self._control = control
        self._placement = placement
        self._count = 0
        self._due = 1
        self._began = 0.0
        self._is_checked = False

    def on_train_batch_end(self, batch: int, logs: Logs = None) -> None:
        """After the first batch, a worker that trains alone has other weights."""
        if not self._is_checked:
            self._is_checked = True
            self._check()
        self._count_one()

    def on_test_begin(self, logs: Logs = None) -> None:
        """Brings together what each worker has measured of its own share."""
        self._placement.settle(self.model)

    def on_test_batch_end(self, batch: int, logs: Logs = None) -> None:
        """Stop is heard while it validates, too."""
        self._count_one()

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        """Checks at the end of each epoch."""
        self._placement.settle(self.model)
        self._check()

    def _check(self) -> None:
        check_same(self._workers, self.model)

    def _count_one(self) -> None:
        self._count += 1
        if self._count < self._due:
            return
        now = time.perf_counter()
        each = max(now - self._began, 1e-6) / self._count if self._began else INTERVAL
        self._due = self._control.agree(min(MOST_BATCHES, max(1, round(INTERVAL / each))))
        self._count, self._began = 0, time.perf_counter()
