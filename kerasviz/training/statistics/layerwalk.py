"""The layers of a model that are measured, and what they are called."""

from __future__ import annotations

from typing import Any

import keras

from kerasviz.models.wrappedmodel import layers_in, model_in


def measured_layers(model: Any, way: str = "", enters_wrappers: bool = True) -> dict[str, Any]:
    """Finds the layers of a model, and those of the models inside, also of those that a layer wraps.

    Args:
        model: A `keras.Model`.
        way: What stands before their names.
        enters_wrappers: Whether those that a layer wraps are wanted.

    Returns:
        By name, each layer once, in the order of the model: `dense`, `inner/dense`. A wrapper comes after the
        layers of its model. Layers inside any other layer, such as `Bidirectional`, belong to that.
    """
    found: dict[str, Any] = {}
    for layer in model.layers:
        if isinstance(layer, keras.layers.InputLayer):
            continue
        is_model = isinstance(layer, keras.Model)
        model_inside = layer if is_model else model_in(layer) if enters_wrappers else None
        inside = (
            {}
            if model_inside is None
            else measured_layers(model_inside, f"{way}{layer.name}/", enters_wrappers)
        )
        here = {} if is_model and inside else {f"{way}{layer.name}": layer}
        for name, each in {**inside, **here}.items():
            if not any(each is other for other in found.values()):
                found[name] = each
    return found


def unit_layers(layer: Any) -> list[Any]:
    """The layers that a wrapper calls, whose activations say what its units do; of any other one none."""
    if model_in(layer) is not None:
        return []
    inside = layers_in(layer)
    return [unit for each in inside for unit in unit_layers(each) or [each]]


def weights_of(layer: Any) -> list[Any]:
    """The variables of a layer that are trained; of a frozen one those that would be."""
    if layer.trainable:
        return list(layer.trainable_variables)
    return [each for each in layer.weights if each.dtype.startswith(("float", "bfloat"))]
