"""What layers do only while they train: rates of dropout, strengths of noise, moving averages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import keras

from kerasviz.training.steering.value import Value, argument

MOVING = "momentum"
"""How slowly the averages of a normalization move, which only training does."""


def layer_values(model: Any) -> Iterator[Value]:
    """Finds the numbers of the layers that draw random numbers, as they have a seed, and of moving averages.

    Args:
        model: A `keras.Model`.
    """
    for way, layer in _layers(model, "", set()):
        try:
            config = layer.get_config()
        except Exception:  # a layer of the user's own, which may have none
            continue
        for name, value in config.items():
            matters = "seed" in config or name == MOVING
            if matters and isinstance(value, float) and _is_own(layer, name, value):
                yield argument(f"{way}/{name}", layer, name, lambda made: len(made.variables))


def _layers(layer: Any, way: str, seen: set[int]) -> Iterator[tuple[str, Any]]:
    """All layers inside one, each once, with the names on the way to it."""
    inside = (
        layer.layers
        if hasattr(layer, "layers")
        else layer._flatten_layers(include_self=False, recursive=False)
    )
    for inner in inside:
        if id(inner) not in seen:
            seen.add(id(inner))
            within = f"{way}/{inner.name}" if way else inner.name
            yield within, inner
            yield from _layers(inner, within, seen)


def _is_own(layer: keras.layers.Layer, name: str, value: float) -> bool:
    """Whether a layer itself keeps a number, and does not only hand it on from one inside."""
    return bool(vars(layer).get(name) == value)
