"""Mistakes that Keras finds only in training, or never: an output that does not fit the loss or the data."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from kerasviz.analysis.mistakes.goal import BINARY, CATEGORICAL, PROBABILITIES, Goal, goals
from kerasviz.analysis.mistakes.situation import (
    Drawing,
    Fix,
    Mistake,
    fix,
)
from kerasviz.analysis.mistakes.titles import flatten_title, last_output_title, shape_title
from kerasviz.analysis.mistakes.wiring import dataset
from kerasviz.analysis.reading import is_input
from kerasviz.analysis.specs import shape_text
from kerasviz.data.losses import BINARY_LOSSES, ONE_HOT_LOSSES
from kerasviz.protocol.text import text


def logits(goal: Goal) -> Mistake | None:
    """Probabilities go into a loss that would compute probabilities from them again."""
    if not goal.from_logits or goal.activation not in PROBABILITIES:
        return None
    message = text(
        "Layer {layer} already outputs probabilities ({activation}), but the loss has from_logits on and "
        "would compute them again, so the model would learn badly. Turn one of the two off.",
        layer=repr(goal.layer.name),
        activation=str(goal.activation),
    )
    return Mistake(message, [fix(text("Turn off from_logits"), goal.use(goal.loss))], "from_logits")


def no_probabilities(goal: Goal) -> Mistake | None:
    """A loss for probabilities gets other numbers."""
    activation = goal.activation
    if goal.from_logits or activation is None or goal.loss not in CATEGORICAL | BINARY:
        return None
    if activation in PROBABILITIES or goal.output.shape[-1] is None:
        return None
    right = "softmax" if goal.loss in CATEGORICAL else "sigmoid"
    message = text(
        "The loss {loss} expects probabilities, but layer {layer} outputs raw scores ({activation}). Set its "
        "activation to {right}.",
        loss=goal.loss,
        layer=repr(goal.layer.name),
        activation=activation,
        right=right,
    )
    return Mistake(message, [goal.set(activation=right)], "no_probabilities")


def softmax_of_one(goal: Goal) -> Mistake | None:
    """The softmax of a single number is always 1."""
    if goal.activation != "softmax" or goal.output.shape[-1] != 1:
        return None
    right = "sigmoid" if goal.loss in CATEGORICAL | BINARY else "linear"
    message = text(
        "The softmax of layer {layer} is always 1, because it has only one unit. Set its activation to "
        "{right}.",
        layer=repr(goal.layer.name),
        right=right,
    )
    edits = [goal.use("binary_crossentropy")] if goal.loss in CATEGORICAL else []
    return Mistake(message, [goal.set(*edits, activation=right)], "softmax_of_one")


def sigmoid_of_classes(goal: Goal) -> Mistake | None:
    """One class of several is to be found, but each gets an independent probability."""
    if goal.from_logits or goal.activation != "sigmoid" or goal.loss not in CATEGORICAL:
        return None
    if goal.output.shape[-1] == 1:
        message = text(
            "The loss {loss} expects a probability for each class, but layer {layer} outputs only one "
            "number. For two classes, use the loss binary_crossentropy.",
            loss=goal.loss,
            layer=repr(goal.layer.name),
        )
        return Mistake(message, [_use(goal, "binary_crossentropy")], "sigmoid_of_classes")
    message = text(
        "The loss {loss} expects that exactly one class is right, but the sigmoid of layer {layer} rates "
        "each class independently. Set its activation to softmax.",
        loss=goal.loss,
        layer=repr(goal.layer.name),
    )
    return Mistake(message, [goal.set(activation="softmax")], "sigmoid_of_classes")


def classes(goal: Goal) -> Mistake | None:
    """The output needs one value for each class."""
    data = goal.data
    if data is None or data["classes"] is None or len(goal.output.shape) != 2:
        return None
    units, wanted = goal.output.shape[-1], data["classes"]
    if goal.loss not in CATEGORICAL | BINARY | ONE_HOT_LOSSES | BINARY_LOSSES and units != 1:
        message = text(
            "{data} has {classes} classes, but the loss {loss} can't compare class labels with the output of "
            "layer {layer}. Use {right}.",
            data=data["label"],
            classes=wanted,
            loss=goal.loss,
            layer=repr(goal.layer.name),
            right=data["loss"],
        )
        return Mistake(message, [_use(goal, data["loss"])], "loss")
    if goal.loss not in CATEGORICAL or units == wanted:
        return None
    message = text(
        "{data} has {classes} classes, but the output of layer {layer} has size {units}. It needs one unit "
        "for each class.",
        data=data["label"],
        classes=wanted,
        layer=repr(goal.layer.name),
        units=str(units),
    )
    more: dict[str, Any] = {"activation": "softmax"} if goal.activation == "sigmoid" else {}
    return Mistake(message, [goal.set(units=wanted, **more)], "classes")


def binary(goal: Goal) -> Mistake | None:
    """A loss for two classes on data with several."""
    data = goal.data
    classes = (data and data["classes"]) or 2
    if goal.loss not in BINARY or data is None or classes <= 2:
        return None
    right = "sparse_categorical_crossentropy"
    message = text(
        "{data} has {classes} classes, but the loss binary_crossentropy is for two. Use {right}, and one "
        "unit for each class in layer {layer}.",
        data=data["label"],
        classes=classes,
        right=right,
        layer=repr(goal.layer.name),
    )
    return Mistake(message, [_use(goal, right, units=classes, activation="softmax")], "loss")


def regression(goal: Goal) -> Mistake | None:
    """A loss for classes on data that has none."""
    data = goal.data
    if data is None or data["classes"] is not None:
        return None
    if goal.loss not in CATEGORICAL | BINARY:
        return _one_number(goal, data)
    message = text(
        "{data} has a number to predict, not classes, so the loss {loss} does not fit. Use {right}, and one "
        "unit in layer {layer}.",
        data=data["label"],
        loss=goal.loss,
        right=data["loss"],
        layer=repr(goal.layer.name),
    )
    return Mistake(message, [_use(goal, data["loss"], units=1, activation="linear")], "loss")


def _one_number(goal: Goal, data: Mapping[str, Any]) -> Mistake | None:
    if len(goal.output.shape) == 2 and goal.output.shape[-1] not in (1, None):
        message = text(
            "{data} has one number to predict, but layer {layer} has {units} units. Set units to 1.",
            data=data["label"],
            layer=repr(goal.layer.name),
            units=str(goal.output.shape[-1]),
        )
        more: dict[str, Any] = {"activation": "linear"} if goal.activation in PROBABILITIES else {}
        return Mistake(message, [goal.set(units=1, **more)], "regression")
    if goal.activation not in PROBABILITIES:
        return None
    message = text(
        "{data} has a number to predict, but layer {layer} outputs probabilities ({activation}), which are "
        "never above 1. Set its activation to linear.",
        data=data["label"],
        layer=repr(goal.layer.name),
        activation=str(goal.activation),
    )
    return Mistake(message, [goal.set(activation="linear")], "regression")


def not_flat(goal: Goal) -> Mistake | None:
    """The model predicts a class for each position, but there is one label for each sample."""
    if goal.loss not in CATEGORICAL | BINARY or goal.data is None or len(goal.output.shape) < 3:
        return None
    layer, before = goal.layer, None
    while layer.links and len(layer.links[0]) == 1 and len(layer.links) == 1:
        specs = goal.drawing.specs(layer.links[0][0])
        if layer.data.get("class_name") == "Dense" and specs and len(specs[0].shape) > 2:
            before = layer
        elif layer.data.get("class_name") not in ("Dense", "Dropout", "Activation"):
            break
        layer = goal.drawing.layers[layer.links[0][0].layer]
    if before is None:
        return None
    message = text(
        "The model predicts one class per position, {shape}, but {data} has one label per sample. Add a "
        "Flatten layer before {layer}.",
        shape=shape_text(goal.output.shape),
        data=goal.data["label"],
        layer=repr(before.name),
    )
    new = {"module": "keras.layers", "class_name": "Flatten", "registered_name": None}
    name = goal.drawing.unique("flatten")
    edit = {"edit": "insert", "new": {**new, "config": {"name": name}}, "layer": before.name}
    fixes = [fix(flatten_title(before.name), edit)]
    if (layer.data.get("config") or {}).get("return_sequences") is True:
        last = {"edit": "set", "layer": layer.name, "arguments": {"return_sequences": False}}
        fixes.insert(0, fix(last_output_title(layer.name), last))
    return Mistake(message, fixes, "not_flat")


def _use(goal: Goal, loss: str, **arguments: Any) -> Fix:
    """Returns the fix that sets another loss, and arguments of the last layer."""
    title = text("Use {name}", name=loss)
    return goal.set(goal.use(loss), title=title, **arguments) if arguments else fix(title, goal.use(loss))


GOAL_RULES = (
    not_flat,
    softmax_of_one,
    binary,
    regression,
    classes,
    sigmoid_of_classes,
    logits,
    no_probabilities,
)


def data_shape(drawing: Drawing) -> Iterator[tuple[str | None, Mistake]]:
    """Yields an Input whose size differs from the selected data."""
    data = dataset(drawing)
    inputs = [layer for layer in drawing.layers.values() if is_input(layer.data)]
    if data is None or len(inputs) != 1:
        return
    specs = next((o.outputs for (name, _), o in drawing.outcomes.items() if name == inputs[0].name), ())
    expected = specs[0].shape[1:] if specs else (None,)
    if None not in expected and math.prod(d or 0 for d in expected) != math.prod(data["shape"]):
        shape = tuple(data["shape"])
        message = text(
            "Samples of {data} have the shape {shape}, but input {layer} expects {expected}.",
            data=data["label"],
            shape=shape_text(shape),
            layer=repr(inputs[0].name),
            expected=shape_text(expected),
        )
        fixes = []
        # A model that takes vectors can take the samples as vectors, too.
        for right in ([(math.prod(shape),)] if len(expected) == 1 else []) + [shape]:
            arguments = {"batch_shape": [None, *right]}
            edit = {"edit": "set", "layer": inputs[0].name, "arguments": arguments, "remove": ["shape"]}
            fixes.append(fix(shape_title(inputs[0].name, [None, *right]), edit))
        yield inputs[0].name, Mistake(message, fixes, "data_shape")


def mistakes(drawing: Drawing) -> Iterator[tuple[str | None, Mistake]]:
    """Yields what would go wrong in training, with the layer of each mistake."""
    yield from data_shape(drawing)
    for goal in goals(drawing):
        mistake = next((m for m in (rule(goal) for rule in GOAL_RULES) if m is not None), None)
        if mistake is not None:
            yield goal.layer.name, mistake
