"""What rules know of a model: plain data, so that a situation can be kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from kerasviz.data.pixels import first_with_weights


@dataclass(frozen=True)
class LayerFacts:
    """A layer.

    Attributes:
        name: Its name.
        class_name: Its class.
        config: Its arguments.
        weights: Numbers that it holds.
        trained: Numbers of those that are trained.
        is_as_drawn: Whether its kernel is what its initializer drew, so that it never learned anything; known
            of frozen layers alone.
        is_adapted: Whether `adapt` has set its weights; None where it sets none, or nobody knows.
        takes: Number of the model's input that it takes as it is; None where it takes something else.
    """

    name: str
    class_name: str
    config: Mapping[str, Any]
    weights: int
    trained: int
    is_as_drawn: bool = False
    is_adapted: bool | None = None
    takes: int | None = None

    @property
    def activation(self) -> str | None:
        """The name of its activation; None where it has none, or one of the user's own."""
        found = self.config.get("activation")
        return found if isinstance(found, str) else None


@dataclass(frozen=True)
class ModelFacts:
    """A model.

    Attributes:
        layers: In the order in which samples pass them, models inside as one.
        takes_raw: For each input, the layer with weights that gets its numbers as they are; None where
            something changes them before, or nobody knows.
        outputs: Values of the one output for each sample; None where there are several outputs or positions.
        shape: That of the one output for each sample; None where there are several, or it is not known.
        penalty: What regularizers add to the loss in the end.
    """

    layers: tuple[LayerFacts, ...]
    takes_raw: tuple[str | None, ...]
    outputs: int | None
    penalty: float
    shape: tuple[int, ...] | None = None


def facts_of(model: Any, has_weights: bool = True) -> ModelFacts:
    """Looks at a built model.

    Args:
        model: A `keras.Model`.
        has_weights: Whether its weights have values; a variable without one says what its initializer would.
    """
    tensors = list(getattr(model, "inputs", None) or [])
    numbers = {id(tensor): number for number, tensor in enumerate(tensors)}
    layers = tuple(_layer(layer, has_weights, numbers) for layer in model.layers)
    raw = tuple(next((layer.name for layer in first_with_weights(model, each)), None) for each in tensors)
    shapes = [tensor.shape for tensor in getattr(model, "outputs", None) or []]
    single = len(shapes) == 1 and len(shapes[0]) == 2
    shape = tuple(shapes[0][1:]) if len(shapes) == 1 and None not in shapes[0][1:] else None
    return ModelFacts(layers, raw, shapes[0][-1] if single else None, _penalty(model), shape)


def _layer(layer: Any, has_weights: bool, inputs: Mapping[int, int]) -> LayerFacts:
    try:
        config = layer.get_config()
    except NotImplementedError:  # one of the user's own
        config = {}
    config = {key: _plain(value) for key, value in config.items() if key not in ("layers", "build_config")}
    weights, trained = (sum(map(_size, some)) for some in (layer.weights, layer.trainable_weights))
    as_drawn = has_weights and bool(weights) and not trained and _is_as_drawn(layer)
    adapts = has_weights and bool(weights) and hasattr(layer, "adapt")
    adapted, kind = not _is_new(layer) if adapts else None, type(layer).__name__
    takes = next((inputs[id(tensor)] for tensor in _given(layer) if id(tensor) in inputs), None)
    return LayerFacts(layer.name, kind, config, weights, trained, as_drawn, adapted, takes)


def _is_new(layer: Any) -> bool:
    """Compares its weights with those of another one that was made like it."""
    try:
        new = type(layer).from_config(layer.get_config())
        new.build_from_config(layer.get_build_config())
        pairs = zip(layer.get_weights(), new.get_weights(), strict=True)
        return all(np.array_equal(weight, of_new) for weight, of_new in pairs)
    except Exception:  # one of the user's own
        return False


def _given(layer: Any) -> list[Any]:
    """The tensors that it is called on."""
    try:
        return list(keras.tree.flatten(layer.input))
    except (AttributeError, ValueError):  # it is called several times
        return []


def _is_as_drawn(layer: Any) -> bool:
    """Asks the initializer, which has its seed, for the same again; of a model inside those of its layers."""
    inside = [
        each
        for each in getattr(layer, "layers", ())
        if any(hasattr(each, name) for name in ("layers", "kernel", "embeddings"))
    ]
    if inside:
        return all(map(_is_as_drawn, inside))
    for name in ("kernel", "embeddings"):
        kernel, initializer = getattr(layer, name, None), getattr(layer, f"{name}_initializer", None)
        if (
            kernel is not None
            and callable(initializer)
            and isinstance(getattr(initializer, "seed", None), int)
        ):
            try:
                drawn = keras.ops.convert_to_numpy(initializer(kernel.shape, dtype=kernel.dtype))
            except Exception:  # one of the user's own
                return False
            return bool(np.array_equal(keras.ops.convert_to_numpy(kernel), drawn))
    return False


def _plain(value: Any) -> Any:
    """The same without the lists and dicts that a layer watches, which hold the layer."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, (list, tuple)) else value


def _size(weight: Any) -> int:
    size = 1
    for length in weight.shape:
        size *= int(length)
    return size


def _penalty(model: Any) -> float:
    try:
        return float(sum(float(each) for each in model.losses))
    except Exception:  # whatever a layer of the user's own adds
        return 0.0
