"""Targets that a loss can't compare.

A loss for probabilities takes targets of 0 and 1. With -1 it grows without a bound in the wrong direction.
Losses for counts, and such that take a logarithm, take none below 0.

Bad: classes are -1 and 1, the loss is binary_crossentropy; counts less their mean, the loss is poisson.

Good: classes are 0 and 1; counts as they are.
"""

from __future__ import annotations

from collections.abc import Iterator

from kerasviz.data.facts.magnitude import beyond
from kerasviz.data.losses import BINARY_LOSSES, ONE_HOT_LOSSES
from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.text import text

SEVERITY: Severity = "error"
TITLE = text("Targets out of range")
COUNTS = ("poisson", "mean_squared_logarithmic_error")
"""Losses for numbers that are never below 0."""


def look(situation: Situation) -> Iterator[Hint]:
    """Looks for targets below 0 or above 1."""
    y = situation.y
    if y is None or not y.size:
        return
    low, high = float(y.min()), float(y.max())
    if situation.loss in COUNTS and low < 0:
        yield hint(
            __name__,
            SEVERITY,
            text(
                "Targets go down to {low}, but the loss {loss} takes none below 0. Leave them as they are "
                "counted, or use mean_squared_error.",
                low=f"{low:g}",
                loss=str(situation.loss),
            ),
            text("The loss is meaningless, and minimizing it does not solve the task."),
            {text("smallest target"): low},
            samples=situation.numbered("training", (y.reshape(len(y), -1) < 0).any(axis=1)),
        )
    if situation.loss not in BINARY_LOSSES | ONE_HOT_LOSSES - {"categorical_hinge"}:
        return
    if beyond(y, 0, 1):
        yield hint(
            __name__,
            SEVERITY,
            text(
                "The targets range from {low} to {high}, but the loss {loss} expects 0 to 1. Encode "
                "the classes as 0 and 1.",
                low=f"{low:g}",
                high=f"{high:g}",
                loss=str(situation.loss),
            ),
            text("The loss is meaningless, and minimizing it does not solve the task."),
            {text("smallest target"): low, text("largest target"): high},
        )
