"""Samples for validation that are trained on, too.

A model may know them by heart. What is measured on them is better than what new samples would give.

Bad: the set is augmented or repeated first, and split then.

Good: it is split first; samples that belong together (of one patient, one document) go to one part.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.text import text

SEVERITY: Severity = "warning"
SHARE = 0.1
FEWEST = 20


def look(situation: Situation) -> Iterator[Hint]:
    """Looks for equal samples in both parts, where samples within one part differ."""
    if not situation.x or len(situation.x) != len(situation.x_validation):
        return
    known, held = _digests(situation.x), _digests(situation.x_validation)
    if len(held) < FEWEST:
        return
    values, counts = np.unique(known, return_counts=True)
    again = float(np.isin(held, values).mean())
    within = float(counts[counts > 1].sum() / len(known))
    if again < SHARE or again < 3 * within:
        return
    yield hint(
        __name__,
        SEVERITY,
        text(
            "{percent} % of the validation samples are also training samples. Split the data so "
            "that each sample is in one part only.",
            percent=f"{100 * again:.3g}",
        ),
        text("The validation results look better than the model is."),
        {text("fraction of validation samples also in training"): again},
        samples=situation.numbered("validation", np.isin(held, values)),
    )


def _digests(arrays: tuple[np.ndarray, ...]) -> np.ndarray:
    """A number for each sample: equal ones have the same."""
    found = np.zeros(len(arrays[0]), "uint64")
    draw = np.random.default_rng(0)
    for array in arrays:
        flat = np.ascontiguousarray(array.reshape(len(array), -1))
        bits = flat.view(np.uint8).reshape(len(flat), -1).astype("uint64")
        factors = draw.integers(1, 2**63, bits.shape[1], dtype="uint64") | np.uint64(1)
        found = found * np.uint64(31) + (bits * factors).sum(axis=1, dtype="uint64")
    return found
