"""What an output of a model answers about a sample, as one number that can be explained."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import keras
import numpy as np

from kerasviz.config.parts import part_of
from kerasviz.protocol import JSON

Squash = Literal["softmax", "sigmoid"]
"""What makes probabilities of scores."""
MOST_ANSWERS = 2000


@dataclass(frozen=True)
class Answer:
    """One number of an output: the score of a class, its probability, or a predicted number.

    Attributes:
        output: Which output of the model, counted from 0.
        names: What can be answered: classes, or the numbers of what comes out; empty for a single number.
        target: Which of them.
        in_model: What the model makes probabilities with; None where it gives scores, or numbers.
        in_loss: What the loss makes probabilities with, so that the model gives scores.
        in_one: Whether all answers are told by one number.
    """

    output: int
    names: tuple[str, ...]
    target: int
    in_model: Squash | None = None
    in_loss: Squash | None = None
    in_one: bool = False

    @property
    def is_probability(self) -> bool:
        """Whether it is about classes, so that there is a probability beside the score."""
        return self.in_model is not None or self.in_loss is not None

    def of(self, output: Any, *, score: bool) -> Any:
        """The number for each sample, `(samples,)`; the mean over positions where each has an answer.

        Args:
            output: The tensor that comes out of the model, `(samples, ..., answers)`; scores, where `score`
                is asked for.
            score: Whether it is the score that is wanted, as it is before a softmax or sigmoid.
        """
        values = keras.ops.cast(output, "float32")
        if self.in_loss is not None and not score:
            values = getattr(keras.ops, self.in_loss)(values)
        if self.names and not self.in_one:
            values = values[..., self.target]
        value = keras.ops.mean(keras.ops.reshape(values, (len(values), -1)), axis=1)
        if self.names and self.in_one and self.target == 0:  # the first of two classes
            return -value if score else 1 - value
        return value


def answer_of(
    output: np.ndarray,
    number: int,
    target: int | None,
    *,
    in_model: Squash | None,
    logits: bool,
    class_names: Sequence[str],
) -> Answer:
    """What an output answers.

    Args:
        output: As the model gives it for one sample, `(1, ..., answers)`.
        number: Of the output.
        target: Which answer; None for what the model says.
        in_model: What the model makes probabilities with.
        logits: Whether the loss takes scores.
        class_names: What classes are called; empty where nobody knows.
    """
    width = output.shape[-1] if output.ndim > 1 else 1
    in_one = width == 1
    in_loss: Squash | None = None
    if logits and in_model is None:
        in_loss = "sigmoid" if in_one else "softmax"
    count = width if not in_one else (2 if in_model or in_loss else 0)
    names = class_names if len(class_names) == count else map(str, range(min(count, MOST_ANSWERS)))
    answer = Answer(number, tuple(names), 0, in_model, in_loss, in_one)
    return replace(answer, target=said(output, answer) if target is None else min(target, max(0, count - 1)))


def said(output: np.ndarray, answer: Answer) -> int:
    """Which of the answers the model gives.

    Args:
        output: As in `answer_of`.
        answer: What the output answers.
    """
    values = np.nan_to_num(np.asarray(output, "float64"))
    if answer.in_one:
        return int(bool(answer.names) and values.mean() > (0.5 if answer.in_model else 0.0))
    return int(values.reshape(-1, values.shape[-1]).mean(axis=0)[: len(answer.names)].argmax())


def takes_logits(document: JSON) -> bool:
    """Whether the only loss of a plan takes scores."""
    loss = part_of(document, "compile_config").get("loss")
    config = loss.get("config") if isinstance(loss, Mapping) else None
    return isinstance(config, Mapping) and config.get("from_logits") is True
