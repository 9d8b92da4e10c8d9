"""One run: its state, its curves, and what is asked of it."""

from __future__ import annotations

import math
import time
import uuid
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal

from kerasviz.protocol import (
    JSON,
    Adjustable,
    Adjustment,
    Best,
    Clock,
    Curves,
    KerasError,
    Mark,
    RunJSON,
    RunState,
    RunStatus,
    Series,
    TrialStatus,
    finite,
)
from kerasviz.protocol.statistics import Measurement
from kerasviz.protocol.text import Text, text
from kerasviz.training.run.control import Control
from kerasviz.training.run.folder import ENDED, RunFolder
from kerasviz.training.run.history import History, beyond
from kerasviz.training.run.recording import Recording
from kerasviz.training.run.timing import Timing
from kerasviz.training.run.turn import Turn
from kerasviz.training.statistics.measurements import Measurements

if TYPE_CHECKING:
    from kerasviz.training.seensamples import Seen

MOST_MARKS = 100
"""Marks that go with each message."""


class Run:
    """A run of `fit`.

    Only the training thread changes it; others read it under their session's lock, and ask its `control`.

    Args:
        model_name: Name of the model for the user.
        epochs: Epochs asked for.
        device: Device in use, for people.

    Attributes:
        phase: What the training thread does: `waiting` for the device, `building`, `training`, `paused`; or
            how it ended.
        folder: Where it is kept; None where it is not.
        recording: Writes its folder; None where it has none, or another process writes it.
        parameters: Of the model; None until it is built.
        directions: Whether more or less of a metric is better, where Keras says so.
        best: The best value of each of these metrics.
        last: The values of the last epoch.
        marks: What happened on the way.
        statistics: What was measured of the layers.
        adjustable: Tells the numbers that can be changed; for the training thread. None but between batches.
        held_out: Samples that training does not see, as `fit` takes them for validation; None where there are
            none, or it has not begun.
        document: Keras JSON of what it trains, with its plan; None before it begins, or where nobody knows.
        broken_layer: The layer at which numbers stopped being finite; None where they are, or nobody knows.
        saw: Tells the samples as they went into the model, a bounded part of them.
        began: When, in seconds since 1970.
        kept: Whether it is one of an earlier kernel, read from its folder.
        trial: Which trial of a sweep it is; None where it is none.
        label: What people are told of it at first: its name, and the group that it belongs to.
        timing: How long it has trained.
        batches_at_once: Batches between which nothing can be asked of it.
        place: Where it trains, as a plan has it; None in the kernel.
        backend: What Keras computes with there.
        model_file: Name of the file in its folder from which a kernel takes the trained model, where another
            process trains it.
        turn: Its turn on a device that it shares with others; None where it has that alone, or is not on it.
        ahead: Runs that it waits for.
        told: Batches and epochs that an earlier process has told: they may be computed again, from a backup.
    """

    def __init__(self, model_name: str, epochs: int, device: str = "") -> None:
        self.control = Control()
        self.history = History()
        self.phase: RunState = "building"
        self.model_name = model_name
        self.device = device
        self.epoch = 0
        self.epochs = epochs
        self.step = 0
        self.steps_per_epoch: int | None = None
        self.error: KerasError | None = None
        self.notes: list[str] = []
        self.adjustable: Callable[[], list[Adjustable]] | None = None
        self.id = uuid.uuid4().hex
        self.folder: RunFolder | None = None
        self.recording: Recording | None = None
        self.parameters: int | None = None
        self.directions: dict[str, Literal["up", "down"] | None] = {}
        self.best: dict[str, Best] = {}
        self.last: dict[str, float | None] = {}
        self.began = time.time()
        self.kept = False
        self.trial: TrialStatus | None = None
        self.label: JSON = {}
        self.held_out: tuple[Any, ...] | None = None
        self.document: JSON | None = None
        self.saw: Callable[[], Seen | None] = lambda: None
        self.broken_layer: str | None = None
        self.timing = Timing()
        self.batches_at_once = 1
        self.model_file: str | None = None
        self.place: str | None = None
        self.backend = ""
        self.turn: Turn | None = None
        self.ahead = 0
        self.told = (0, 0)
        self.marks: list[Mark] = []
        self.statistics = Measurements()
        self._unsaid: list[Mark] = []
        self._ends: list[tuple[int, int, float]] = []

    @property
    def state(self) -> RunState:
        """Its state: a stop counts from the moment that it was asked for, but never undoes an end."""
        return "stopping" if self.control.stopping and not self.ended else self.phase

    @property
    def seen(self) -> Seen | None:
        """Samples as they went into the model, a bounded part of them; None where it has not begun."""
        return self.saw()

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self.phase in ENDED

    def resume_after(self, epoch: int, step: int, curves: Curves) -> None:
        """Begins after epochs and batches that another kernel has done; their rows are its own, too."""
        self.epoch, self.step = epoch, step
        if self.recording is None:
            return
        series = {
            name: dict(zip(each["x"], each["y"], strict=True)) for name, each in curves["epoch"].items()
        }
        for number in sorted({x for values in series.values() for x in values}):
            row = {name: values[number] for name, values in series.items() if number in values}
            finite_or_nan = {name: math.nan if value is None else value for name, value in row.items()}
            self.recording.epoch(number - 1, finite_or_nan)

    def begin(self, steps_per_epoch: int | None) -> None:
        """The first batch is about to be computed."""
        self.phase = "training"
        self.steps_per_epoch = steps_per_epoch
        self.timing.begin()

    def reach(self, step: int) -> None:
        """A batch is done."""
        self.step = step
        self.timing.reach(step)

    def end(self, state: RunState, error: KerasError | None = None) -> None:
        """Nothing more will come."""
        self.phase = state
        self.error = error
        self.timing.end()

    def note(self, text: str) -> None:
        """Says something that the user should know and that is no error; once."""
        if text not in self.notes:
            self.notes.append(text)

    def status(self) -> RunStatus:
        """The state of the run now."""
        status = RunStatus(
            run=self.id,
            state=self.state,
            model_name=self.model_name,
            device=self.device,
            epoch=self.epoch,
            epochs=self.epochs,
            step=self.step,
            steps_per_epoch=self.steps_per_epoch,
            elapsed=self.timing.elapsed(),
            remaining=0.0 if self.ended else self.timing.remaining(self.step, self._all_steps()),
            error=self.error,
            notes=self.notes.copy(),
            marks=self.marks[-MOST_MARKS:],
        )
        last = self.statistics.last
        if last is not None:
            status["measured"] = last["step"]
        if self.trial is not None:
            status["trial"] = self.trial
        if status["state"] == "stopping":
            status["awaits"] = self._awaits()
            status["awaited"] = round(time.perf_counter() - (self.control.since or math.inf), 1)
        if self.place is not None:
            status["place"], status["backend"] = self.place, self.backend
        if self.ahead:
            status["ahead"] = self.ahead
        return {**status, "kept": True} if self.kept else status

    def _awaits(self) -> Text:
        if self.phase != "training":
            return text("It ends once the model is built.")
        if self.batches_at_once > 1:
            return text(
                "It ends after the {count} batches that Keras computes at once (steps_per_execution).",
                count=self.batches_at_once,
            )
        return text("It ends after this batch, once the data has given it.")

    def to_json(self) -> RunJSON:
        """The whole run, for a view that comes late."""
        return RunJSON(status=self.status(), curves=self.history.to_json())

    def know(self, **facts: Any) -> None:
        """Keeps with the plan what is only known once the run has begun, such as the seed of its samples."""
        if self.recording is not None:
            self.recording.know(**facts)

    def finish_epoch(self, epoch: int, logs: JSON) -> None:
        """An epoch is done, whole.

        Args:
            epoch: Counted from 1.
            logs: As Keras gives them to callbacks.
        """
        if epoch > self.told[1]:
            self._ends.append((epoch, self.step, self.timing.elapsed()))
        self.last = {
            name: finite(float(value)) for name, value in logs.items() if isinstance(value, (int, float))
        }
        for name, value in self.last.items():
            way, best = self.directions.get(name), self.best.get(name)
            if value is None or way is None:
                continue
            if best is None or (value > best["value"] if way == "up" else value < best["value"]):
                self.best[name] = Best(value=value, epoch=epoch)
        if self.recording is not None:
            self.recording.epoch(epoch - 1, logs)

    def measured(self, measurement: Measurement) -> None:
        """The layers were measured; pages hear of it with the next message."""
        if 0 < measurement["step"] <= self.told[0]:
            return
        is_thinned = self.statistics.add(measurement)
        if self.recording is not None:
            kept = self.statistics.taken if is_thinned else [measurement]
            self.recording.measured(kept, whole=is_thinned)

    def mark(self, kind: str, sentence: str, adjustment: Adjustment | None = None) -> None:
        """Says what happened at this point of the curves."""
        made = Mark(
            kind=kind, step=self.step, epoch=self.epoch, seconds=self.timing.elapsed(), sentence=sentence
        )
        if adjustment is not None:
            made["adjustment"] = adjustment
        self.marks.append(made)
        self._unsaid.append(made)

    def extend(self, curves: Curves) -> None:
        """Takes up new points, and writes down those that are kept."""
        length, curves = self.steps_per_epoch, beyond(curves, *self.told)
        clock = self._clock(curves)
        settled, timed = self.history.extend(curves, length), self.history.time(clock)
        if self.recording is None:
            return
        marks, self._unsaid = self._unsaid, []
        self.recording.follow(settled, timed, marks)
        if self.ended:
            self.recording.finish(*self.history.finish(length))
            self.recording = None

    def _clock(self, curves: Curves) -> Clock:
        ends, self._ends = self._ends, []
        epochs, steps, seconds = map(list, zip(*ends, strict=True)) if ends else ([], [], [])
        now = Series(x=[self.step], y=[self.timing.elapsed()]) if curves["batch"] else Series(x=[], y=[])
        return Clock(batch=now, epoch=Series(x=epochs, y=seconds), ends=Series(x=epochs, y=steps))

    def _all_steps(self) -> int | None:
        return None if self.steps_per_epoch is None else self.epochs * self.steps_per_epoch
