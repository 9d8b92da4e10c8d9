"""Targets that are far from the outputs of an untrained model.

An untrained model outputs values near 0. To reach 200,000 it must first move its last bias there, step by
step, and with squared errors the gradients are so large that training is unstable.

Bad: house prices in dollars with the loss mean_squared_error.

Good: prices in units of 100,000 dollars, or standardized prices (minus the mean, divided by the standard
deviation); predictions are scaled back.
"""

from __future__ import annotations

from collections.abc import Iterator

from kerasviz.data.facts.magnitude import LARGE_TARGETS, size_of
from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.text import text

SEVERITY: Severity = "warning"
TITLE = text("Targets not scaled")
FAR = 500
"""Size from which on that is said before anything was learned: a smaller one may be no trouble."""
LEARNED = 0.6
"""Loss, as a share of what guessing gives, below which it came to such numbers all the same."""
ABSOLUTE = ("mean_squared_error", "mean_absolute_error", "huber", "log_cosh")
"""Losses that depend on the size of what is predicted."""


def look(situation: Situation) -> Iterator[Hint]:
    """Looks for large numbers to be predicted by a layer with weights."""
    y, last = situation.y, next(iter(reversed(situation.layers)), None)
    if y is None or situation.loss not in ABSOLUTE or last is None or not last.weights:
        return
    size = size_of(y)
    loss, guess = situation.curve("loss"), situation.guess
    if size <= LARGE_TARGETS or (loss and guess and loss[-1] < LEARNED * guess):
        return
    yield hint(
        __name__,
        "error" if situation.is_lost else SEVERITY if situation.ended or size > FAR else "info",
        text(
            "The targets are as large as {size}. Standardize them before training: subtract the "
            "mean and divide by the standard deviation.",
            size=f"{size:.3g}",
        ),
        text("The model needs very many steps to reach such values."),
        {text("magnitude of the targets"): size},
        layer=last.name,
    )
