"""Mistakes that Keras finds only when it trains, or not at all: the output against what is to be learned."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from kerasviz.analysis.mistakes.goal import BINARY, CATEGORICAL, PROBABILITIES, Goal, goals
from kerasviz.analysis.mistakes.situation import (
    Drawing,
    Mistake,
    fix,
    shape_text,
)
from kerasviz.analysis.mistakes.wiring import dataset
from kerasviz.analysis.reading import is_input
from kerasviz.data.fitting import BINARY_LOSSES, ONE_HOT_LOSSES


def logits(goal: Goal) -> Mistake | None:
    """Probabilities go into a loss that would make probabilities of them once more."""
    if not goal.from_logits or goal.activation not in PROBABILITIES:
        return None
    message = (
        f"Layer '{goal.layer.name}' already makes probabilities ({goal.activation}), and the loss has "
        "from_logits on, so it would do that again and the model would learn badly. Turn one of the two off."
    )
    fixes = [fix("Turn from_logits off", goal.use(goal.loss))]
    return Mistake(message, fixes, "from_logits")


def no_probabilities(goal: Goal) -> Mistake | None:
    """A loss for probabilities gets numbers that are none."""
    activation = goal.activation
    if goal.from_logits or activation is None or goal.loss not in CATEGORICAL | BINARY:
        return None
    if activation in PROBABILITIES or goal.output.shape[-1] is None:
        return None
    right = "softmax" if goal.loss in CATEGORICAL else "sigmoid"
    message = (
        f"The loss {goal.loss} compares probabilities, but layer '{goal.layer.name}' gives any numbers "
        f"({activation}). Give it the activation {right}."
    )
    return Mistake(message, [goal.set(f"Set activation to {right}", activation=right)], "no_probabilities")


def softmax_of_one(goal: Goal) -> Mistake | None:
    """The softmax of a single number is always 1."""
    if goal.activation != "softmax" or goal.output.shape[-1] != 1:
        return None
    right = "sigmoid" if goal.loss in CATEGORICAL | BINARY else "linear"
    message = (
        f"Layer '{goal.layer.name}' takes the softmax of one number, which is always 1. Use {right} for it."
    )
    edits = [goal.use("binary_crossentropy")] if goal.loss in CATEGORICAL else []
    mend = goal.set(f"Set activation to {right}", *edits, activation=right)
    return Mistake(message, [mend], "softmax_of_one")


def sigmoid_of_classes(goal: Goal) -> Mistake | None:
    """One class of several is to be found, and each gets a probability of its own."""
    if goal.from_logits or goal.activation != "sigmoid" or goal.loss not in CATEGORICAL:
        return None
    if goal.output.shape[-1] == 1:
        message = (
            f"The loss {goal.loss} compares a probability for each class, but layer '{goal.layer.name}' "
            "gives one number. For two classes that is right, with the loss binary_crossentropy."
        )
        return Mistake(
            message, [fix("Use binary_crossentropy", goal.use("binary_crossentropy"))], "sigmoid_of_classes"
        )
    message = (
        f"The loss {goal.loss} is for classes of which one is right, but the sigmoid in layer "
        f"'{goal.layer.name}' judges each on its own. Use softmax."
    )
    return Mistake(
        message, [goal.set("Set activation to softmax", activation="softmax")], "sigmoid_of_classes"
    )


def classes(goal: Goal) -> Mistake | None:
    """As many outputs as classes are needed."""
    data = goal.data
    if data is None or data["classes"] is None or len(goal.output.shape) != 2:
        return None
    units, wanted = goal.output.shape[-1], data["classes"]
    if goal.loss not in CATEGORICAL | BINARY | ONE_HOT_LOSSES | BINARY_LOSSES and units != 1:
        message = (
            f"{data['label']} has {wanted} classes, of which one is right, and layer '{goal.layer.name}' "
            f"gives {units} values: {goal.loss} can't compare them. {data['loss']} can."
        )
        return Mistake(message, [fix(f"Use {data['loss']}", goal.use(data["loss"]))], "loss")
    if goal.loss not in CATEGORICAL:
        return None
    if units == wanted:
        return None
    message = (
        f"{data['label']} has {wanted} classes, and layer '{goal.layer.name}' gives {units} values. It needs "
        "one for each class."
    )
    more = {"activation": "softmax"} if goal.activation == "sigmoid" else {}
    return Mistake(message, [goal.set(f"Set units to {wanted}", units=wanted, **more)], "classes")


def binary(goal: Goal) -> Mistake | None:
    """Several classes with a loss for two."""
    data = goal.data
    if goal.loss not in BINARY or data is None or (data["classes"] or 2) <= 2:
        return None
    message = (
        f"{data['label']} has {data['classes']} classes; the loss binary_crossentropy is for two. Use "
        f"sparse_categorical_crossentropy, with one unit for each class in layer '{goal.layer.name}'."
    )
    name = "sparse_categorical_crossentropy"
    mend = goal.set(f"Use {name}", goal.use(name), units=data["classes"], activation="softmax")
    return Mistake(message, [mend], "loss")


def regression(goal: Goal) -> Mistake | None:
    """A loss for classes on data that has none."""
    data = goal.data
    if data is None or data["classes"] is not None:
        return None
    if goal.loss not in CATEGORICAL | BINARY:
        return _one_number(goal, data)
    message = (
        f"{data['label']} has no classes but a number to be predicted: the loss {goal.loss} does not fit, "
        f"{data['loss']} does, on one unit in layer '{goal.layer.name}'."
    )
    mend = goal.set(f"Use {data['loss']}", goal.use(data["loss"]), units=1, activation="linear")
    return Mistake(message, [mend], "loss")


def _one_number(goal: Goal, data: Mapping[str, Any]) -> Mistake | None:
    if len(goal.output.shape) == 2 and goal.output.shape[-1] not in (1, None):
        message = (
            f"{data['label']} has one number to be predicted, and layer '{goal.layer.name}' gives "
            f"{goal.output.shape[-1]}. Give it one unit."
        )
        more = {"activation": "linear"} if goal.activation in PROBABILITIES else {}
        return Mistake(message, [goal.set("Set units to 1", units=1, **more)], "regression")
    if goal.activation not in PROBABILITIES:
        return None
    message = (
        f"{data['label']} has a number to be predicted, but layer '{goal.layer.name}' gives probabilities "
        f"({goal.activation}), which are never above 1. Give it no activation."
    )
    return Mistake(message, [goal.set("Set activation to linear", activation="linear")], "regression")


def not_flat(goal: Goal) -> Mistake | None:
    """A class for each position of an image, where there is one for the whole image."""
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
    message = (
        f"The model gives {shape_text(goal.output)}, a class for each position, but there is one class for "
        f"each sample. Flatten the data before '{before.name}'."
    )
    new = {"module": "keras.layers", "class_name": "Flatten", "registered_name": None}
    name = goal.drawing.unique("flatten")
    edit = {"edit": "insert", "new": {**new, "config": {"name": name}}, "layer": before.name}
    fixes = [fix("Put a Flatten layer before it", edit)]
    if (layer.data.get("config") or {}).get("return_sequences") is True:
        last = {"edit": "set", "layer": layer.name, "arguments": {"return_sequences": False}}
        fixes.insert(0, fix(f"Let '{layer.name}' return its last output only", last))
    return Mistake(message, fixes, "not_flat")


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
    """An Input for data of another size than the data that was chosen."""
    data = dataset(drawing)
    inputs = [layer for layer in drawing.layers.values() if is_input(layer.data)]
    if data is None or len(inputs) != 1:
        return
    specs = next((o.outputs for (name, _), o in drawing.outcomes.items() if name == inputs[0].name), ())
    expected = specs[0].shape[1:] if specs else (None,)
    if None not in expected and math.prod(d or 0 for d in expected) != math.prod(data["shape"]):
        shape = tuple(data["shape"])
        message = (
            f"Samples of {data['label']} have the shape {shape}, and input '{inputs[0].name}' expects "
            f"{expected}."
        )
        fixes = []
        # A model of vectors takes the samples as vectors, too.
        for right in ([(math.prod(shape),)] if len(expected) == 1 else []) + [shape]:
            arguments = {"batch_shape": [None, *right]}
            edit = {"edit": "set", "layer": inputs[0].name, "arguments": arguments, "remove": ["shape"]}
            fixes.append(fix(f"Set its shape to {right}", edit))
        yield inputs[0].name, Mistake(message, fixes, "data_shape")


def mistakes(drawing: Drawing) -> Iterator[tuple[str | None, Mistake]]:
    """Yields what would go wrong in training, each with the layer it is about."""
    yield from data_shape(drawing)
    for goal in goals(drawing):
        mistake = next((m for m in (rule(goal) for rule in GOAL_RULES) if m is not None), None)
        if mistake is not None:
            yield goal.layer.name, mistake
