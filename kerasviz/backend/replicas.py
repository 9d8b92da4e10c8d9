"""Models whose variables are copied to several devices, by `tf.distribute`."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import Any


def same_replicas(model: Any) -> AbstractContextManager[Any]:
    """Makes what is built in this context lie on the devices of a model; None has none of its own."""
    strategy = getattr(model, "distribute_strategy", None)
    scope: AbstractContextManager[Any] = nullcontext() if strategy is None else strategy.scope()
    return scope
