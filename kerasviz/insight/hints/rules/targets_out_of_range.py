"""Targets that a loss for probabilities can't compare.

Such a loss takes targets of 0 and 1. With -1 it grows without a bound in the wrong direction.

Bad: classes are -1 and 1, the loss is binary_crossentropy.

Good: classes are 0 and 1.
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


def look(situation: Situation) -> Iterator[Hint]:
    """Looks for targets below 0 or above 1."""
    y = situation.y
    if (
        y is None
        or not y.size
        or situation.loss not in BINARY_LOSSES | ONE_HOT_LOSSES - {"categorical_hinge"}
    ):
        return
    if beyond(y, 0, 1):
        low, high = float(y.min()), float(y.max())
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
