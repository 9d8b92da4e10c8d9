"""The callback that turns batches and epochs into points, and obeys what is asked of the run."""

from __future__ import annotations

import functools
import logging
import math
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any

import keras
import numpy as np

from kerasviz.backend.ownvariables import take_back
from kerasviz.protocol import Curves, Series, finite
from kerasviz.protocol.text import text
from kerasviz.training.callbacks.directions import direction
from kerasviz.training.run.run import Run
from kerasviz.training.run.turn import Turn
from kerasviz.training.steering.steering import Changes, Steering

logger = logging.getLogger(__name__)

INTERVAL = 0.25
"""Seconds between two messages, at least: four a second look live."""
LONGEST_INTERVAL = 1.0
SHARE = 200
"""Messages take at most one part in so many of the time: where one takes longer, the next comes later."""

Logs = dict[str, float] | None
Points = list[tuple[int, dict[str, float]]]


def harmless(hook: Callable[..., None]) -> Callable[..., None]:
    """Keeps a fault of the chart from ending the training, as an exception in a callback would."""

    @functools.wraps(hook)
    def guarded(self: Recorder, *args: Any, **kwargs: Any) -> None:
        try:
            hook(self, *args, **kwargs)
        except Exception as error:
            logger.exception("The chart failed")
            self.run.note(
                text(
                    "The chart may lack points: {kind}: {error}", kind=type(error).__name__, error=str(error)
                )
            )

    return guarded


