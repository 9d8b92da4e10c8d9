"""The callback that keeps a backup of a model while it trains."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import keras

from kerasviz.backend.sharedrandom import set_shared_state, shared_state
from kerasviz.protocol import JSON
from kerasviz.protocol.text import text
from kerasviz.storage.atomic import remove_abandoned
from kerasviz.storage.snapshot import Snapshot
from kerasviz.training.backup.callbackstates import CallbackStates
from kerasviz.training.backup.generators import generator_states, memories
from kerasviz.training.backup.progress import ARRAYS, PROGRESS, read_progress
from kerasviz.training.callbacks.recorder import Logs, Recorder

logger = logging.getLogger(__name__)

INTERVAL = 2.0
"""Least seconds between two backups: where epochs are shorter, this much may be lost."""
SHARE = 100
"""A backup takes at most one part in so many of the time that the model trains."""

Write = Callable[[Callable[[], None]], None]
"""Queues a job for the thread that writes to the disk."""


class BackupKeeper(keras.callbacks.Callback):  # type: ignore[misc]
    """Copies the model at the end of an epoch, and has the copy written while training continues.

    It is a context manager around `fit`: a run that ends well needs no backup, as its model is in the kernel.
    When the disk is slower than the epochs, the latest copy wins.

    Args:
        path: The file.
        document: What is trained.
        recorder: Has the points of the run.
        seed: Of the order of its samples.
        states: Of its callbacks, which must come before this one.
        continued: The backup that the run continues from, which is of no use once it has ended well; or None.
        write: Queues what writes to the disk.
    """

    def __init__(
        self,
        path: Path,
        document: JSON,
        recorder: Recorder,
        seed: int,
        states: CallbackStates,
        continued: Path | None,
        write: Write,
    ) -> None:
        super().__init__()
        self._path = path
        self._document = document
        self._recorder = recorder
        self._seed = seed
        self._states = states
        self._continued = continued
        self._submit = write
        self._due = 0.0
        self._lock = threading.Lock()
        self._latest: Callable[[], None] | None = None
        self._failed = False
        earlier = None if continued is None else read_progress(continued)
        self._shared = [] if earlier is None else earlier.shared

    def __enter__(self) -> None:
        """Begins to keep it."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Removes the backup of a run that ended well; that of one that failed stays."""
        if error is None:
            self.discard()

    def on_train_begin(self, logs: Logs = None) -> None:
        """Lets the other callbacks go on from what a backup has of them."""
        self._states.begin()

    def on_epoch_begin(self, epoch: int, logs: Logs = None) -> None:
        """Draws go on from where the backup was made; `fit` has drawn of its own until now."""
        if self._recorder.whole_epochs:
            self._draw_on()

    def on_train_batch_begin(self, batch: int, logs: Logs = None) -> None:
        """Where batches go on over epochs, PyTorch draws once more as it begins with them."""
        self._draw_on()

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        """Copies the model, where it is time; an epoch that was cut short is none.

        After the last epoch, which a callback may decide, there is nothing to continue.
        """
        start = time.perf_counter()
        if self._failed or start < self._due or self.model.stop_training:
            return
        try:
            self._keep(epoch + 1)
        except Exception as error:
            self._fail(error)
        end = time.perf_counter()
        self._due = end + max(INTERVAL, SHARE * (end - start))

    def discard(self) -> None:
        """Removes the backup, and forgets what was still to be written."""
        with self._lock:
            self._latest = None
        self._submit(self._remove)

    def _draw_on(self) -> None:
        set_shared_state(self._shared)
        self._shared = []

    def _keep(self, epoch: int) -> None:
        self._recorder.flush()
        run, snapshot = self._recorder.run, Snapshot(self.model)
        states, arrays = self._states.now()
        progress = {
            "epoch": epoch,
            "epochs": run.epochs,
            "step": run.step,
            "curves": run.history.to_json(),
            "seed": self._seed,
            "generators": generator_states(self.model),
            "memories": memories(self.model),
            "shared": shared_state(),
            "callbacks": states,
            "changes": self._recorder.changes,
        }
        parts = {"config.json": self._document, PROGRESS: progress, ARRAYS: arrays}
        with self._lock:
            idle = self._latest is None
            self._latest = lambda: snapshot.write(self._path, parts)
        if idle:
            self._submit(self._write)

    def _write(self) -> None:
        with self._lock:
            write, self._latest = self._latest, None
        if write is not None:
            try:
                write()
            except Exception as error:
                self._fail(error)

    def _remove(self) -> None:
        for path in filter(None, (self._path, self._continued)):
            path.unlink(missing_ok=True)
            remove_abandoned(path)

    def _fail(self, error: Exception) -> None:
        """Training continues without a backup: it must not end with it."""
        logger.warning("The backup failed", exc_info=error)
        self._failed = True
        self._recorder.run.note(
            text("No backup can be made: {kind}: {error}", kind=type(error).__name__, error=str(error))
        )
