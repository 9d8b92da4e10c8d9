"""A model that predicts something for each position, where there is one target for each sample."""

from __future__ import annotations

from kerasviz.analysis.mistakes.goal import BINARY, CATEGORICAL, Goal
from kerasviz.analysis.mistakes.situation import Edit, Mistake, fix
from kerasviz.analysis.mistakes.titles import flatten_title, last_output_title
from kerasviz.analysis.reading import LayerConfig
from kerasviz.analysis.specs import shape_text
from kerasviz.config.parts import part_of
from kerasviz.data.target import Target
from kerasviz.protocol.text import Text, text


def not_flat(goal: Goal) -> Mistake | None:
    """The model predicts something for each position, but there is one target for each sample."""
    target, positions = goal.target, goal.output.shape[1:-1]
    if target is None or not positions:
        return None
    if goal.loss not in CATEGORICAL | BINARY and set(positions) == {1}:
        return None  # axes of 1 come and go
    layer, before, unwrapped = goal.layer, None, []
    while layer.links and len(layer.links[0]) == 1 and len(layer.links) == 1:
        specs = goal.drawing.specs(layer.links[0][0])
        if layer.data.get("class_name") == "Dense" and specs and len(specs[0].shape) > 2:
            before = layer
        elif layer.data.get("class_name") == "TimeDistributed":
            unwrapped += [_unwrap(layer)] if isinstance(layer.data["config"].get("layer"), dict) else []
        elif layer.data.get("class_name") not in ("Dense", "Dropout", "Activation", "Softmax"):
            break
        layer = goal.drawing.layers[layer.links[0][0].layer]
    fixes = []
    if part_of(layer.data, "config").get("return_sequences") is True:
        last = {"edit": "set", "layer": layer.name, "arguments": {"return_sequences": False}}
        fixes.append(fix(last_output_title(layer.name), last, *unwrapped))
    if before is not None and not unwrapped:
        new = {"module": "keras.layers", "class_name": "Flatten", "registered_name": None}
        name = goal.drawing.unique("flatten")
        edit = {"edit": "insert", "new": {**new, "config": {"name": name}}, "layer": before.name}
        fixes.append(fix(flatten_title(before.name), edit))
    return Mistake(_not_flat_message(goal, target, before), fixes, "not_flat")


def _not_flat_message(goal: Goal, target: Target, before: LayerConfig | None) -> Text:
    shape, data = shape_text(goal.output.shape), target.name
    if before is None:
        return text(
            "The output of layer {layer} has values for each position, {shape}, but {data} has one target "
            "per sample.",
            layer=repr(goal.layer.name),
            shape=shape,
            data=data,
        )
    if target.classes is None:
        return text(
            "The model predicts one number per position, {shape}, but {data} has one number per sample. Add "
            "a Flatten layer before {layer}.",
            shape=shape,
            data=data,
            layer=repr(before.name),
        )
    return text(
        "The model predicts one class per position, {shape}, but {data} has one label per sample. Add a "
        "Flatten layer before {layer}.",
        shape=shape,
        data=data,
        layer=repr(before.name),
    )


def _unwrap(layer: LayerConfig) -> Edit:
    """Returns the edit that replaces a TimeDistributed with the layer inside."""
    inner = layer.data["config"]["layer"]
    edit = {"edit": "class", "layer": layer.name, "module": inner.get("module", "keras.layers")}
    return {**edit, "class_name": inner["class_name"], "config": {**inner["config"], "name": layer.name}}
