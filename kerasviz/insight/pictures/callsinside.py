"""Calls of layers, as the drawing has them and as Keras makes them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import keras
import numpy as np

from kerasviz.analysis.reading import LayerConfig, is_model, read_layers
from kerasviz.insight.passage.wrapped import parse_step
from kerasviz.insight.pictures.callsof import calls_of
from kerasviz.insight.pictures.scene import Scene
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text
from kerasviz.writing.expressions import literal


class FoundCall(NamedTuple):
    """Where the layer of a node is.

    Attributes:
        layer: Its config.
        call: Which of its calls the node is, if Keras takes them in the order of the drawing.
        is_alone: Whether its only output is the layer's own.
        way: The names of the layers that lead to it; None for the layer that a wrapper holds.
    """

    layer: LayerConfig
    call: int
    is_alone: bool
    way: list[str | None]


def find_call(scene: Scene, path: Sequence[str], node: str) -> FoundCall:
    """Finds the layer of a node.

    Args:
        scene: What is drawn.
        path: The models around the node.
        node: Its id.

    Raises:
        RequestError: With code `no_output`, where there is no such layer.
    """
    model: Any = scene.document
    steps = scene.steps_of(path) if any("@" in place for place in path) else []
    number, way = 0, list[str | None]()
    for depth, place in enumerate([*path, node]):
        call, at_step = parse_step(place)
        name, _, at = call.rpartition(":")
        layers = read_layers(model, {}, is_fed=True)
        found = [each for each in layers if each.name in (name, call)]
        if not found:
            raise RequestError("no_output", text("There is no such layer."))
        layer, count = found[0], max(1, len(found[0].calls))
        number = number * count + (int(at) if name and at.isdigit() else 0)
        way.append(layer.name)
        model = layer.data
        while depth < len(path) and not is_model(model):
            model = model["config"]["layer"]
            way.append(None)
        if depth < len(path) and model is not layer.data:
            of = steps[depth] if depth < len(steps) else 1
            number = number * of + min(at_step, of - 1)
    return FoundCall(layer, number, not path and count == 1 and not is_model(model), way)


def layer_expression(model: str, way: Sequence[str | None]) -> str:
    """The expression for a layer.

    Args:
        model: The variable of the model.
        way: As `FoundCall` has it.
    """
    return model + "".join(".layer" if name is None else f".get_layer({literal(name)})" for name in way)


def call_number(scene: Scene, path: Sequence[str], node: str, arrays: list[Any], tensor: int = 0) -> int:
    """Which call of a layer is that of a node: Keras may take calls in another order than the drawing.

    Args:
        scene: What is drawn.
        path: The models around the node.
        node: Its id.
        arrays: The sample.
        tensor: Which output tells calls apart.
    """
    _, guess, _, way = find_call(scene, path, node)
    expected = scene.output_of(path, node, tensor) if scene.model is not None else None
    if expected is None:
        return guess
    layer = scene.model
    for name in way:
        layer = layer.layer if name is None else layer.get_layer(name)
    with keras.StatelessScope():
        calls: list[Any] = calls_of(scene.model, layer, arrays)
        for number in sorted(range(len(calls)), key=lambda each: each != guess):
            inputs, options = calls[number]
            found = keras.ops.convert_to_numpy(keras.tree.flatten(layer(*inputs, **options))[tensor])[0]
            if found.shape == expected.shape and np.allclose(found, expected, rtol=1e-4, atol=1e-6):
                return number
    return guess
