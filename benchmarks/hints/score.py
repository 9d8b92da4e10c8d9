"""How good a model is, as one number that faults and fixes can be compared by, whatever the loss."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.hints.training import Training


def score(model: Any, training: Training) -> float | None:
    """Measures a model on samples that it did not see.

    Args:
        model: The trained `keras.Model`.
        training: Where the samples are, and what is to be predicted.

    Returns:
        Of classes and labels the share that is right; of numbers and pictures the share of the variance that
        is explained, at least 0. None where there is nothing to measure.
    """
    held = training.judged_by or training.validation
    if held is None or not training.is_plain or training.goal == "other":
        return None
    x, y = held
    if not np.isfinite(x).all():
        return None
    given = np.asarray(model.predict(x, verbose=0), "float64").reshape(len(y), -1)
    if training.goal == "classes":
        said = given.argmax(axis=1) if given.shape[1] > 1 else (given[:, 0] > 0.5) * 1
        wanted = y.argmax(axis=1) if y.ndim > 1 and y.shape[-1] > 1 else y.reshape(-1)
        return float((said == wanted).mean())
    wanted = y.reshape(len(y), -1)
    if given.shape != wanted.shape:
        return None
    if training.goal == "labels":
        return float(((given > 0.5) == (wanted > 0.5)).mean())
    left = float(((given - wanted) ** 2).sum())
    return max(0.0, 1 - left / float(((wanted - wanted.mean(axis=0)) ** 2).sum()))
