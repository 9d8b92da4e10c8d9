"""Memorized samples: the model gets better on the training data, and worse on other data.

Bad: 100 samples, a network of a million weights, 500 epochs.

Good: more samples or augmentation, a smaller network, Dropout, or stopping where validation is best
(EarlyStopping with `restore_best_weights`).
"""

from __future__ import annotations

from collections.abc import Iterator

from kerasviz.config.training import training_of
from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.text import text

SEVERITY: Severity = "warning"
TITLE = text("Overfitting")
WORSE = 1.3
"""Times the best loss of validation that the last one is."""
APART = 2.5
"""Times the loss of training that the loss of validation is."""
SEEN = 0.1
"""Share of the loss of guessing that validation got worse by: a small loss may double, and stays small."""
LOST = 0.25
"""And by which much of what was learned is lost. Less comes of answers that are as right as before, and too
sure (Guo et al., 2017, *On Calibration of Modern Neural Networks*)."""
BY_HEART = 0.1
"""Share of the loss of guessing below which the samples are known."""
BAD = 0.5
"""Share of the loss of guessing above which others are not."""


def look(situation: Situation) -> Iterator[Hint]:
    """Looks for a validation that rises while training falls."""
    loss, held = situation.curve("loss"), situation.curve("val_loss")
    if len(held) < 8 or len(loss) != len(held):
        return
    best = min(held)
    epoch = held.index(best) + 1
    guess = situation.guess_validation
    rises = held[-1] > WORSE * best and held[-1] > APART * loss[-1] and epoch <= 0.7 * len(held)
    unit = guess if guess is not None else abs(held[0])
    rises = rises and held[-1] - best > SEEN * unit
    stays = guess is not None and held[-1] > BAD * guess and situation.has_learned(BY_HEART)
    if _ends_early(situation) or not (rises or stays) or not situation.is_validated:
        return
    edits = [{"edit": "fit", "arguments": {"epochs": epoch}}]
    sentence = text(
        "Since epoch {epoch} the validation loss rises while the training loss falls: the "
        "model memorizes its training samples. Stop at that epoch, add more samples, or use "
        "Dropout or fewer units.",
        epoch=epoch,
    )
    if not rises:
        sentence = text(
            "The model fits its training samples but does not generalize: it memorizes them. Add "
            "more samples, or use Dropout or fewer units."
        )
    yield hint(
        __name__,
        SEVERITY if rises and held[-1] - best > LOST * unit else "info",
        sentence,
        text("The model does worse on new samples than on its training samples."),
        {
            text("best validation loss"): best,
            text("last validation loss"): held[-1],
            text("last training loss"): loss[-1],
        },
        stretch=("val_loss", epoch, len(held)),
        fix=(text("Train {epochs} epochs", epochs=epoch), edits) if rises else None,
    )


def _ends_early(situation: Situation) -> bool:
    """Whether the plan keeps the best weights by itself."""
    callbacks = training_of(situation.document).get("callbacks") or []
    return any(
        isinstance(each, dict) and each.get("class_name") in ("EarlyStopping", "KeepBest")
        for each in callbacks
    )
