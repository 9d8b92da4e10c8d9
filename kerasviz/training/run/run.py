"""One run: its state, its curves, and what is asked of it."""

from __future__ import annotations

import time
import uuid

from kerasviz.protocol import Curves, KerasError, RunJSON, RunState, RunStatus
from kerasviz.training.run.control import Control
from kerasviz.training.run.history import History

ENDED = frozenset({"finished", "stopped", "failed", "lost"})


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
        self.id = uuid.uuid4().hex
        self._compiled: tuple[int, float] | None = None
        self._started: float | None = None
        self._ended: float | None = None
        self._paused = 0.0

    @property
    def state(self) -> RunState:
        """Its state: a stop counts from the moment that it was asked for, but never undoes an end."""
        return "stopping" if self.control.stopping and not self.ended else self.phase

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self.phase in ENDED

    def resume_after(self, epoch: int, step: int) -> None:
        """Begins after this many epochs and batches, which another kernel has done."""
        self.epoch, self.step = epoch, step

    def begin(self, steps_per_epoch: int | None) -> None:
        """The first batch is about to be computed."""
        self.phase = "training"
        self.steps_per_epoch = steps_per_epoch
        self._started = time.perf_counter()

    def reach(self, step: int) -> None:
        """A batch is done. The first one compiles the model, and says nothing of the time for the others."""
        self.step = step
        if self._compiled is None:
            self._compiled = step, self._elapsed()

    def end(self, state: RunState, error: KerasError | None = None) -> None:
        """Nothing more will come."""
        self.phase = state
        self.error = error
        self._ended = time.perf_counter()

    def paused(self, seconds: float) -> None:
        """Leaves a pause out of the times."""
        self._paused += seconds

    def note(self, text: str) -> None:
        """Says something that the user should know and that is no error; once."""
        if text not in self.notes:
            self.notes.append(text)

    def status(self) -> RunStatus:
        """The state of the run now."""
        elapsed = self._elapsed()
        return RunStatus(
            run=self.id,
            state=self.state,
            model_name=self.model_name,
            device=self.device,
            epoch=self.epoch,
            epochs=self.epochs,
            step=self.step,
            steps_per_epoch=self.steps_per_epoch,
            elapsed=elapsed,
            remaining=self._remaining(elapsed),
            error=self.error,
            notes=self.notes.copy(),
        )

    def to_json(self) -> RunJSON:
        """The whole run, for a view that comes late."""
        return RunJSON(status=self.status(), curves=self.history.to_json())

    def extend(self, curves: Curves) -> None:
        """Takes up new points."""
        self.history.extend(curves)

    def _elapsed(self) -> float:
        if self._started is None:
            return 0.0
        return round((self._ended or time.perf_counter()) - self._started - self._paused, 3)

    def _remaining(self, elapsed: float) -> float | None:
        if self.ended:
            return 0.0
        if self._compiled is None or self._compiled[0] == self.step or self.steps_per_epoch is None:
            return None
        first, since = self._compiled
        left = max(self.epochs * self.steps_per_epoch - self.step, 0)
        return round((elapsed - since) * left / (self.step - first), 3)
