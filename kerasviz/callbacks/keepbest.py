"""The callback that ends a training with the weights of its best epoch."""

from __future__ import annotations

import sys
from typing import Any

import keras


class KeepBest(keras.callbacks.EarlyStopping):  # type: ignore[misc]
    """Ends the training with the weights of its best epoch, and never ends it early.

    The weights of the best epoch so far are kept in memory, as `EarlyStopping(restore_best_weights=True)`
    does.

    Args:
        monitor: Quantity that tells which epoch is the best.
        mode: One of `"auto"`, `"min"` or `"max"`: whether a lower or a higher value is better. `"auto"` finds
            out by the name of the quantity.

    Example:
    ```python
    model.fit(x, y, validation_split=0.2, callbacks=[KeepBest("val_accuracy")])
    ```
    """

    @staticmethod
    def in_keras(config: dict[str, Any]) -> dict[str, Any]:
        """The callback of Keras that does the same, for a script: as a plan has it."""
        kept = {"patience": 10**9, "restore_best_weights": True}
        return {"class_name": "EarlyStopping", "config": {**config, **kept}}

    def __init__(self, monitor: str = "val_loss", mode: str = "auto") -> None:
        super().__init__(monitor=monitor, mode=mode, patience=sys.maxsize, restore_best_weights=True)
