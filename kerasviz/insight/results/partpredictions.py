"""What a model says of a part of the data, beside what is true."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from kerasviz.insight.results.task import BLOCK, Task
from kerasviz.insight.samples import Part


@dataclass(frozen=True, eq=False)
class Predicted:
    """Predictions of all samples of a part.

    Attributes:
        part: Of the data.
        values: What the model gives, `(samples, ...)`; None where it has several outputs.
        targets: What its loss compares them with; None where there is none, or several.
        metrics: Loss and metrics of the part, as `model.evaluate` has them.
        task: What was to be predicted.
    """

    part: Part
    values: Any
    targets: Any
    metrics: Mapping[str, float]
    task: Task

    @cached_property
    def judged(self) -> Judged:
        """How sure the model is of each sample, of a task with classes."""
        task = self.task
        if task.kind == "two":
            second = np.asarray(task.scores, "float64")
            chosen = (second > task.threshold).astype(int)
            ahead = second - task.threshold
            return Judged(chosen, np.where(task.true == 1, ahead, -ahead), np.abs(ahead))
        blocks = [
            _judge(task.probabilities(slice(at, at + BLOCK)), task.true[at : at + BLOCK])
            for at in range(0, len(task.true), BLOCK)
        ]
        return Judged(*(np.concatenate(each) for each in zip(*blocks, strict=True)))


@dataclass(frozen=True, eq=False)
class Judged:
    """What is said of each sample of a part.

    Attributes:
        chosen: The class that is predicted.
        right: How far the true class is ahead of the best other one; below 0 where another is predicted.
        margin: How far the predicted class is ahead of the next one.
    """

    chosen: np.ndarray
    right: np.ndarray
    margin: np.ndarray


def _judge(probabilities: np.ndarray, true: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    rows, count = np.arange(len(true)), probabilities.shape[1]
    chosen = probabilities.argmax(axis=1)
    highest = np.partition(probabilities, -2, axis=1)
    best, next_best = highest[:, -1], highest[:, -2]
    known = (true >= 0) & (true < count)
    of_true = np.where(known, probabilities[rows, np.clip(true, 0, count - 1)], np.nan)
    right = np.where(chosen == true, best - next_best, of_true - best)
    return chosen, right, best - next_best
