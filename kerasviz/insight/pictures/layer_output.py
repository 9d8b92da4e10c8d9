"""What comes out of a layer for the sample."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any, NamedTuple

import keras
import numpy as np

from kerasviz.analysis.reading import LayerConfig, is_input, is_model, is_sequential, read_layers
from kerasviz.analysis.structure import histories
from kerasviz.codegen.recipe.script import Script
from kerasviz.insight.passage.calling import SCORES
from kerasviz.insight.passage.wrapped import parse_step
from kerasviz.insight.pictures.callsof import calls_of
from kerasviz.insight.pictures.scene import Scene
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.insight import ViewKind, ViewOf
from kerasviz.protocol.text import text
from kerasviz.writing.expressions import call, lay_out, literal

_MOST = 64
"""Pictures of channels in one figure."""


def write(
    node: str,
    kind: ViewKind,
    path: Sequence[str] = (),
    tensor: int = 0,
    of: ViewOf = "output",
    *,
    scene: Scene,
    script: Script,
) -> None:
    """Writes what computes the output and draws it.

    Args:
        node: The call, by the id of its node.
        kind: How it is shown.
        path: The models around, from the outermost, as in `level_of`.
        tensor: Which output.
        of: What is shown: the output, or where a layer of attention looks.
        scene: What the picture is of.
        script: Gets the statements.
    """
    layer, guess, is_alone, way = _find(scene, path, node)
    script.notes.insert(0, f"What comes out of layer {node.rpartition(':')[0]!r} for one sample.")
    model = scene.write_model(script)
    arrays = scene.write_sample(script)
    script.section("What comes out of the layer")
    if is_input(layer.data):
        if path:
            raise RequestError(
                "no_code", text("The input of this model is the output of the layer before it.")
            )
        script.add(f"output = np.asarray(sample[{_position(scene.document, layer)}])[0]")
    elif is_alone and of == "output":
        found = f"{model}.get_layer({literal(layer.name)}).output"
        found = f"keras.tree.flatten({found})[{tensor}]" if tensor else found
        script.add(
            *lay_out(call("keras.Model", f"{model}.inputs", found), "part = "),
            "output = keras.ops.convert_to_numpy(part(sample, training=False))[0]",
        )
    else:
        script.define(*inspect.getsource(calls_of).rstrip().splitlines())
        steps = "".join(".layer" if name is None else f".get_layer({literal(name)})" for name in way)
        which = _which(scene, way, arrays, [*path, node], tensor, guess)
        scores = f", {SCORES}=True" if of == "attention" else ""
        taken = 1 if of == "attention" else tensor
        script.add(
            f"layer = {model}{steps}",
            f"inputs, options = calls_of({model}, layer, sample)[{which}]",
            f"given = keras.tree.flatten(layer(*inputs, **options{scores}))",
            f"output = keras.ops.convert_to_numpy(given[{taken}])[0]",
        )
    first = of == "attention" or layer.data.get("config", {}).get("data_format") == "channels_first"
    script.section("The picture")
    draw(script, kind, channels_first=first)


def draw(script: Script, kind: ViewKind, *, channels_first: bool = False) -> None:
    """Writes what draws `output` as the editor does.

    Args:
        script: Gets the statements.
        kind: How it is shown.
        channels_first: Whether the channels are the first axis.
    """
    if kind in ("tokens", "number"):
        script.add("print(output)")
        return
    script.imports.need("import plotly.express as px")
    if kind == "bars":
        script.add("figure = px.bar(output)")
    elif kind == "curves":
        script.add("figure = px.line(output if output.shape[1] <= 4 else output.T)")
    elif kind == "image":
        script.add('figure = px.imshow(output.squeeze(), color_continuous_scale="gray")')
    elif kind == "matrix":
        script.add('figure = px.imshow(output, aspect="auto")')
    else:
        if not channels_first:
            script.add("output = np.moveaxis(output, -1, 0)  # channels, rows, columns")
        script.add(f"figure = px.imshow(output[:{_MOST}], facet_col=0, facet_col_wrap=8)")
    script.add("figure.show()")


class _Found(NamedTuple):
    """Where a layer is.

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


def _find(scene: Scene, path: Sequence[str], node: str) -> _Found:
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
    return _Found(layer, number, not path and count == 1 and not is_model(model), way)


def _position(document: JSON, layer: LayerConfig) -> int:
    if is_sequential(document):
        return 0
    names = [reference.layer for reference in histories(document["config"].get("input_layers"))]
    return names.index(layer.name)


def _which(
    scene: Scene, way: Sequence[str | None], arrays: list[Any], steps: Sequence[str], tensor: int, guess: int
) -> int:
    """Which call of a layer is that of a node: Keras may take calls in another order than the drawing."""
    expected = scene.output_of(steps[:-1], steps[-1], tensor) if scene.model is not None else None
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
