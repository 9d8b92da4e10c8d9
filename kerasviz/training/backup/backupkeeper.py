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
from kerasviz.training.backup.progress import ARRAYS, PROGRESS, read_progress, set_aside
from kerasviz.training.callbacks.recorder import Logs, Recorder

logger = logging.getLogger(__name__)

INTERVAL = 2.0
"""Least seconds between two backups: where epochs are shorter, this much may be lost."""
SHARE = 100
"""A backup takes at most one part in so many of the time that the model trains."""

Write = Callable[[Callable[[], None]], None]
"""Queues a job for the thread that writes to the disk."""

_in_use: set[Path] = set()
"""Backups of the runs that train now: two documents without a name may be of the same model name."""
_of_this_kernel: set[Path] = set()
"""Backups of runs of this kernel, which still has their models."""


class BackupKeeper(keras.callbacks.Callback):  # type: ignore[misc]
    """Copies the model at the end of an epoch, and has the copy written while training continues.

    It is a context manager around `fit`: a run that ends well needs no backup, as its model is in the kernel.
    When the disk is slower than the epochs, the latest copy wins. What a kernel that died has left, and this
    run does not continue, is set aside once an epoch is done.

    Args:
        path: The file. One that is no backup is never replaced.
        document: What is trained.
        recorder: Has the points of the run.
        seed: Of the order of its samples.
        states: Of its callbacks, which must come before this one.
        continues: Whether the run continues from the backup that there is.
        write: Queues what writes to the disk.
    """

    def __init__(
        self,
        path: Path,
        document: JSON,
        recorder: Recorder,
        seed: int,
        states: CallbackStates,
        continues: bool,
        write: Write,
    ) -> None:
        super().__init__()
        self._path = path
        self._document = document
        self._recorder = recorder
        self._seed = seed
        self._states = states
        self._continues = continues
        self._submit = write
        self._due = 0.0
        self._lock = threading.Lock()
        self._latest: Callable[[], None] | None = None
        # A link would have the backup written wherever it leads to.
        earlier = read_progress(path)
        self._is_foreign = path.is_symlink() or (path.exists() and earlier is None)
        self._shared = earlier.shared if continues and earlier is not None else []
        self._failed = self._is_foreign
        if self._is_foreign:
            recorder.run.note(
                text(
                    "{file} is not a training backup; it was left as is and no backup is written.",
                    file=path.name,
                )
            )
        elif path in _in_use:
            self._is_foreign = self._failed = True
            recorder.run.note(
                text("Another run writes its backup to {file}, so this run has none.", file=path.name)
            )

    def __enter__(self) -> None:
        """Takes the file for this run."""
        if not self._is_foreign:
            _in_use.add(self._path)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Removes the backup of a run that ended well; that of one that failed stays."""
        if not self._is_foreign:
            _in_use.discard(self._path)
            if error is None:
                self._set_aside()
                self.discard()

    def on_train_begin(self, logs: Logs = None) -> None:
        """Lets the other callbacks go on from what a backup has of them."""
        self._states.begin()

    def on_epoch_begin(self, epoch: int, logs: Logs = None) -> None:
        """Draws go on from where the backup was made; `fit` has drawn of its own until now."""
        set_shared_state(self._shared)
        self._shared = []

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        """Copies the model, where it is time; an epoch that was cut short is none.

        After the last epoch, which a callback may decide, there is nothing to continue.
        """
        self._set_aside()
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

    def _set_aside(self) -> None:
        if self._is_foreign or self._path in _of_this_kernel:
            return
        _of_this_kernel.add(self._path)
        if self._continues:
            return
        try:
            earlier = set_aside(self._path)
        except OSError:  # it is replaced, if the disk allows that
            logger.warning("The backup could not be set aside", exc_info=True)
            return
        if earlier is not None:
            self._recorder.run.note(
                text("The backup of the earlier run is kept as {file}.", file=earlier.name)
            )

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
        self._path.unlink(missing_ok=True)
        remove_abandoned(self._path)

    def _fail(self, error: Exception) -> None:
        """Training continues without a backup: it must not end with it."""
        logger.warning("The backup failed", exc_info=error)
        self._failed = True
        self._recorder.run.note(
            text("No backup can be made: {kind}: {error}", kind=type(error).__name__, error=str(error))
        )
