"""Writes a run into its folder while it trains; nothing here waits for the disk but the disk's own thread."""

from __future__ import annotations

import json
import logging
import os
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kerasviz.protocol import JSON, Clock, Curves, Mark, encode
from kerasviz.protocol.statistics import Measurement
from kerasviz.protocol.text import text
from kerasviz.training.run.folder import EVENTS, HISTORY, LABEL, PLAN, STATISTICS, RunFolder, new_folder
from kerasviz.training.run.pulse import PULSE, STATE, this_process
from kerasviz.training.statistics.measurements import line_of

if TYPE_CHECKING:
    from kerasviz.training.run.listing import KeptRuns
    from kerasviz.training.run.run import Run

logger = logging.getLogger(__name__)

Write = Callable[[Callable[[], None]], None]
"""Queues a job for the thread that writes to the disk."""

INTERVAL = 2.0
"""Seconds between two writes of the state, at least, where only numbers in it are others."""


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
        self.tell = tell
        self._failed = False
        self._csv: Any = None
        self._phase = ""
        self._due = 0.0
        self._plan: JSON = {}
        self._rows: list[tuple[int, JSON]] = []
        self._process = this_process()

    def begin(self, plan: JSON, file: str) -> None:
        """Writes what is to be done, as it is now.

        Args:
            plan: What the run does, as `Plan.to_json` gives it.
            file: Name of the document's file.
        """
        self._plan = {**plan}
        state = self._state()

        def write() -> None:
            # Another process may have begun it, and people may have named it since.
            self.folder.write(LABEL, {**self.folder.read(LABEL), "file": file, **self._run.label})
            self.folder.write(PLAN, self._plan)
            self.folder.write(STATE, state)
            PULSE.follow(self.folder.path, self._run.control)
            self.tell()

        self._queue(write)

    @property
    def planned(self) -> JSON:
        """What `plan.json` says."""
        return self._plan

    def know(self, **facts: Any) -> None:
        """Adds to the plan what is only known once the run has begun: the seed, versions."""
        self._plan = {**self._plan, **encode(facts)}
        plan = self._plan
        self._queue(lambda: self.folder.write(PLAN, plan))

    def epoch(self, epoch: int, logs: JSON) -> None:
        """Keeps a row of `history.csv` for the next message.

        Args:
            epoch: Counted from 0, as Keras does.
            logs: As Keras gives them to callbacks.
        """
        self._rows.append((epoch, logs))

    def follow(self, curves: Curves, clock: Clock, marks: Sequence[Mark] = ()) -> None:
        """Adds points, marks and rows; and the state, where it is another one, or it is time."""
        line: JSON | None = None
        if curves["batch"] or curves["epoch"] or marks:
            line = {"curves": curves, "clock": clock, "marks": list(marks)}
            if curves["epoch"]:  # who follows the run judges by them
                line["directions"] = dict(self._run.directions)
        state: JSON | None = None
        phase, now = self._run.phase, time.perf_counter()
        if not self._run.ended and (phase != self._phase or now >= self._due):
            self._phase, self._due = phase, now + INTERVAL
            state = self._state()
        rows, self._rows = self._rows, []
        if line or state or rows:
            self._queue(lambda: self._write(line, state, rows))

    def measured(self, measurements: Sequence[Measurement], *, whole: bool) -> None:
        """Adds measurements of the layers.

        Args:
            measurements: The new ones; all of them where the file is written as a whole.
            whole: Whether it is.
        """

        def write() -> None:
            from kerasviz.storage.atomic import replaced  # late: NumPy is imported with it

            file, lines = self.folder.path / STATISTICS, "".join(map(line_of, measurements))
            if whole:
                with replaced(file) as beside:
                    beside.write_text(lines, encoding="utf-8")
            else:
                with open(file, "a", encoding="utf-8") as opened:
                    opened.write(lines)

        self._queue(write)

    def leave(self) -> None:
        """Writes no more: another process goes on with it."""
        self._queue(lambda: PULSE.leave(self.folder.path))

    def finish(self, curves: Curves, clock: Clock) -> None:
        """Adds the last points of a run that has ended, and how it ended."""
        self.follow(curves, clock)
        state = self._state()

        def write() -> None:
            PULSE.leave(self.folder.path)
            if self._csv is not None:
                self._csv.on_train_end()
            self.folder.write(STATE, state)
            with suppress(OSError):  # it stays where it is
                self.folder.follow_document()
            self.tell()

        self._queue(write)

    def _write(self, line: JSON | None, state: JSON | None, rows: list[tuple[int, JSON]]) -> None:
        if line is not None:
            with open(self.folder.path / EVENTS, "a", encoding="utf-8") as file:
                file.write(json.dumps(encode(line), separators=(",", ":")) + "\n")
        for epoch, logs in rows:
            self._row(epoch, logs)
        if state is not None:
            self.folder.write(STATE, state)

    def _row(self, epoch: int, logs: JSON) -> None:
        if self._csv is None:
            from keras.callbacks import CSVLogger

            self._csv = CSVLogger(os.fspath(self.folder.path / HISTORY))
            self._csv.on_train_begin()
        self._csv.on_epoch_end(epoch, logs)

    def _state(self) -> JSON:
        run = self._run
        return {
            **encode(run.status()),
            "started": run.began,
            "ended": time.time() if run.ended else None,
            "parameters": run.parameters,
            "best": {name: {**best} for name, best in run.best.items()},
            "last": dict(run.last),
            "directions": dict(run.directions),
            "batches_at_once": run.batches_at_once,
            "broken_layer": run.broken_layer,
            "model": run.model_file,
            "process": self._process,
        }

    def _queue(self, job: Callable[[], None]) -> None:
        def guarded() -> None:
            if self._failed:
                return
            try:
                job()
            except Exception as error:
                logger.warning("The run is not recorded", exc_info=True)
                self._failed = True
                PULSE.leave(self.folder.path)
                self._run.note(_not_recorded(error))

        self._submit(guarded)


def record(
    run: Run,
    plan: JSON,
    kept: KeptRuns,
    write: Write,
    tell: Callable[[], None],
    chosen: Path | None = None,
) -> None:
    """Begins the folder of a run, where the disk allows it.

    Args:
        run: From now on it tells what becomes of it.
        plan: What it does, as `Plan.to_json` gives it.
        kept: The runs of the document.
        write: Queues what writes to the disk.
        tell: Called when the list of runs is another one.
        chosen: The folder, where it is not to be a new one among those of the document.
    """
    try:
        folder = new_folder(kept.path, kept.file) if chosen is None else RunFolder(chosen)
        folder.path.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        run.note(_not_recorded(error))
        return
    run.folder, run.recording = folder, Recording(folder, run, write, tell)
    run.recording.begin(plan, kept.file)


def _not_recorded(error: Exception) -> str:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return text("This run is not kept in a folder: {reason}", reason=reason)
