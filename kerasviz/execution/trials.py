"""Trains the trials of a sweep, one after the other, each as a run of its own that is kept."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kerasviz.execution.rooms import import_keras_rooms
from kerasviz.execution.thread import DISK
from kerasviz.execution.worker import Worker
from kerasviz.protocol import Curves, KerasError, RunState, TrialStatus
from kerasviz.protocol.text import all_of, text
from kerasviz.sweep.ranges import names_of
from kerasviz.sweep.sweep import Mode, Sweep, Trial
from kerasviz.training.failure import failure
from kerasviz.training.plan import Plan, read_plan
from kerasviz.training.run.listing import KeptRuns
from kerasviz.training.run.recording import record
from kerasviz.training.run.run import Run
from kerasviz.training.run.turn import turn_of

logger = logging.getLogger(__name__)


class Trials:
    """The trials of a sweep.

    They leave the model of the document and the user's variables as they are: what was learned lies in the
    folders of the runs.

    Args:
        plan: What every trial does, but for the values that are tried.
        sweep: Which values.
        kept: The runs of the document.
        folder: Where the document is.
        namespace: The user's variables; a copy is made.
        show: Called with each run before it begins.
        publish: Called with a run and its new points, on the thread that trains.
        tell: Called when the list of runs is another one.

    Attributes:
        done: Set when no trial is left.
        group: What the runs of its trials have in common.
    """

    def __init__(
        self,
        plan: Plan,
        sweep: Sweep,
        kept: KeptRuns,
        folder: Path,
        namespace: dict[str, Any],
        *,
        show: Callable[[Run], None],
        publish: Callable[[Run, Curves | None], None],
        tell: Callable[[], None],
    ) -> None:
        self._plan = plan
        self._sweep = sweep
        self._kept = kept
        self._folder = folder
        self._namespace = {**namespace}
        self._show = show
        self._publish = publish
        self._tell = tell
        self._names = names_of(sweep.ranges)
        self._stopping = False
        self._run: Run | None = None
        self.done = threading.Event()
        self.group = time.strftime("%Y-%m-%d %H:%M:%S")

    def start(self) -> None:
        """Begins, and returns at once."""
        Worker("kerasviz-sweep").submit(self._all)

    def stop(self) -> None:
        """Ends the trial that trains within a batch, and begins no other. For any thread."""
        self._stopping = True
        run = self._run
        if run is not None:
            run.control.stop()

    def _all(self) -> None:
        try:
            while not self._stopping and (trial := self._sweep.next()) is not None:
                self._one(trial)
        finally:
            self.done.set()
            self._tell()

    def _one(self, trial: Trial) -> None:
        run = Run(self._plan.model_name, self._plan.epochs)
        run.trial = TrialStatus(group=self.group, number=trial.number, trials=self._sweep.trials)
        run.label = {"group": self.group, "name": self._name(trial), "values": self._values(trial)}
        self._run = run
        state: RunState = "failed"
        error: KerasError | None = None
        judged = _Judged(self._sweep, trial, run)
        self._show(run)
        try:
            document = self._sweep.document(self._plan.document, trial)
            plan = read_plan(document, "fresh", self._plan.model_name)
            record(run, plan.to_json(), self._kept, DISK.submit, self._tell)
            state = self._fit(plan, run, judged)
        except BaseException as raised:  # a user's layer may raise SystemExit
            logger.info("A trial failed", exc_info=True)
            error = failure(raised)
        if self._stopping and error is None:
            state = "stopped"
        judged.end(state)
        run.end(state, error)
        self._publish(run, None)
        if judged.is_lost or (error is not None and error["code"] in _OF_ALL):
            self._stopping = True  # it would be the same with every other trial

    def _fit(self, plan: Plan, run: Run, judged: _Judged) -> RunState:
        import_keras_rooms()
        from kerasviz.models.keeper import Keeper
        from kerasviz.training.fit import fit

        def publish(curves: Curves | None) -> None:
            self._publish(run, curves)
            if curves is not None:
                judged.take(curves)

        keeper = Keeper(self._folder)
        with turn_of(run, plan.exclusive, lambda: self._publish(run, None)):
            return fit(plan, keeper, run, {**self._namespace}, publish, DISK.submit, resumable=False)

    def _values(self, trial: Trial) -> dict[str, str | float]:
        named = zip(self._names, trial.values.values(), strict=True)
        return {name: _plain(value) for name, value in named}

    def _name(self, trial: Trial) -> str:
        values = ", ".join(f"{name} {_short(value)}" for name, value in self._values(trial).items())
        return text("Trial {number}: {values}", number=trial.number, values=values)


_OF_ALL = frozenset({"no_data", "plan", "preparation", "package"})
"""Codes of errors that are about the plan, whatever values are tried."""


class _Judged:
    """Tells the sweep the values of its metric, and ends a trial that does worse than others.

    Attributes:
        is_lost: Whether the trial was trained to its end without any value of the metric.
    """

    def __init__(self, sweep: Sweep, trial: Trial, run: Run) -> None:
        self._sweep = sweep
        self._trial = trial
        self._run = run
        self._best: float | None = None
        self._stopped = False
        self.is_lost = False

    @property
    def _mode(self) -> Mode:
        return "max" if self._run.directions.get(self._sweep.monitor) == "up" else "min"

    def take(self, curves: Curves) -> None:
        """Takes new points."""
        points = curves["epoch"].get(self._sweep.monitor)
        if points is None:
            return
        for epoch, value in zip(points["x"], points["y"], strict=True):
            if value is None:
                continue
            better = max if self._mode == "max" else min
            self._best = value if self._best is None else better(self._best, value)
            if not self._stopped and self._sweep.should_stop(self._trial, epoch, value, self._mode):
                self._stopped = True
                self._run.note(text("Ended early: others did better after {epoch} epochs.", epoch=epoch))
                self._run.control.stop()

    def end(self, state: RunState) -> None:
        """The trial is done."""
        if self._best is None and state == "finished":
            self.is_lost = True
            self._run.note(
                text(
                    "The sweep ended: there is no {metric} to judge trials by. Its metrics are {known}.",
                    metric=self._sweep.monitor,
                    known=all_of(list(self._run.last)),
                )
            )
        self._sweep.end(self._trial, self._best, self._mode, stopped=self._stopped)


def _plain(value: Any) -> str | float:
    """A value as a plot takes it: a number, or the name of an object."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    if isinstance(value, dict) and isinstance(value.get("class_name"), str):
        return str(value["class_name"])
    return str(value)


def _short(value: str | float) -> str:
    return f"{value:.3g}" if isinstance(value, float) else f"{value!s:.20}"
