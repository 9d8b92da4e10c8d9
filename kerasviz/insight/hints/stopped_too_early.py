"""An end while the curves still fall steeply.

Bad: two epochs with a large batch, because the first try had two.

Good: more epochs, and EarlyStopping to end where it gets no better.
"""

from __future__ import annotations

from collections.abc import Iterator

from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.text import text

SEVERITY: Severity = "warning"
STEEP = 0.08
"""Share by which the loss fell in the last epoch."""
FEW = 60
"""Batches below which hardly anything can be learned."""
LEARNED = 0.35
"""Loss, as a share of that of guessing, below which the most is learned."""


def look(situation: Situation) -> Iterator[Hint]:
    """Looks whether the loss still falls, of validation, too."""
    loss, held, guess = situation.curve("loss"), situation.curve("val_loss"), situation.guess
    if len(loss) < 2 or situation.steps > FEW or (guess and loss[-1] < LEARNED * guess):
        return
    fell = 1 - loss[-1] / loss[-2] if loss[-2] > 0 else 0.0
    fell_held = 1 - held[-1] / held[-2] if len(held) > 1 and held[-2] > 0 else fell
    if min(fell, fell_held) < 0.01:
        return
    epochs = int(situation.fit["epochs"]) * 10
    edits = [{"edit": "fit", "arguments": {"epochs": epochs}}]
    yield hint(
        __name__,
        SEVERITY,
        text(
            "Training ended after {steps} batches, while the loss still fell. Train more epochs.",
            steps=situation.steps,
        ),
        text("The model could be better."),
        {text("batches"): situation.steps, text("share by which the loss fell at last"): fell},
        stretch=("loss", len(loss) - 1, len(loss)),
        fix=(text("Train {epochs} epochs", epochs=epochs), edits),
    )
