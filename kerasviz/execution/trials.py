"""Trains the trials of a sweep, each as a run of its own that is kept."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from kerasviz.execution import Place, place_of, trials_at
from kerasviz.execution.documentworker import DocumentWorker
from kerasviz.execution.judge import Judge, first_validated
from kerasviz.execution.thread import DISK
from kerasviz.execution.trained import OF_ALL, Trained
from kerasviz.execution.worker import Worker
from kerasviz.protocol import JSON, Curves, RequestError, TrialStatus
from kerasviz.protocol.text import text
from kerasviz.sweep.ranges import names_of
from kerasviz.sweep.sweep import Sweep, Trial
from kerasviz.training.failure import failure
from kerasviz.training.plan import Plan, read_plan
from kerasviz.training.run.folder import RUNS
from kerasviz.training.run.listing import KeptRuns
from kerasviz.training.run.recording import record
from kerasviz.training.run.run import Run

logger = logging.getLogger(__name__)


class Trials:
    """The trials of a sweep.

    They leave the model of the document and the user's variables as they are: what was learned lies in the
    folders of the runs.

    Args:
        plan: What every trial does, but for the values that are tried.
        sweep: Which values.
        kept: Tells the runs of the document, which may be moved meanwhile.
        folder: Where the document is.
        namespace: The user's variables; a copy is made.
        show: Called with each run before it begins.
        publish: Called with a run and its new points, on the thread that trains.
        tell: Called when the list of runs is another one.
        go_on: Whether it is the last sweep, of which trials that were trained are taken as they are.

    Attributes:
        done: Set when no trial is left.
        group: What the runs of its trials have in common.

    Raises:
        RequestError: With code `sweep`, where nothing is left to go on with; as `place_of` does.
    """

    def __init__(
        self,
        plan: Plan,
        sweep: Sweep,
        kept: Callable[[], KeptRuns],
        folder: Path,
        namespace: dict[str, Any],
        *,
        show: Callable[[Run], None],
        publish: Callable[[Run, Curves | None], None],
        tell: Callable[[], None],
        go_on: bool = False,
    ) -> None:
        place_of(plan.place)  # it is one
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
        self._runs: list[Run] = []
        self._lock = threading.RLock()
        self._failed = ""
        self._worked = False
        self.done = threading.Event()
        self._trained = Trained(kept()) if go_on else None
        if self._trained is not None and self._trained.group is None:
            raise RequestError("sweep", text("There is no earlier sweep to go on with. Start one."))
        group = None if self._trained is None else self._trained.group
        self.group = group or time.strftime("%Y-%m-%d %H:%M:%S")
        self._next = self._untrained()
        if go_on and self._next is None:
            raise RequestError(
                "sweep",
                text("All trials of this sweep are trained. Ask for more of them, or start it again."),
            )

    def start(self) -> None:
        """Begins, and returns at once."""
        Worker("kerasviz-sweep").submit(self._all)

    def stop(self) -> None:
        """Ends the trial that trains within a batch, and begins no other. For any thread."""
        self._stopping = True
        for run in [*self._runs]:
            run.control.stop()

    def _all(self) -> None:
        try:
            with trials_at(self._plan.place, self._folder / RUNS) as (place, at_once):
                threads = [
                    threading.Thread(target=self._some, args=(place,), name="kerasviz-trials", daemon=True)
                    for _ in range(at_once - 1)
                ]
                for thread in threads:
                    thread.start()
                self._some(place)
                for thread in threads:
                    thread.join()
        finally:
            self.done.set()
            self._tell()

    def _some(self, place: Place) -> None:
        """Trains one trial after the other, while there are any."""
        while (trial := self._taken()) is not None:
            self._one(trial, place)

    def _taken(self) -> Trial | None:
        """The next trial, which is drawn when it can begin: a strategy learns of those that have ended."""
        with self._lock:
            if self._stopping:
                return None
            trial, self._next = self._next, None
            return trial or self._untrained()

    def _untrained(self) -> Trial | None:
        """The next trial that has to be trained; None where none is left."""
        while (trial := self._sweep.next()) is not None:
            run = self._run_of(trial)
            if run is None:
                return trial
            judge = Judge(self._sweep, trial, run)
            judge.take(run.history.to_json())
            self._worked |= judge.end()
        return None

    def _run_of(self, trial: Trial) -> Run | None:
        """What was trained for this trial before."""
        if self._trained is None:
            return None
        try:
            return self._trained.take(self._plan_of(trial))
        except RequestError:  # such values can't be trained
            return None

    def _one(self, trial: Trial, place: Place) -> None:
        run = Run(self._plan.model_name, self._plan.epochs)
        run.trial = TrialStatus(group=self.group, number=trial.number, trials=self._sweep.trials)
        run.label = {"group": self.group, "name": self._name(trial), "values": self._values(trial)}
        run.directions.update(self._sweep.directions)
        self._runs.append(run)
        self._show(run)
        judge = Judge(self._sweep, trial, run)
        try:
            plan = self._recorded(trial, run)
            judge = Judge(self._sweep, trial, run, first_validated(plan.fit))
            run.epochs = plan.epochs
            self._train(plan, trial, run, judge, place)
        except Exception as error:  # it can't begin
            logger.info("A trial failed", exc_info=True)
            run.end("failed", failure(error))
            self._close(run, trial, judge)
            self._publish(run, None)
        self._runs.remove(run)

    def _close(self, run: Run, trial: Trial, judge: Judge) -> None:
        """Takes what came of a trial, before the last of it is written and told."""
        if judge.broken is not None:
            run.end("failed", judge.broken)
        with self._lock:
            self._worked |= judge.end()
            before, self._failed = self._failed, "" if run.error is None else run.error["message"]
            of_all = run.error is not None and run.error["code"] in OF_ALL and before == self._failed
            if judge.lost or of_all:
                self._stopping = True  # it would be the same with every other trial
        if of_all:
            run.note(text("The sweep ended: other trials would fail in the same way."))
        elif run.error is not None and trial.number == self._sweep.trials and not self._worked:
            run.note(text("All trials of the sweep failed, so none is the best."))

    def _recorded(self, trial: Trial, run: Run) -> Plan:
        """Begins the folder of a trial, also of one whose values no plan can have."""
        planned: JSON = self._plan.to_json()
        try:
            plan = self._plan_of(trial)
            planned = plan.to_json()
            return plan
        finally:
            record(run, planned, self._kept(), DISK.submit, self._tell)

    def _plan_of(self, trial: Trial) -> Plan:
        document = self._sweep.document(self._plan.document, trial)
        return read_plan(document, "fresh", self._plan.model_name)

    def _train(self, plan: Plan, trial: Trial, run: Run, judge: Judge, place: Place) -> None:
        """Trains a trial where the plan says, and waits for its end."""
        ended = threading.Event()

        def publish(curves: Curves | None) -> None:
            try:
                if run.ended:
                    self._close(run, trial, judge)
                self._publish(run, curves)
                if curves is not None:
                    with self._lock:
                        judge.take(curves)
            finally:
                if run.ended:
                    ended.set()

        if self._stopping:  # since the last one ended
            run.control.stop()
        place.start(plan, run, DocumentWorker(self._folder, aside=self._namespace), publish)
        ended.wait()

    def _values(self, trial: Trial) -> dict[str, str | float]:
        named = zip(self._names, trial.values.values(), strict=True)
        return {name: _plain(value) for name, value in named}

    def _name(self, trial: Trial) -> str:
        values = ", ".join(f"{name} {_short(value)}" for name, value in self._values(trial).items())
        return text("Trial {number}: {values}", number=trial.number, values=values)


def _plain(value: Any) -> str | float:
    """A value as a plot takes it: a number, or the name of an object."""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return value
    if isinstance(value, dict) and isinstance(value.get("class_name"), str):
        return str(value["class_name"])
    return str(value)


def _short(value: str | float) -> str:
    return f"{value:.3g}" if isinstance(value, float) else f"{value!s:.20}"