class Recorder(keras.callbacks.Callback):  # type: ignore[misc]
    """Records a `fit` into a run and publishes it up to four times a second.

    Batch values are Keras' own: the mean over the epoch so far, as its progress bar shows it.

    Args:
        run: What is filled; its `control` says what is asked of it.
        publish: Called on the training thread with the points since the last call.
        finite_data: Whether no value of the data is missing or infinite.
        whole_epochs: Whether an epoch is all of the data, and not a number of batches of it.
        changes: What was changed while the run trained that this one continues.
    """

    def __init__(
        self,
        run: Run,
        publish: Callable[[Curves | None], None],
        *,
        finite_data: bool = True,
        whole_epochs: bool = True,
        changes: Changes | None = None,
    ) -> None:
        super().__init__()
        self._finite_data = finite_data
        self.run = run
        self._publish = publish
        self._batches: Points = []
        self._epochs: Points = []
        self._due = 0.0
        self._steps_before = 0
        self.whole_epochs = whole_epochs
        self._evaluation_was_cut = False
        self._stops_after_batch = False
        self._trainer: Any = None
        self._steering: Steering | None = None
        self._begins_with = changes or {}

    @harmless
    def on_train_begin(self, logs: Logs = None) -> None:
        """Starts the clock."""
        self._steering = None
        self._trainer = self.model  # which it takes a while to ask Keras for
        self.run.begin(self.params.get("steps"))
        group = self.model.steps_per_execution
        self.run.batches_at_once = group if isinstance(group, int) else 1
        if self._begins_with:
            self._steered().begin_with(self._begins_with)
        self.flush()

    @harmless
    def on_epoch_begin(self, epoch: int, logs: Logs = None) -> None:
        """Counts on from the epochs before."""
        self.run.epoch = epoch + 1
        if epoch and not self.run.step:  # `initial_epoch`: those before count as done
            self.run.step = epoch * (self.run.steps_per_epoch or 0)
        self._steps_before = self.run.step

    @harmless
    def on_train_batch_end(self, batch: int, logs: Logs = None) -> None:
        """Takes a point; runs thousands of times a second, so it does next to nothing."""
        run, done = self.run, batch + 1
        if run.adjustable is None:
            run.adjustable = lambda: self._steered().adjustable()
        # Keras counts all batches of the last execution of an epoch, though the data may have ended before.
        if self.whole_epochs and run.steps_per_epoch and done > run.steps_per_epoch:
            done = run.steps_per_epoch
        run.reach(self._steps_before + done)
        if run.parameters is None:
            run.parameters = self.model.count_params()
        if logs:
            self._batches.append((run.step, logs))
        if time.perf_counter() >= self._due:
            self.flush()
        if run.control.asked or run.control.stopping or run.turn is not None:
            self._obey()
        self._stops_after_batch = self._trainer.stop_training

    @harmless
    def on_test_batch_end(self, batch: int, logs: Logs = None) -> None:
        """Cuts a validation short when stop is asked."""
        if time.perf_counter() >= self._due:
            self.flush()
        if self.run.control.stopping:
            self._evaluation_was_cut = True
            self.model.stop_evaluating = True
            self.model.stop_training = True

    @harmless
    def on_epoch_end(self, epoch: int, logs: Logs = None) -> None:
        """Takes the points of an epoch; they go out with the next message."""
        done = self.run.step - self._steps_before
        length = self.run.steps_per_epoch
        is_part = self._stops_after_batch and (length is None or done < length)
        if self.run.steps_per_epoch is None and not is_part:
            self.run.steps_per_epoch = done
        if self._evaluation_was_cut:
            logs = {name: value for name, value in (logs or {}).items() if not name.startswith("val_")}
        if logs and not is_part:  # the batches of a part are drawn; as an epoch it would stand at its end
            self._epochs.append((epoch + 1, logs))
            self.run.directions.update(
                {name: direction(self.model, name) for name in logs.keys() - self.run.directions.keys()}
            )
            self.run.finish_epoch(epoch + 1, logs)
        if time.perf_counter() >= self._due:
            self.flush()

    @harmless
    def on_train_end(self, logs: Logs = None) -> None:
        """Sends what is left."""
        self.flush()

    def flush(self) -> None:
        """Publishes the points since the last time."""
        start = time.perf_counter()
        curves = Curves(batch=self._series(self._batches), epoch=self._series(self._epochs))
        self._batches, self._epochs = [], []
        self._publish(curves)
        end = time.perf_counter()
        self._due = end + min(LONGEST_INTERVAL, max(INTERVAL, SHARE * (end - start)))

    def _series(self, points: Points) -> dict[str, Series]:
        """Points by metric: thousands a second, and most are plain numbers."""
        curves: dict[str, Series] = {}
        for metric in dict.fromkeys(chain.from_iterable(logs for _, logs in points)):
            known = [(x, logs[metric]) for x, logs in points if metric in logs]
            if any(type(value) is not float for _, value in known):
                known = self._single(metric, known)
            values = [value for _, value in known]
            y: list[float | None] = [*values]
            if not all(map(math.isfinite, values)):
                self._note_no_number(metric)
                y = [*map(finite, values)]
            if known:
                curves[metric] = Series(x=[x for x, _ in known], y=y)
        return curves

    def _single(self, metric: str, points: Sequence[tuple[int, Any]]) -> list[tuple[int, float]]:
        """The points that are one number each, as a curve has them."""
        single = [(x, float(np.reshape(value, ()))) for x, value in points if np.size(value) == 1]
        if len(single) < len(points):
            self._note_several(metric.removeprefix("val_"))
        return single

    def hold(self) -> None:
        """Waits as long as the run is to hold. Others may use the device meanwhile."""
        turn = self.run.turn
        since = time.perf_counter()
        if turn is not None:
            turn.give_back()
        self.run.phase = "paused"
        self.flush()
        self.run.control.wait_while(self._holds)
        if turn is not None:
            turn.take()
        self.run.timing.paused(time.perf_counter() - since)
        self.run.phase = "training"
        self.flush()

    def _let_others_go_first(self, turn: Turn) -> None:
        since = time.perf_counter()
        self.flush()
        turn.give_back()
        turn.take()
        self.run.timing.paused(time.perf_counter() - since)
        self.flush()

    def _obey(self) -> None:
        """Does what is asked of the run between two batches."""
        control, turn = self.run.control, self.run.turn
        control.asked = False  # before it is looked what was: what comes meanwhile is for the next batch
        take_back(self.model)  # which a job may save or look into
        control.do_jobs()
        control.ends("batch")
        if control.pausing:
            self.hold()
        elif turn is not None and turn.is_over:
            self._let_others_go_first(turn)
        self._steer()
        if control.stopping:
            self.model.stop_training = True

    def _steer(self) -> None:
        """Makes the changes that were asked for."""
        for what, value in self.run.control.take_changes():
            self._steered().change(what, value)
            self.flush()

    @property
    def changes(self) -> Changes:
        """What was changed so far while it trains."""
        return {} if self._steering is None else self._steering.changes

    def _steered(self) -> Steering:
        if self._steering is None:
            self._steering = Steering(self.model, self.run)
        return self._steering

    @contextmanager
    def steering(self) -> Iterator[None]:
        """Around a `fit`: what was changed while it trained is put back in the end."""
        try:
            yield
        finally:
            self.put_back()

    def put_back(self) -> None:
        """Nothing can be changed any more; what was changed is as it was before."""
        self.run.adjustable = None
        if self._steering is not None:
            self._steering.restore()

    def _holds(self) -> bool:
        self._steer()
        return self.run.control.pausing

    def _note_several(self, metric: str) -> None:
        """Says that a metric has no curve, and how it would have one where it takes an average."""
        note = text("{metric} is several numbers, which a curve can't show.", metric=metric)
        made = [one for group in self.model.metrics for one in getattr(group, "metrics", [])]
        if any(hasattr(one, "average") for one in made if metric.endswith(one.name)):
            note = text(
                "{metric} is several numbers, which a curve can't show. With average='macro' it is one.",
                metric=metric,
            )
        self.run.note(note)

    def _note_no_number(self, metric: str) -> None:
        if self._finite_data:
            note = text(
                "{metric} was not a number (NaN or infinite) at some batches. A smaller learning rate often "
                "helps.",
                metric=metric,
            )
        else:  # a note on the data has said why
            note = text("{metric} was not a number (NaN or infinite) at some batches.", metric=metric)
        self.run.note(note)
