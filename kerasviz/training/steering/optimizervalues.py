"""The numbers of an optimizer."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator
from typing import Any

import keras
import numpy as np

from kerasviz.backend.isolation import aside
from kerasviz.protocol import JSON
from kerasviz.protocol.text import text
from kerasviz.training.steering.value import Value, argument

logger = logging.getLogger(__name__)


def optimizer_values(model: Any) -> Iterator[Value]:
    """Finds the learning rate, and each other number that the optimizer was made with.

    Args:
        model: A compiled `keras.Model`.
    """
    optimizer = getattr(model.optimizer, "inner_optimizer", model.optimizer)
    config = optimizer.get_config()
    follows = isinstance(config.get("learning_rate"), dict)
    yield Value(
        "learning_rate",
        read=lambda: float(str(keras.ops.convert_to_numpy(optimizer.learning_rate))),  # 0.1 in float32, too
        write=lambda value: setattr(optimizer, "learning_rate", value),
        check=_check_rate,
        is_traced=False,
        fixed=text("The learning rate follows a schedule.") if follows else None,
    )
    try:
        used = aside(lambda: _used(type(optimizer), config))
    except Exception:  # one of the user's own, which may be made in another way
        logger.info("An optimizer does not tell what it reads", exc_info=True)
        return
    for name, value in config.items():
        if isinstance(value, float) and name in used and vars(optimizer).get(name) == value:
            yield argument(name, optimizer, name, _variables)


def _used(kind: type, config: JSON) -> set[str]:
    """The attributes that an optimizer looks at in each step: `ema_momentum` only where it averages."""
    used: set[str] = set()

    class Watched(kind):  # type: ignore[misc]
        def __getattribute__(self, name: str) -> Any:
            used.add(name)
            return super().__getattribute__(name)

    optimizer = Watched.from_config(config)
    weight = keras.Variable(np.ones((1, 1)))
    optimizer.build([weight])
    used.clear()
    optimizer.apply([keras.ops.ones((1, 1))], [weight])
    return used - {"learning_rate"}


def _check_rate(value: float) -> None:
    if not (0 < value < math.inf):
        raise ValueError(
            text("The learning rate must be a positive number, not {value}.", value=f"{value:g}")
        )


def _variables(optimizer: Any) -> int:
    optimizer.build([keras.Variable(np.zeros((1, 1)))])
    return len(optimizer.variables)
