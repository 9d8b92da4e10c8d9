"""A loss that is NaN (not a number) or infinite.

Weights became too large, a logarithm of 0 or a division by 0 occurred, or the data has such values. From then
on every step makes all weights NaN.

Bad: a learning rate of 1, or inputs in the thousands.

Good: a smaller learning rate, scaled inputs, `clipnorm=1` in the optimizer.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.text import text

SEVERITY: Severity = "error"
TITLE = text("Loss is NaN or infinite")


def look(situation: Situation) -> Iterator[Hint]:
    """Looks for the first epoch with such a loss."""
    for number, value in enumerate(situation.history.get("loss", ()), start=1):
        if value is None or not math.isfinite(value):
            yield hint(
                __name__,
                SEVERITY,
                text(
                    "The loss is not finite (NaN or infinite) from epoch {epoch} on. Use a smaller "
                    "learning rate, and check that inputs and targets are scaled.",
                    epoch=number,
                ),
                text("All weights become NaN, so nothing is learned from then on."),
                {text("epoch"): number},
                layer=situation.broken_layer,
                stretch=("loss", max(1, number - 1), len(situation.history["loss"])),
            )
            return
