"""Not clearly better than guessing: a constant prediction has about the same loss.

Bad: labels that belong to other samples; inputs that carry no information about the target.

Good: x and y come from the same rows in the same order; some samples are checked with their labels first.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.ontheway import is_falling
from kerasviz.insight.hints.rules.stopped_too_early import TOLD
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.insight.hints.simplemodels import reached
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.text import text

SEVERITY: Severity = "warning"
TITLE = text("Not clearly better than guessing")
LEAST = 0.03
"""Share of the loss of guessing that something learned saves, at least."""
CHANCE = 0.5
"""Over the root of the number of samples: what the best of many epochs saves by chance."""


def look(situation: Situation) -> Iterator[Hint]:
    """Compares the best loss with that of guessing."""
    name, guess = "val_loss", situation.guess_validation
    losses = situation.curve(name)
    if not losses or guess is None:
        name, guess = "loss", situation.guess
        losses = situation.curve(name)
    if guess is None or len(losses) < 2 or guess <= 0 or situation.is_young or is_falling(situation):
        return
    best = min(losses) - (0.0 if situation.model is None else situation.model.penalty)
    samples = 0 if situation.seen is None else situation.seen.counts[name == "val_loss"]
    if best < (1 - max(LEAST, CHANCE / math.sqrt(max(1, samples)))) * guess:
        return
    evidence = {text("best loss"): best, text("loss of a constant prediction"): guess}
    told = max((share for share in reached(situation) if share is not None), default=0.0)
    sentence = text(
        "The model is not clearly better than guessing: its best loss is {best}, and always "
        "predicting the same gives {guess}. Check that each sample has its own target.",
        guess=f"{guess:.4g}",
        best=f"{best:.4g}",
    )
    if told > TOLD:
        evidence[text("variance explained by a nonlinear model")] = told
        sentence = text(
            "The model is not clearly better than guessing: its best loss is {best}, and always "
            "predicting the same gives {guess}. Simpler models do well on this data, so check the layers "
            "and the training settings.",
            guess=f"{guess:.4g}",
            best=f"{best:.4g}",
        )
    yield hint(
        __name__,
        SEVERITY,
        sentence,
        text("Its predictions are useless."),
        evidence,
        stretch=(name, 1, len(losses)),
    )
