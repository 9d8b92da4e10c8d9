"""What predictions are compared with: classes, one of two, labels or numbers."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import Literal

import numpy as np

from kerasviz.insight.outputs.shares import sigmoid, softmax
from kerasviz.insight.results.room import BLOCK, exact, room

Kind = Literal["classes", "two", "labels", "numbers", "other"]
"""One of several classes; one of two, by one score; any of several labels; one or more numbers; or what has
no results but its metrics."""

UNKNOWN = -1
"""The true class of an item that does not count: nobody knows it, or the loss leaves it out."""


@dataclass(frozen=True, eq=False)
class Task:
    """What one output predicts, and what is true. An item is a sample, or one of the positions in it.

    Attributes:
        kind: What was asked for.
        true: The class of each item, `(items,)`; of labels, 1 where a sample has one, `(samples, labels)`;
            numbers, `(samples, numbers)`.
        scores: Of each class, `(items, classes)`; of the second of two, `(items,)`; of each label; numbers
            that were predicted.
        names: Of the classes, labels or numbers; empty where there are too many numbers to tell apart.
        threshold: Above which score the second of two, or a label, is predicted.
        logits: Whether scores are logits, of which softmax or sigmoid makes probabilities.
        positions: Items of a sample: pixels, steps of a sequence.
        shape: Of what is predicted of a sample.
    """

    kind: Kind
    true: np.ndarray
    scores: np.ndarray
    names: tuple[str, ...] = ()
    threshold: float = 0.5
    logits: bool = False
    positions: int = 1
    shape: tuple[int, ...] = ()

    @property
    def samples(self) -> int:
        """How many there are."""
        return len(self.true) // self.positions

    @property
    def is_known(self) -> bool:
        """Whether something is known to be true."""
        if self.kind == "numbers":
            return bool(len(self.true)) and not np.isnan(self.true[:BLOCK]).all()
        return any((self.true[at : at + BLOCK] != UNKNOWN).any() for at in range(0, len(self.true), BLOCK))

    def score_of(self, number: int) -> np.ndarray:
        """The score of one class for all items, `(items,)`."""
        count = len(self.scores)
        if self.kind == "two" and self.scores.ndim == 1 and not self.logits:
            score = np.asarray(self.scores, exact(count))
        else:
            score = room((count,), exact(count))
            for at in range(0, count, BLOCK):
                rows = slice(at, at + BLOCK)
                score[rows] = (
                    self._second(rows) if self.kind == "two" else self.probabilities(rows)[:, number]
                )
        return 2 * self.threshold - score if self.kind == "two" and number == 0 else score

    def probabilities(self, rows: slice) -> np.ndarray:
        """The probability of each class for some items, `(items, classes)`."""
        scores = np.asarray(self.scores[rows], "float64")
        if not self.logits:
            return scores
        return softmax(scores)

    def label(self, number: int) -> Task:
        """Whether a sample has one of the labels, as a task of its own."""
        return dataclasses.replace(
            self, kind="two", true=self.true[:, number], scores=self.scores[:, number], names=("0", "1")
        )

    def of_samples(self, numbers: np.ndarray) -> Task:
        """The same of some samples alone."""

        def some(array: np.ndarray) -> np.ndarray:
            by_sample = array.reshape(self.samples, self.positions, *array.shape[1:])
            return np.asarray(by_sample[numbers].reshape(-1, *array.shape[1:]))

        return dataclasses.replace(self, true=some(self.true), scores=some(self.scores))

    def _second(self, rows: slice) -> np.ndarray:
        """The score of the second of two for some items."""
        if self.scores.ndim == 2:  # a share, which is above one half where it is the larger score
            both = self.probabilities(rows)
            return np.asarray(both[:, 1] / (both[:, 0] + both[:, 1]))
        score = np.asarray(self.scores[rows], "float64")
        return sigmoid(score) if self.logits else score


NOTHING = Task("other", np.empty(0), np.empty(0))
"""What has no results but its metrics."""
