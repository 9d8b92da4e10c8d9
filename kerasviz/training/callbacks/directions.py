"""Whether more or less of a metric is better, as Keras says."""

from __future__ import annotations

import sys
from typing import Any, Literal

import keras


def direction(model: Any, metric: str) -> Literal["up", "down"] | None:
    """Asks Keras which of two epochs its own callbacks would take for the better one.

    Args:
        model: Compiled, and trained on a batch at least.
        metric: As it is called in the logs: `val_accuracy`.

    Returns:
        None where Keras can't say, e.g. for a function as a metric.
    """
    judge = keras.callbacks.EarlyStopping(monitor=metric, patience=sys.maxsize)
    judge.set_model(model)
    try:
        judge.on_train_begin()
        judge.on_epoch_end(0, {metric: 0.0})
        judge.on_epoch_end(1, {metric: 1.0})
    except ValueError:
        return None
    return "up" if judge.best == 1 else "down"
