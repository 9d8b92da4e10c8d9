"""The callback that keeps epochs of a run in its folder."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from pathlib import Path

import keras

from kerasviz.config.weightsizes import bytes_of
from kerasviz.protocol import JSON
from kerasviz.protocol.text import all_of, text, text_n
from kerasviz.storage.snapshot import Snapshot
from kerasviz.training.callbacks.recorder import Logs
from kerasviz.training.keeping.checkpoints import MOST_BYTES, epoch_file, thin
from kerasviz.training.keeping.limit import MOST_BYTES as LIMIT
from kerasviz.training.keeping.limit import keep_within
from kerasviz.training.run.folder import CHECKPOINTS, LABEL, RUNS, RunFolder
from kerasviz.training.run.listing import KeptRuns
from kerasviz.training.run.run import Run

logger = logging.getLogger(__name__)

SHARE = 200
"""Copying and writing take a processor for at most one part in so many of the time that the model trains."""
FREE = 0.5
"""Seconds of these for which nobody waits: a training of seconds keeps its epochs, too."""
SMALL_BYTES = 2**25
"""Weights up to this size are kept before the first batch, as it takes no time."""


class EpochKeeper(keras.callbacks.Callback):  # type: ignore[misc]
    """Copies the model at the end of an epoch; the copy is written as a `.keras` file while it trains on.

    Where epochs are shorter than that takes, not each is kept; the best is the best of those. It comes after
    the recorder, which tells what is best.

    Args:
        run: Whose folder takes them; where it has none, nothing is kept.
        document: What is trained.
        write: Queues what writes to the disk.
    """

    def __init__(self, run: Run, document: JSON, write: Callable[[Callable[[], None]], None]) -> None:
        super().__init__()
        self._run = run
        self._document = document
        self._submit = write
        self._folder = None if run.folder is None else run.folder.path / CHECKPOINTS
        self._is_writing = False
        self._due = 0.0
        self._free = FREE

    def on_train_begin(self, logs: Logs = None) -> None:
        """Keeps what the run begins with: new weights, or those of the epoch from which it goes on."""
        if sum(bytes_of(weight.shape, weight.dtype) for weight in self.model.weights) <= SMALL_BYTES:
            self._keep(self._run.epoch)

    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        """Keeps the epoch, where it is time; one that was cut short is none."""
        if time.perf_counter() < self._due or self._is_writing or self.model.stop_training:
            return
        self._keep(epoch + 1)

    def end(self) -> None:
        """Keeps what the run has come to, once all callbacks are done with it."""
        if self._run.step:
            self._keep(None)

    def _took(self, seconds: float) -> None:
        self._free -= seconds
        if self._free <= 0:
            self._due = time.perf_counter() + SHARE * seconds

    def _keep(self, epoch: int | None) -> None:
        if self._folder is None:
            return
        start = time.perf_counter()
        try:
            snapshot = Snapshot(self.model)
        except Exception as error:
            self._fail(error)
            return
        if snapshot.bytes > MOST_BYTES:
            self._folder = None
            self._run.note(
                text("Epochs are not kept: each would take {size} GB.", size=f"{snapshot.bytes / 2**30:.1f}")
            )
            return
        folder, best = self._folder, dict(self._run.best)
        copying = time.perf_counter() - start

        def write() -> None:
            began = time.thread_time()  # a slow disk takes nothing from the training
            try:
                folder.mkdir(exist_ok=True)
                snapshot.write(folder / epoch_file(epoch), {"config.json": self._document})
                thin(folder, best)
                if epoch is None:
                    self._thin_others(folder.parent)
            except Exception as error:
                self._fail(error)
            self._took(copying + time.thread_time() - began)
            self._is_writing = False

        self._is_writing = True
        self._submit(write)

    def _thin_others(self, run: Path) -> None:
        file = RunFolder(run).read(LABEL).get("file")
        if run.parent.name != RUNS or not isinstance(file, str):
            return  # a folder that the user has chosen for this run alone
        lost = keep_within(KeptRuns(run.parents[1], file), run)
        if lost:
            self._run.note(
                text_n(
                    "The runs of this document took more than {size} GB, so weights of {n} older run went: "
                    "{runs}.",
                    "The runs of this document took more than {size} GB, so weights of {n} older runs went: "
                    "{runs}.",
                    n=len(lost),
                    size=f"{LIMIT / 2**30:.0f}",
                    runs=all_of(lost),
                )
            )

    def _fail(self, error: Exception) -> None:
        """Training goes on without."""
        logger.warning("An epoch could not be kept", exc_info=error)
        self._folder = None
        self._run.note(
            text("Epochs are not kept: {kind}: {error}", kind=type(error).__name__, error=str(error))
        )
