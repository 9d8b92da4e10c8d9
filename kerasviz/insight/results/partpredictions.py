"""Predictions of a part of the data, beside what is true."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from kerasviz.insight.results.room import BLOCK, exact, room
from kerasviz.insight.results.task import UNKNOWN, Task
from kerasviz.insight.samples.sampleparts import Part


@dataclass(frozen=True, eq=False)
class Predicted:
    """What one output predicts of samples.

    Attributes:
        part: Of the data.
        name: Of the output.
        values: What the model gives, `(samples, ...)`.
        task: What was to be predicted.
        numbers: The samples' numbers in the part; None where they are all.
        has_mask: Whether masks of layers leave positions out.
        has_weights: Whether weights of positions do.
    """

    part: Part
    name: str
    values: Any
    task: Task
    numbers: np.ndarray | None = None
    has_mask: bool = False
    has_weights: bool = False
    _judged: dict[float, Judged] = field(default_factory=dict)

    def judged(self, threshold: float | None = None) -> Judged:
        """What is predicted of each item, and how sure the model is, of a task with classes.

        Args:
            threshold: Above which score the second of two is predicted; None for that of the task.
        """
        at = self.task.threshold if threshold is None else threshold
        if at not in self._judged:
            self._judged.clear()  # one is enough, and they may be large
            self._judged[at] = _judge_two(self.task, at) if self.task.kind == "two" else _judge(self.task)
        return self._judged[at]

    def numbers_of(self, chosen: np.ndarray) -> np.ndarray:
        """The numbers in the part of some of these samples."""
        return chosen if self.numbers is None else self.numbers[chosen]

    def label(self, number: int) -> Predicted:
        """Of one of several labels."""
        return dataclasses.replace(self, task=self.task.label(number), _judged={})

    def of_samples(self, numbers: np.ndarray) -> Predicted:
        """Of some of the samples alone."""
        task = self.task if self.task.kind == "other" else self.task.of_samples(numbers)
        there = self.numbers_of(numbers)
        return dataclasses.replace(self, values=self.values[numbers], task=task, numbers=there, _judged={})


@dataclass(frozen=True, eq=False)
class Evaluated:
    """Predictions of all samples of a part.

    Attributes:
        part: Of the data.
        outputs: What each output predicts.
        metrics: Loss and metrics of the part, as `model.evaluate` has them.
    """

    part: Part
    outputs: tuple[Predicted, ...]
    metrics: Mapping[str, float]
    _some: dict[Hashable, Predicted] = field(default_factory=dict)

    def of_samples(self, output: int, key: Hashable, numbers: Callable[[], np.ndarray]) -> Predicted:
        """What one output predicts of some samples; those of the last key are remembered.

        Args:
            output: Its number.
            key: What tells these samples from others.
            numbers: Gives the samples' numbers in the part.
        """
        whole = (output, key)
        if whole not in self._some:
            self._some.clear()
            self._some[whole] = self.outputs[output].of_samples(numbers())
        return self._some[whole]


@dataclass(frozen=True, eq=False)
class Judged:
    """What is said of each item.

    Attributes:
        chosen: The class that is predicted.
        right: How far the true class is ahead of the best other one; below 0 where another is predicted.
        margin: How far the predicted class is ahead of the next one.
    """

    chosen: np.ndarray
    right: np.ndarray
    margin: np.ndarray


def _judge_two(task: Task, threshold: float) -> Judged:
    ahead = task.score_of(1) - threshold
    return Judged((ahead > 0).astype("int32"), np.where(task.true == 1, ahead, -ahead), np.abs(ahead))


def _judge(task: Task) -> Judged:
    count = len(task.true)
    found = Judged(room((count,), "int32"), room((count,), exact(count)), room((count,), exact(count)))
    for at in range(0, count, BLOCK):
        rows = slice(at, at + BLOCK)
        found.chosen[rows], found.right[rows], found.margin[rows] = _of_block(
            task.probabilities(rows), task.true[rows]
        )
    return found


def _of_block(probabilities: np.ndarray, true: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rows, count = np.arange(len(true)), probabilities.shape[1]
    chosen = probabilities.argmax(axis=1)
    highest = np.partition(probabilities, -2, axis=1)
    best, next_best = highest[:, -1], highest[:, -2]
    known = (true > UNKNOWN) & (true < count)
    of_true = np.where(known, probabilities[rows, np.clip(true, 0, count - 1)], np.nan)
    right = np.where(chosen == true, best - next_best, of_true - best)
    return chosen, right, best - next_best
