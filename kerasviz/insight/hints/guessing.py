"""What guessing gives: the loss of whoever always says the same. Keras is asked for it."""

from __future__ import annotations

import math
from typing import Any

import keras
import numpy as np

from kerasviz.backend.isolation import aside
from kerasviz.data.facts.finite import is_finite
from kerasviz.data.losses import BINARY_LOSSES, SPARSE_LOSS

_SMALL = 1e-6


def guessed(loss: Any, name: str, known: Any, y: Any, shape: tuple[int, ...]) -> float | None:
    """Measures the best constant answer.

    Args:
        loss: As `compile_config` has it.
        name: The loss, as Keras names its function.
        known: Targets `(samples, ...)` from which the answer is taken.
        y: Targets on which it is measured.
        shape: Of the output, for each sample.

    Returns:
        The loss; None where the answer has another shape than the targets, or Keras can't compare them.
    """
    if not is_finite(known) or not is_finite(y):
        return None
    if name == SPARSE_LOSS:
        labels = known.reshape(-1).astype("int64")
        outputs = shape[-1]
        if len(shape) > 1 or len(labels) != len(known) or labels.min() < 0 or labels.max() >= outputs:
            return None
        answers = [np.bincount(labels, minlength=outputs) / len(labels)]
    elif known.reshape(len(known), -1).shape[1] != math.prod(shape):
        return None
    else:
        flat = known.reshape(len(known), -1).astype("float64")
        answers = [flat.mean(axis=0), np.median(flat, axis=0)]
    if "crossentropy" in name:
        answers = [np.clip(answers[0], _SMALL, 1 - _SMALL)]
    return aside(lambda: _measured(loss, name, answers, y, shape))


def _measured(loss: Any, name: str, answers: list[Any], y: Any, shape: tuple[int, ...]) -> float | None:
    config = loss.get("config") if isinstance(loss, dict) else None
    logits = isinstance(config, dict) and config.get("from_logits") is True
    try:
        made = keras.losses.get(loss)
        found = []
        for answer in answers:
            if logits:
                answer = np.log(answer / (1 - answer)) if name in BINARY_LOSSES else np.log(answer)
            predicted = np.tile(answer.astype("float32"), (len(y), 1))
            predicted = predicted.reshape(len(y), *shape)
            target = y.reshape(-1) if name == SPARSE_LOSS else y.reshape(len(y), *shape)
            found.append(
                float(np.mean(keras.ops.convert_to_numpy(made(target.astype("float32"), predicted))))
            )
    except Exception:  # whatever Keras says of shapes that do not fit
        return None
    return min(found) if np.isfinite(found).all() else None
