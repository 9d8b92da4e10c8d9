"""The layers that an output has its size and its activation from: those behind them only pass values on."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import keras
import numpy as np

from kerasviz.analysis.mistakes.situation import Drawing, class_arguments
from kerasviz.analysis.reading import LayerConfig
from kerasviz.analysis.specs import Shape
from kerasviz.backend.isolation import aside
from kerasviz.config.parts import part_of
from kerasviz.data.sense import MOST_VALUES
from kerasviz.data.sizedlayer import SIZES


def backwards(drawing: Drawing, layer: LayerConfig) -> Iterator[LayerConfig]:
    """Yields a layer, and those before it as long as each keeps the size of its input's last axis."""
    while True:
        yield layer
        if len(layer.links) != 1 or len(layer.links[0]) != 1:
            return
        source = drawing.layers.get(layer.links[0][0].layer)
        before, after = drawing.specs(layer.links[0][0]), drawing.outcomes.get((layer.name, 0))
        if (
            source is None
            or not before
            or after is None
            or before[0].shape[-1:] != after.outputs[0].shape[-1:]
        ):
            return
        layer = source


def sized(drawing: Drawing, layer: LayerConfig) -> LayerConfig | None:
    """Returns the layer whose argument is the size of an output's last axis; None where nobody knows it."""
    return next((each for each in backwards(drawing, layer) if size_argument(each)), None)


def activated(drawing: Drawing, layer: LayerConfig) -> LayerConfig | None:
    """Returns the layer whose activation an output has; None where nobody knows it."""
    for each in backwards(drawing, layer):
        found = activation_of(each)
        if found not in (None, "linear") or (found and size_argument(each)):
            return each
        if found is None and not _passes_on(drawing, each):
            return None
    return None


def size_argument(layer: LayerConfig) -> str | None:
    """Returns the name of the argument that is the size of the last axis."""
    known = class_arguments(str(layer.data.get("class_name")))
    return next((name for name in SIZES if name in known), None)


def activation_of(layer: LayerConfig) -> str | None:
    """Returns the name of a layer's activation; None where it has none."""
    class_name = str(layer.data.get("class_name"))
    if class_name == "Softmax":
        return "softmax"
    if "activation" not in class_arguments(class_name):
        return None
    value = part_of(layer.data, "config").get("activation")
    return str((value.get("config") if isinstance(value, dict) else value) or "linear")


def _passes_on(drawing: Drawing, layer: LayerConfig) -> bool:
    """Whether a layer of Keras gives the values that it gets, maybe in another shape."""
    if not layer.links or not str(layer.data.get("module")).startswith("keras."):
        return False
    specs = drawing.specs(layer.links[0][0]) if layer.links[0] else ()
    shape = tuple(size or 2 for size in specs[0].shape[1:]) if specs else ()
    if not shape or math.prod(shape) > MOST_VALUES:
        return False
    return _gives_the_same(json.dumps(_alone(layer.data)), shape)


def _alone(layer: Mapping[str, Any]) -> dict[str, Any]:
    return {key: layer.get(key) for key in ("module", "class_name", "config", "registered_name")}


@lru_cache(256)
def _gives_the_same(layer: str, shape: Shape) -> bool:
    def ask() -> bool:
        made = keras.saving.deserialize_keras_object(json.loads(layer))
        values = np.random.default_rng(0).normal(size=(2, *(size or 2 for size in shape))).astype("float32")
        given = keras.ops.convert_to_numpy(made(values))
        return not made.weights and np.array_equal(np.sort(given, axis=None), np.sort(values, axis=None))

    try:
        return aside(ask)
    except Exception:  # it wants other numbers, which nobody knows here
        return False
