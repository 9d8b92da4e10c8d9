"""The variables of a model that trains on JAX, where each step takes their values away and gives others."""

from __future__ import annotations

from typing import Any


def take_back(model: Any) -> None:
    """Gives a model its own variables back, which on JAX it has between two batches only when it is asked.

    Args:
        model: A `keras.Model`, on any backend, trained or not.
    """
    sync = getattr(model, "jax_state_sync", None)
    if sync is not None:
        sync()
