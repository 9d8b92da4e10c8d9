"""Whether the layers of a document may add a loss themselves, so that it trains without one of `compile`."""

from __future__ import annotations

from typing import Any

ADDS = "ActivityRegularization"
"""The layer of Keras that does nothing else."""


def may_add_loss(config: Any) -> bool:
    """Looks for regularizers, and for layers of the user's own, whose code may call `add_loss`.

    `mayAddLoss` of `src/core/runs/addedlosses.ts` does the same.

    Args:
        config: Keras JSON of a model or a layer.
    """
    if isinstance(config, list):
        return any(map(may_add_loss, config))
    if not isinstance(config, dict):
        return False
    is_own = "class_name" in config and ">" in str(config.get("registered_name"))
    regularizes = any(str(key).endswith("regularizer") and value for key, value in config.items())
    if is_own or regularizes or config.get("class_name") == ADDS:
        return True
    return any(
        may_add_loss(value) for key, value in config.items() if key not in ("compile_config", "kerasviz")
    )
