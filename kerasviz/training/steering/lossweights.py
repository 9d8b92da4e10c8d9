"""How much each output counts in the loss."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from kerasviz.data.dataset import Data
from kerasviz.data.tables import map_arrays
from kerasviz.protocol.text import text
from kerasviz.training.steering.value import Value

WEIGHTS = "loss_weights/"
"""Before the name of the output."""


def loss_weights(model: Any) -> Iterator[Value]:
    """Finds the weights of the losses, where there are several; those that nobody set are 1.

    Args:
        model: A compiled model that was trained for a step.
    """
    losses = getattr(getattr(model, "_compile_loss", None), "_flat_losses", None) or []
    if len(losses) > 1:
        for index in range(len(losses)):
            yield _weight(losses, index)


def build_losses(model: Any, data: Data) -> None:
    """Has Keras make the losses of the outputs before the first step, so that their weights can be set.

    Args:
        model: A compiled model.
        data: Some samples at least, as `fit` takes them.
    """
    x, y = (map_arrays(part, "", lambda array, _: array[:1]) for part in (data.x, data.y))
    model.compute_loss(x=x, y=y, y_pred=model(x, training=False))


def _weight(losses: list[Any], index: int) -> Value:
    def read() -> float:
        weight = losses[index].loss_weights
        return 1.0 if weight is None else float(weight)

    def write(value: float) -> None:
        loss = losses[index]
        losses[index] = type(loss)(loss.path, loss.loss, value, loss.name)

    return Value(f"{WEIGHTS}{losses[index].name}", read, write, _check)


def _check(value: float) -> None:
    if not (0 <= value < math.inf):
        raise ValueError(text("A loss weight must be 0 or more, not {value}.", value=f"{value:g}"))
