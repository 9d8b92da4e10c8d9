"""A callback that shows live charts of any `fit`."""

from __future__ import annotations

from typing import Any

from IPython.core.getipython import get_ipython
from IPython.display import display

from kerasviz.backend.devices import devices
from kerasviz.kernel.session import Session
from kerasviz.protocol import RunState
from kerasviz.training.callbacks.recorder import Logs, Recorder, harmless
from kerasviz.training.run.run import Run


class LiveCharts(Recorder):
    """Shows loss and metrics below the cell while `fit` runs, per batch and per epoch, for any Keras model.

    Outside a notebook it only records; `kerasviz.plot(charts)` plots what was recorded.

    Attributes:
        run: The run of the last `fit`.

    Example:
    ```python
    model.fit(x, y, validation_split=0.2, callbacks=[kerasviz.LiveCharts()])
    ```
    """

    def __init__(self) -> None:
        super().__init__(Run("", 0), lambda curves: self._session.publish(self.run, curves))
        self._session = Session(draws=False)
        self._shell = get_ipython()
        if self._shell is not None:
            from kerasviz.widget import Charts

            self._widget: Any = Charts

    @harmless
    def on_train_begin(self, logs: Logs = None) -> None:
        """Shows new charts: each `fit` has its own."""
        self.run = Run(self.model.name, self.params.get("epochs", 0), devices()[0]["label"])
        self._session = Session(draws=False)
        self._session.run = self.run
        self._session.worker.execute(self.run, lambda: None)  # requests wait for the end of a batch
        if self._shell is not None:
            display(self._widget(self._session))
            self._shell.events.register("post_run_cell", self._after_cell)
        super().on_train_begin(logs)

    @harmless
    def on_train_end(self, logs: Logs = None) -> None:
        """Marks the run as finished."""
        self._end("stopped" if self.run.control.stopping else "finished")

    def _after_cell(self, result: object) -> None:
        """Ends a run that was interrupted, which Keras does not report."""
        if not self.run.ended:
            self._end("stopped")

    def _end(self, state: RunState) -> None:
        with self._session.lock:
            self.run.end(state)
            self.flush()
        if self._shell is not None:
            self._shell.events.unregister("post_run_cell", self._after_cell)
