"""A callback that shows live charts of any `fit`."""

from __future__ import annotations

import os
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from IPython.core.getipython import get_ipython
from IPython.display import display

from kerasviz.backend.devices import devices
from kerasviz.kernel.cellrun import CellRun, session_of
from kerasviz.kernel.session import Session
from kerasviz.protocol import Curves, KerasError, RunState
from kerasviz.training.callbacks.recorder import Logs, Recorder, harmless
from kerasviz.training.failure import failure
from kerasviz.training.run.run import Run


class LiveCharts(Recorder):
    """Shows loss and metrics below the cell while `fit` runs, per batch and per epoch, for any Keras model.

    A model that is open in the editor shows them there, too: the run is one of the document's, can be paused,
    changed and stopped there, and is compared with the others. Outside a notebook it only records;
    `kerasviz.plot(charts)` plots what was recorded.

    Args:
        document: Path of a `.keras.json` whose runs the run joins, also where its model is not open. By
            default that is the document that this model was opened in.

    Attributes:
        run: The run of the last `fit`.

    Example:
    ```python
    model.fit(x, y, validation_split=0.2, callbacks=[kerasviz.LiveCharts()])
    ```
    """

    def __init__(self, document: str | os.PathLike[str] | None = None) -> None:
        super().__init__(Run("", 0), self._send)
        self._file = None if document is None else Path(document).resolve()
        self._session = Session(draws=False)
        self._of_document: CellRun | None = None
        self._shell = get_ipython()
        if self._shell is not None:
            from kerasviz.widget import Charts

            self._widget: Any = Charts

    @harmless
    def on_train_begin(self, logs: Logs = None) -> None:
        """Shows new charts: each `fit` has its own."""
        if self._of_document is not None and not self.run.ended:  # one before it in the cell failed
            self._end("stopped")
        self.run = Run(self.model.name, self.params.get("epochs", 0), devices()[0]["label"])
        self._session = Session(draws=False)
        self._session.run = self.run
        self._session.worker.execute(self.run, lambda: None)  # requests wait for the end of a batch
        self._of_document = None
        if self._shell is not None:
            display(self._widget(self._session))
            self._shell.events.register("post_run_cell", self._after_cell)
            self._join()
        super().on_train_begin(logs)

    @harmless
    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        """Takes the points of an epoch, and keeps it among the runs of the document."""
        super().on_epoch_end(epoch, logs)
        if self._of_document is not None:
            self._of_document.epochs.on_epoch_end(epoch, logs)

    @harmless
    def on_train_end(self, logs: Logs = None) -> None:
        """Marks the run as finished."""
        self._end("stopped" if self.run.control.stopping else "finished")

    def _join(self) -> None:
        """Makes it a run of the document, where there is one."""
        session = session_of(self.model, self._file)
        if session is not None:
            fit = {"epochs": self.params.get("epochs"), "steps_per_epoch": self.params.get("steps")}
            self._of_document = CellRun(session, self.run, self.model, fit)

    def _send(self, curves: Curves | None) -> None:
        points = curves or Curves(batch={}, epoch={})
        with nullcontext() if self._of_document is None else self._of_document.told(points):
            self._session.publish(self.run, points)

    def _after_cell(self, result: Any) -> None:
        """Ends a run that was interrupted, or failed, which Keras does not report."""
        if self.run.ended:
            return
        error = getattr(result, "error_in_exec", None)
        if error is None or isinstance(error, KeyboardInterrupt):
            self._end("stopped")
        else:
            self._end("failed", failure(error))

    def _end(self, state: RunState, error: KerasError | None = None) -> None:
        if self._of_document is not None:
            self._of_document.epochs.end()
        self.put_back()
        with self._session.lock:
            self.run.end(state, error)
            self.flush()
        if self._of_document is not None:
            self._of_document.end()
        if self._shell is not None:
            self._shell.events.unregister("post_run_cell", self._after_cell)
