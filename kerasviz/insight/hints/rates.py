"""Learning rates: the one that a setup names, and the one that Keras gives where nobody says one."""

from __future__ import annotations

from typing import Any

import keras

from kerasviz.config.parts import part_of


def named_rate(optimizer: Any) -> float | None:
    """The learning rate of an optimizer as `compile_config` has it; of a schedule the largest it names."""
    if not isinstance(optimizer, dict):
        return usual_rate(optimizer) if isinstance(optimizer, str) else None
    rate = part_of(optimizer, "config").get("learning_rate")
    if isinstance(rate, (int, float)):
        return float(rate)
    named = part_of(rate, "config") if isinstance(rate, dict) else {}
    rates = [named.get(key) for key in ("initial_learning_rate", "warmup_target")]
    return max((float(each) for each in rates if isinstance(each, (int, float))), default=None)


def usual_rate(name: object) -> float | None:
    """The learning rate that Keras gives an optimizer where nobody says one."""
    try:
        config = keras.optimizers.get(str(name).lower()).get_config()
    except (TypeError, ValueError):
        return None
    rate = config.get("learning_rate")
    return float(rate) if isinstance(rate, (int, float)) else None
