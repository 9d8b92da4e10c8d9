"""Validation samples that differ from the training samples.

`validation_split` takes the last samples. If the data is sorted by class or by target, the model is validated
on classes or values that it was never trained on. If only one part is scaled, its inputs mean something else.

Bad: rows sorted by class, and `validation_split=0.2`; `x_train / 255` for training, and `x_test` as it is.

Good: rows shuffled before, or the split *by_class*; one function that preprocesses both parts.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kerasviz.data.facts.finite import is_finite
from kerasviz.data.facts.sortedness import rises_or_falls
from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.text import Text, text

SEVERITY: Severity = "warning"
TITLE = text("Validation data differs")
APART = 0.3
"""Share of the samples for validation that would have to be of another class."""
FEWEST = 30
"""Samples of each part from which on that is no chance."""
DEVIATIONS = 1.2
"""Between the means of sorted targets: the upper fifth of sorted numbers is about two from the rest."""
FAR = 3.0
"""Deviations between the means of inputs, or of targets in any order. A trend over time gives less."""
TIMES = 5.0
"""How many times as large the deviation of one part is."""


def look(situation: Situation) -> Iterator[Hint]:
    """Compares what is to be predicted in both parts, and the inputs."""
    y, held = situation.y, situation.y_validation
    if not situation.is_any_order or y is None or held is None or min(len(y), len(held)) < FEWEST:
        return
    for what, value in (*_inputs(situation), *_targets(situation, y, held)):
        yield hint(
            __name__,
            SEVERITY,
            text(
                "The validation samples differ from the training samples. Shuffle the data or split "
                "it by class, and preprocess both parts in the same way."
            ),
            text("Validation results say little about what the model has learned."),
            {what: value},
        )
        return


def _targets(situation: Situation, y: np.ndarray, held: np.ndarray) -> Iterator[tuple[Text, float]]:
    classes, others = situation.classes, situation.classes_of(held)
    if classes is not None and others is not None:
        names = np.union1d(classes, others)
        if len(names) * 5 > len(others):
            return
        shares = [np.array([(part == name).mean() for name in names]) for part in (classes, others)]
        apart = float(abs(shares[0] - shares[1]).sum() / 2)
        if apart > APART:
            yield text("difference between the class distributions"), apart
    elif y.size == len(y) and held.size == len(held) and is_finite(y) and is_finite(held):
        deviations = float(abs(y.mean() - held.mean()) / (y.std() + 1e-12))
        if deviations > (DEVIATIONS if rises_or_falls(y.reshape(-1)) else FAR):
            yield text("standard deviations between the means of both parts"), deviations


def _inputs(situation: Situation) -> Iterator[tuple[Text, float]]:
    """Where most columns of an input, or all of its values, lie elsewhere."""
    if len(situation.x) != len(situation.x_validation):
        return
    for known, held in zip(situation.x, situation.x_validation, strict=True):
        if known.dtype.kind != "f" or held.dtype.kind not in "fiu" or known.shape[1:] != held.shape[1:]:
            continue
        columns = known.shape[-1] if known.ndim == 2 else 1
        here, there = (part.reshape(-1, columns).astype("float64") for part in (known, held))
        if not (is_finite(here) and is_finite(there)):
            continue
        deviation = np.maximum(here.std(axis=0), 1e-9)
        far = abs(there.mean(axis=0) - here.mean(axis=0)) / deviation
        wide = there.std(axis=0) / deviation
        differ = (far > FAR) | (wide > TIMES) | (wide < 1 / TIMES)
        differ &= here.std(axis=0) > 0
        if differ.mean() > 0.5:
            yield text("fraction of inputs with another distribution"), float(differ.mean())
