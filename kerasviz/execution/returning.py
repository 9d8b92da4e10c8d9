"""Takes what another process trains into this kernel: its numbers while it trains, its model when it ends."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress

from kerasviz.execution.documentworker import DocumentWorker
from kerasviz.protocol import JSON, Curves, RunState, encode
from kerasviz.protocol.text import text, words_of
from kerasviz.training.run.folder import ENDED, MODEL, NOW, STATE, stamp_of
from kerasviz.training.run.keptrun import error_in, take_state
from kerasviz.training.run.run import Run

logger = logging.getLogger(__name__)

INTERVAL = 1.0
"""Seconds between two times that numbers are asked for, at least."""
SHARE = 10
"""Asking takes at most one part in so many of the time."""
LOOK = 0.05


class Returning:
    """What comes back of a run.

    Args:
        run: It has a folder.
        worker: Of the document.
        publish: Told when the run has ended.
        tell: Told when the list of runs is another one.
    """

    def __init__(
        self,
        run: Run,
        worker: DocumentWorker,
        publish: Callable[[Curves | None], None],
        tell: Callable[[], None],
    ) -> None:
        assert run.folder is not None
        self._run = run
        self._folder = run.folder
        self._worker = worker
        self._publish = publish
        self._tell = tell
        self._over = threading.Event()
        self._step = 0
        self._due = 0.0

    def begin(self) -> None:
        """From now on, the model of the document is that of the run; for any thread."""
        if not self._worker.is_aside:
            self._worker.refresh = self._refresh

    def end(self, state: JSON) -> None:
        """Nothing more will come; the run ends once its model is here.

        Args:
            state: How it ended, as `state.json` has it.
        """
        self._over.set()
        self._worker.queue(lambda: self._end(state))

    def _refresh(self) -> None:
        """Gives the model of the document the numbers of now; for the worker's thread."""
        run, start = self._run, time.monotonic()
        if self._over.is_set() or not run.step or run.step == self._step or start < self._due:
            return
        file = self._folder.path / NOW
        before, self._step = stamp_of(file), run.step
        run.control.tell("weights")
        while stamp_of(file) == before:
            if self._over.wait(LOOK):
                return
        self._take(NOW)
        took = time.monotonic() - start
        self._due = start + took + max(INTERVAL, SHARE * took)

    def _end(self, state: JSON) -> None:
        run, worker = self._run, self._worker
        worker.refresh = None
        worker.keeper().trains_elsewhere = False
        take_state(run, state)
        if not worker.is_aside and (self._folder.path / MODEL).is_file():
            self._take(MODEL)
        (self._folder.path / NOW).unlink(missing_ok=True)
        run.end(_end_of(state), error_in(state))
        self._publish(None)
        self._keep_what_was_said()
        self._tell()

    def _keep_what_was_said(self) -> None:
        """Adds to the folder what this kernel has said of the run, such as by what a trial is judged."""
        run, state = self._run, self._folder.read(STATE)
        said = {"state": run.state, "error": run.error, "notes": run.notes, "trial": run.trial}
        with suppress(OSError):
            self._folder.write(STATE, {**state, **encode(said)})

    def _take(self, name: str) -> None:
        from kerasviz.training.carriedmodel import take_model  # late: Keras is imported with it

        run, keeper = self._run, self._worker.keeper()
        try:
            take_model(keeper, self._folder.path / name)
        except Exception as error:
            logger.warning("The model of a run can't be taken", exc_info=True)
            run.note(
                text(
                    "The model that was trained is not in this kernel: {reason} It is in {file}.",
                    reason=words_of(error),
                    file=f"{self._folder.name}/{name}",
                )
            )
            return
        namespace = self._worker.namespace()
        run.model_name = keeper.variables.given(run.model_name, namespace, run.note)
        namespace[run.model_name] = keeper.model


def _end_of(state: JSON) -> RunState:
    said = state.get("state")
    return said if said in ENDED else "lost"
