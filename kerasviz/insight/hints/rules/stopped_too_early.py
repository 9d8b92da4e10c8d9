"""Training that ends while the loss is still falling steeply.

Bad: two epochs with a large batch size.

Good: more epochs, with EarlyStopping to end when the loss no longer improves.
"""

from __future__ import annotations

from collections.abc import Iterator

from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.insight.hints.simplemodels import reached
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.text import Text, text

SEVERITY: Severity = "warning"
TITLE = text("Stopped too early")
LEARNED = 0.35
"""Loss, as a share of that of guessing, below which the most is learned."""
HALF = 0.5
"""Loss, as a share of that of guessing, below which the model is of use, and more epochs make it better."""
STEEP = 0.02
"""Fall of the loss in one epoch, as a share of that of guessing: ten more such epochs would be seen."""
MANY = 1000
"""Batches after which it is a choice to end, and no oversight."""
FEW = 30
"""Batches in which Adam with its usual rate moves a weight by 0.03 at most, a tenth of its size."""
NOTHING = 0.9
"""Loss, as a share of that of guessing, above which nothing is learned yet."""
TOLD = 0.3
"""Share of the variance of the targets that a model without training explains: there is much to learn."""
ENOUGH = 0.5
"""Loss after a single epoch, as a share of that of guessing, below which it learns as it should."""


def look(situation: Situation) -> Iterator[Hint]:
    """Looks whether the loss still falls, of validation, too."""
    loss, held = situation.curve("loss"), situation.curve("val_loss")
    if not loss or situation.is_lost or not situation.ended or situation.steps > MANY:
        return
    unit = situation.guess if situation.guess is not None else abs(loss[0])
    if not unit or situation.has_learned(LEARNED):
        return
    if situation.steps < FEW and situation.left is not None and situation.left > ENOUGH:
        fell = 1 - situation.left
    elif len(loss) == 1:
        if situation.left is None or situation.left < ENOUGH or situation.fit.get("epochs") != 1:
            return
        fell = 1 - situation.left
    else:
        fell = min(_fall(curve) for curve in (loss, held) if len(curve) > 1) / unit
        if fell < STEEP and not _has_hardly_begun(situation):
            return
    epochs = int(situation.fit["epochs"]) * 10
    edits = [{"edit": "fit", "arguments": {"epochs": epochs}}]
    yield hint(
        __name__,
        "info" if situation.has_learned(HALF) else SEVERITY,
        _sentence(situation, fell),
        text("The model could still improve."),
        {
            text("batches"): situation.steps,
            text("last decrease of the loss per epoch, relative to a constant prediction"): fell,
        },
        stretch=("loss", max(1, len(loss) - 1), len(loss)),
        fix=(text("Train {epochs} epochs", epochs=epochs), edits),
    )


def _sentence(situation: Situation, fell: float) -> Text:
    if fell >= STEEP:
        return text(
            "Training ended after {steps} batches while the loss was still falling. Train for more epochs.",
            steps=situation.steps,
        )
    if _has_hardly_begun(situation):
        return text(
            "After {steps} batches the model has learned nothing yet, though simpler models do well on this "
            "data. Train for more epochs, or with a higher learning rate.",
            steps=situation.steps,
        )
    return text(
        "Training ended after {steps} batches, too few to tell whether the model learns. Train for more "
        "epochs.",
        steps=situation.steps,
    )


def _has_hardly_begun(situation: Situation) -> bool:
    """Whether nothing is learned, and it is not for the data."""
    if situation.left is None or situation.left < NOTHING or situation.has_learned(NOTHING):
        return False
    return max((share for share in reached(situation) if share is not None), default=0.0) > TOLD


def _fall(curve: list[float]) -> float:
    """By how much a curve falls in an epoch, in the last ones."""
    several = min(3, len(curve) - 1)
    return (curve[-1 - several] - curve[-1]) / several
