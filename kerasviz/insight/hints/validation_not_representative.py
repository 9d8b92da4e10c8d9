"""Samples for validation that differ from those that are trained on.

`validation_split` takes the last samples. Where they are sorted, by class or by what is to be predicted, the
model is measured on what it never saw, and was not trained on what it is measured on.

Bad: rows sorted by class, and `validation_split=0.2`.

Good: rows shuffled before, or the split *by_class*.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.text import text

SEVERITY: Severity = "warning"
APART = 0.3
"""Share of the samples for validation that would have to be of another class."""
FEWEST = 30
"""Samples of each part from which on that is no chance."""
DEVIATIONS = 1.5


def look(situation: Situation) -> Iterator[Hint]:
    """Compares what is to be predicted in both parts."""
    y, held = situation.y, situation.y_validation
    if y is None or held is None or min(len(y), len(held)) < FEWEST:
        return
    classes, others = situation.classes, situation.classes_of(held)
    if classes is not None and others is not None:
        names = np.union1d(classes, others)
        if len(names) * 5 > len(others):
            return
        shares = [np.array([(part == name).mean() for name in names]) for part in (classes, others)]
        apart = float(abs(shares[0] - shares[1]).sum() / 2)
        if apart > APART:
            yield _hint(text("share of validation that would have to be of another class"), apart)
    elif y.size == len(y) and held.size == len(held) and np.isfinite(y).all() and np.isfinite(held).all():
        deviations = float(abs(y.mean() - held.mean()) / (y.std() + 1e-12))
        if deviations > DEVIATIONS:
            yield _hint(text("deviations between the means of both parts"), deviations)


def _hint(what: object, value: float) -> Hint:
    return hint(
        __name__,
        SEVERITY,
        text(
            "The samples for validation are of another kind than those for training. Shuffle the samples, or "
            "choose a split by class."
        ),
        text("What is measured on them says nothing about what the model has learned."),
        {what: value},  # type: ignore[dict-item]
    )
