"""Validation samples that are also training samples.

The model may have memorized them, so validation results are better than results on new samples.

Bad: the data is augmented or repeated first, and split afterwards; the rare class is repeated before the
split.

Good: it is split first; samples that belong together (of one patient, one document) are in the same part.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kerasviz.data.facts.repeats import GRAVE, are_told, digests, is_no_chance, shared, twins, values_of
from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.text import text

SEVERITY: Severity = "warning"
TITLE = text("Validation samples in the training data")
FEWEST = 20
"""Samples for validation: of fewer, one more that repeats changes all."""

MANY = 0.3
"""Share that is no accident, where samples are repeated within one part, too."""


def look(situation: Situation) -> Iterator[Hint]:
    """Looks for equal samples in both parts, where that is no chance."""
    y, goal = situation.y, situation.y_validation
    if not situation.x or len(situation.x) != len(situation.x_validation):
        return
    targets = ([], []) if y is None or goal is None else ([y], [goal])
    known, held = digests([*situation.x, *targets[0]]), digests([*situation.x_validation, *targets[1]])
    both = shared(known, held)
    if len(held) < FEWEST or not are_told(int(both.sum()), len(held)):
        return
    if not is_no_chance(values_of([*situation.x, *targets[0]]), len(known)):
        return
    part = float(both.mean())
    repeated = float((both & ~_is_flat(situation.x_validation)).mean())
    is_serious = part >= GRAVE and (repeated >= MANY or part >= 3 * twins(known) / len(known))
    yield hint(
        __name__,
        SEVERITY if is_serious else "info",
        text(
            "{percent} % of the validation samples are also training samples. Split the data so "
            "that each sample is in one part only.",
            percent=f"{100 * part:.3g}",
        ),
        text("The validation results look better than the model is."),
        {text("fraction of validation samples also in training"): part},
        samples=situation.numbered("validation", both),
    )


def _is_flat(arrays: tuple[np.ndarray, ...]) -> np.ndarray:
    """For each sample, whether all its values are the same, as in the pauses of a series."""
    rows = [array.reshape(len(array), -1) for array in arrays]
    found: np.ndarray = np.all([(row == row[:, :1]).all(axis=1) for row in rows], axis=0)
    return found
