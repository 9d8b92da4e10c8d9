"""What a model was asked to learn: classes, one of two, or a number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from kerasviz.data.judging import of_outputs
from kerasviz.data.labels import is_one_hot
from kerasviz.data.losses import BINARY_LOSSES, GENERALIZED_LOSS, SPARSE_LOSS, loss_name

Kind = Literal["classes", "two", "numbers", "other"]
"""One of several classes; one of two, by one score; a number; or what has no results but its metrics."""

BLOCK = 16_384
"""Samples of which probabilities are in memory at a time."""


@dataclass(frozen=True, eq=False)
class Task:
    """What predictions are compared with, one value for each sample.

    Attributes:
        kind: What was asked for.
        true: The class, or the number, `(samples,)`.
        scores: Of each class, `(samples, classes)`, or of the second of two, `(samples,)`. The number that
            was predicted, of the kind `numbers`.
        names: Of the classes.
        threshold: Above which score the second of two is predicted.
        logits: Whether the scores of classes are logits, of which softmax makes probabilities.
    """

    kind: Kind
    true: np.ndarray
    scores: np.ndarray
    names: tuple[str, ...] = ()
    threshold: float = 0.5
    logits: bool = False

    def score_of(self, number: int) -> np.ndarray:
        """The score of one class for all samples, `(samples,)`."""
        if self.kind == "two":
            score = np.asarray(self.scores, "float64")
            return score if number == 1 else 2 * self.threshold - score
        blocks = range(0, len(self.scores), BLOCK)
        return np.concatenate([self.probabilities(slice(at, at + BLOCK))[:, number] for at in blocks])

    def probabilities(self, rows: slice) -> np.ndarray:
        """The probability of each class for some samples, `(samples, classes)`."""
        scores = np.asarray(self.scores[rows], "float64")
        if not self.logits:
            return scores
        powers = np.exp(scores - scores.max(axis=1, keepdims=True))
        return np.asarray(powers / powers.sum(axis=1, keepdims=True))


_NOTHING = Task("other", np.empty(0), np.empty(0))


def task_of(model: Any, values: Any, targets: Any, names: tuple[str, ...]) -> Task:
    """Tells what predictions and targets are.

    Args:
        model: A compiled model.
        values: What it predicted; None where it has several outputs.
        targets: What its loss compares that with; None where there is nothing.
        names: Of the classes; empty where they have none.
    """
    if values is None or targets is None or (isinstance(model.loss, (list, dict)) and len(model.loss) != 1):
        return _NOTHING
    loss = of_outputs(model.loss, list(getattr(model, "output_names", None) or ["output"]))[0]
    name, count = loss_name(loss), len(values)
    logits = bool(getattr(loss, "from_logits", False))
    if values.ndim == 2 and values.shape[1] > 1:
        true = None
        if targets.size == count and name in (SPARSE_LOSS, GENERALIZED_LOSS, "crossentropy"):
            true = targets.reshape(count).astype(int)
        elif targets.shape == values.shape and is_one_hot(targets) and name not in _OF_NUMBERS:
            true = targets.argmax(axis=1)
        if true is None:
            return _NOTHING
        return Task("classes", true, values, _named(names, values.shape[1]), logits=logits)
    if values.size != count or targets.size != count:
        return _NOTHING
    score, target = values.reshape(count), targets.reshape(count)
    is_margin = name in ("hinge", "squared_hinge")
    if name in BINARY_LOSSES or name == "crossentropy" or is_margin:
        labels = ("-1", "1") if is_margin and target.min(initial=0) < 0 else ("0", "1")
        score = 1 / (1 + np.exp(-np.asarray(score, "float64"))) if logits else score
        is_whole = np.isin(target, (-1, 0, 1)).all()
        if not is_whole:
            return _NOTHING
        chosen = names if len(names) == 2 else labels
        return Task("two", (target > 0).astype(int), score, chosen, 0.0 if is_margin else 0.5)
    return Task("numbers", target, score)


_OF_NUMBERS = frozenset({"mean_squared_error", "mean_absolute_error", "huber", "log_cosh"})
"""Losses that compare numbers, whatever they are."""


def _named(names: tuple[str, ...], count: int) -> tuple[str, ...]:
    return tuple(names[i] if i < len(names) else str(i) for i in range(count))
