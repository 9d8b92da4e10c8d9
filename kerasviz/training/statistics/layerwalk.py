"""The layers of a model that are measured, and what they are called."""

from __future__ import annotations

from typing import Any

import keras


def measured_layers(model: Any, way: str = "") -> dict[str, Any]:
    """Finds the layers of a model, and those of the models inside.

    Args:
        model: A `keras.Model`.
        way: What stands before their names.

    Returns:
        By name, each layer once, in the order of the model: `dense`, `inner/dense`. Layers inside a layer
        that is no model, such as `Bidirectional`, belong to that.
    """
    found: dict[str, Any] = {}
    for layer in model.layers:
        if isinstance(layer, keras.layers.InputLayer):
            continue
        inside = measured_layers(layer, f"{way}{layer.name}/") if isinstance(layer, keras.Model) else {}
        for name, each in (inside or {f"{way}{layer.name}": layer}).items():
            if not any(each is other for other in found.values()):
                found[name] = each
    return found


def weights_of(layer: Any) -> list[Any]:
    """The variables of a layer that are trained; of a frozen one those that would be."""
    if layer.trainable:
        return list(layer.trainable_variables)
    return [each for each in layer.weights if each.dtype.startswith(("float", "bfloat"))]
