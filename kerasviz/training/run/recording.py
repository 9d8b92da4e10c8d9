"""Writes a run into its folder while it trains; nothing here waits for the disk but the disk's own thread."""

from __future__ import annotations

import json
import logging
import os
import socket
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from kerasviz.protocol import JSON, Clock, Curves, Mark, encode
from kerasviz.protocol.text import text
from kerasviz.training.run.folder import EVENTS, HISTORY, LABEL, PLAN, STATE, RunFolder, new_folder

if TYPE_CHECKING:
    from kerasviz.training.plan import Plan
    from kerasviz.training.run.listing import KeptRuns
    from kerasviz.training.run.run import Run

logger = logging.getLogger(__name__)

Write = Callable[[Callable[[], None]], None]
"""Queues a job for the thread that writes to the disk."""

STATE_INTERVAL = 2.0
"""Seconds between two writes of the state, at least."""


class Recording:
    """What is written of one run.

    A disk that does not take it costs the run nothing but its record: a note says so.

    Args:
        folder: Where.
        run: What.
        write: Queues what writes to the disk.
        tell: Called when the list of runs is another one.
    """

    def __init__(self, folder: RunFolder, run: Run, write: Write, tell: Callable[[], None]) -> None:
        self.folder = folder
        self._run = run
        self._submit = write
        self._tell = tell
        self._failed = False
        self._csv: Any = None
        self._state_due = 0.0
        self._began = time.time()

    def epoch(self, epoch: int, logs: JSON) -> None:
        """A row of `history.csv`.

        Args:
            epoch: Counted from 0, as Keras does.
            logs: As Keras gives them to callbacks.
        """
        self._queue(lambda: self._row(epoch, logs))

    def follow(self, curves: Curves, clock: Clock, marks: list[Mark]) -> None:
        """New points; the state, too, now and then and at the end."""
        run = self._run
        event = {"curves": curves, "clock": clock, **({"marks": marks} if marks else {})}
        state = None
        now = time.perf_counter()
        if run.ended or now >= self._state_due:
            state = self._state()
            self._state_due = now + STATE_INTERVAL
        self._queue(lambda: self._append(event, state))

    def plan(self, plan: Plan, file: str) -> None:
        """What is to be done, as it is now; written once."""
        value = {"file": file, **plan.to_json()}
        self._queue(lambda: self._begin(value, file))

    def _begin(self, plan: JSON, file: str) -> None:
        self.folder.write(PLAN, plan)
        self.folder.write(LABEL, {"file": file})
        self.folder.write(STATE, self._state())
        self._tell()

    def _append(self, event: JSON, state: JSON | None) -> None:
        if event["curves"]["batch"] or event["curves"]["epoch"] or "marks" in event:
            with open(self.folder.path / EVENTS, "a", encoding="utf-8") as file:
                file.write(json.dumps(encode(event), separators=(",", ":")) + "\n")
        if state is not None:
            self.folder.write(STATE, state)
        if state is not None and state["ended"] is not None:
            if self._csv is not None:
                self._csv.on_train_end()
            self._tell()

    def _row(self, epoch: int, logs: JSON) -> None:
        if self._csv is None:
            from keras.callbacks import CSVLogger

            self._csv = CSVLogger(os.fspath(self.folder.path / HISTORY))
            self._csv.on_train_begin()
        self._csv.on_epoch_end(epoch, logs)

    def _state(self) -> JSON:
        run = self._run
        status = run.status()
        return {
            **encode(status),
            "started": self._began,
            "ended": time.time() if run.ended else None,
            "parameters": run.parameters,
            "best": run.best,
            "last": run.last,
            "process": {"host": socket.gethostname(), "pid": os.getpid()},
        }

    def _queue(self, job: Callable[[], None]) -> None:
        def guarded() -> None:
            if self._failed:
                return
            try:
                job()
            except Exception as error:
                logger.warning("The run could not be recorded", exc_info=True)
                self._failed = True
                self._run.note(
                    text(
                        "This run is not recorded: {kind}: {error}",
                        kind=type(error).__name__,
                        error=str(error),
                    )
                )

        self._submit(guarded)


def record(run: Run, plan: Plan, kept: KeptRuns, write: Write, tell: Callable[[], None]) -> None:
    """Begins the folder of a run, where the disk allows it.

    Args:
        run: From now on it tells what becomes of it.
        plan: What it does.
        kept: The runs of the document.
        write: Queues what writes to the disk.
        tell: Called when the list of runs is another one.
    """
    try:
        folder = new_folder(kept.path, kept.file)
    except OSError as error:
        reason = error.strerror or str(error)
        run.note(text("This run is not recorded, as no folder can be made for it: {error}", error=reason))
        return
    run.recording = Recording(folder, run, write, tell)
    run.recording.plan(plan, kept.file)
