"""Mistakes that Keras finds only when it trains, or not at all: the output against what is to be learned."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from inspect import isclass
from typing import Any

import keras

from kerasviz.analysis.graph import LayerConfig, is_input, is_sequential
from kerasviz.analysis.mistakes.graph import dataset
from kerasviz.analysis.mistakes.situation import (
    Drawing,
    Edit,
    Fix,
    Mistake,
    class_arguments,
    closest,
    fix,
    shape_text,
)
from kerasviz.analysis.specs import TensorSpec
from kerasviz.analysis.structure import histories
from kerasviz.document import part_of

CATEGORICAL = frozenset({"sparse_categorical_crossentropy", "categorical_crossentropy"})
BINARY = frozenset({"binary_crossentropy"})
PROBABILITIES = {"softmax": CATEGORICAL, "sigmoid": BINARY}
"""Activations that make probabilities, and the losses that they go with."""

PARTS = {"optimizer": "optimizers", "loss": "losses", "metrics": "metrics"}


def _resolves(get: Callable[[str], Any]) -> Callable[[str], bool]:
    def knows(name: str) -> bool:
        try:
            return get(name) is not None
        except (TypeError, ValueError):
            return False

    return knows


KNOWN: dict[str, Callable[[str], bool]] = {
    # An optimizer has state, which must not be made here.
    "optimizer": lambda name: (
        name.lower() in {n.lower() for n, c in vars(keras.optimizers).items() if isclass(c)}
    ),
    "loss": _resolves(keras.losses.get),
    "metrics": lambda name: (
        name in ("acc", "accuracy", "ce", "crossentropy") or _resolves(keras.metrics.get)(name)
    ),
}
"""Whether Keras knows a name, for each part of the training setup."""


@dataclass(frozen=True)
class Goal:
    """The output of a model of one output, and what it is compared with."""

    drawing: Drawing
    layer: LayerConfig
    output: TensorSpec
    loss: str
    from_logits: bool

    @property
    def activation(self) -> str | None:
        """Name of the last activation, or None where the layer has none."""
        class_name = str(self.layer.data.get("class_name"))
        if class_name == "Softmax":
            return "softmax"
        if "activation" not in class_arguments(class_name):
            return None
        value = self.layer.data["config"].get("activation")
        return str((value.get("config") if isinstance(value, dict) else value) or "linear")

    def set(self, title: str, *more: Edit, **arguments: Any) -> Fix:
        """Returns the mend that sets arguments of the last layer."""
        return fix(title, {"edit": "set", "layer": self.layer.name, "arguments": arguments}, *more)


def logits(goal: Goal) -> Mistake | None:
    """Probabilities go into a loss that would make probabilities of them once more."""
    if not goal.from_logits or goal.activation not in PROBABILITIES:
        return None
    message = (
        f"Layer '{goal.layer.name}' already makes probabilities ({goal.activation}), and the loss has "
        "from_logits on, so it would do that again and the model would learn badly. Turn one of the two off."
    )
    fixes = [fix("Turn from_logits off", _loss(goal.loss))]
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
    message = (
        f"Layer '{goal.layer.name}' takes the softmax of one number, which is always 1. Use sigmoid for it."
    )
    edits = [_loss("binary_crossentropy")] if goal.loss in CATEGORICAL else []
    return Mistake(
        message, [goal.set("Set activation to sigmoid", *edits, activation="sigmoid")], "softmax_of_one"
    )


def classes(goal: Goal) -> Mistake | None:
    """As many outputs as classes are needed."""
    data = dataset(goal.drawing)
    if data is None or data["classes"] is None or goal.loss not in CATEGORICAL or len(goal.output.shape) != 2:
        return None
    units, wanted = goal.output.shape[-1], data["classes"]
    if units == wanted:
        return None
    message = (
        f"{data['label']} has {wanted} classes, and layer '{goal.layer.name}' gives {units} values. It needs "
        "one for each class."
    )
    return Mistake(message, [goal.set(f"Set units to {wanted}", units=wanted)], "classes")


def binary(goal: Goal) -> Mistake | None:
    """Several classes with a loss for two."""
    data = dataset(goal.drawing)
    if goal.loss not in BINARY or data is None or (data["classes"] or 2) <= 2:
        return None
    message = (
        f"{data['label']} has {data['classes']} classes; the loss binary_crossentropy is for two. Use "
        f"sparse_categorical_crossentropy, with one unit for each class in layer '{goal.layer.name}'."
    )
    name = "sparse_categorical_crossentropy"
    mend = goal.set(f"Use {name}", _loss(name), units=data["classes"], activation="softmax")
    return Mistake(message, [mend], "loss")


def regression(goal: Goal) -> Mistake | None:
    """A loss for classes on data that has none."""
    data = dataset(goal.drawing)
    if data is None or data["classes"] is not None or goal.loss not in CATEGORICAL | BINARY:
        return None
    message = (
        f"{data['label']} has no classes but a number to be predicted: the loss {goal.loss} does not fit, "
        f"{data['loss']} does, on one unit in layer '{goal.layer.name}'."
    )
    mend = goal.set(f"Use {data['loss']}", _loss(data["loss"]), units=1, activation="linear")
    return Mistake(message, [mend], "loss")


def not_flat(goal: Goal) -> Mistake | None:
    """A class for each position of an image, where there is one for the whole image."""
    if goal.loss not in CATEGORICAL | BINARY or dataset(goal.drawing) is None or len(goal.output.shape) < 3:
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
    return Mistake(message, [fix("Put a Flatten layer before it", edit)], "not_flat")


GOAL_RULES = (not_flat, softmax_of_one, binary, regression, classes, logits, no_probabilities)


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
        arguments = {"batch_shape": [None, *shape]}
        edit = {"edit": "set", "layer": inputs[0].name, "arguments": arguments, "remove": ["shape"]}
        yield inputs[0].name, Mistake(message, [fix(f"Set its shape to {shape}", edit)], "data_shape")


def unknown_names(drawing: Drawing) -> Iterator[tuple[str | None, Mistake]]:
    """An optimizer, loss or metric that Keras does not know."""
    compile_config = part_of(drawing.model, "compile_config")
    for part, knows in KNOWN.items():
        value = compile_config.get(part)
        for wrong in [v for v in (value if isinstance(value, list) else [value]) if isinstance(v, str)]:
            if knows(wrong):
                continue
            names = {_snake(name) for name in vars(getattr(keras, PARTS[part])) if not name.startswith("_")}
            right = closest(wrong, filter(knows, sorted(names)))
            fixed = [right if v == wrong else v for v in value] if isinstance(value, list) else right
            fixes = [fix(f"Use {right}", {"edit": "compile", "values": {part: fixed}})] if right else []
            hint = f"Did you mean {right!r}?" if right else "Choose another."
            yield None, Mistake(f"Keras has no {part.rstrip('s')} {wrong!r}. {hint}", fixes, "compile")


def mistakes(drawing: Drawing) -> Iterator[tuple[str | None, Mistake]]:
    """Yields what would go wrong in training, each with the layer it is about."""
    yield from data_shape(drawing)
    yield from unknown_names(drawing)
    goal = _goal(drawing)
    if goal is not None:
        for rule in GOAL_RULES:
            mistake = rule(goal)
            if mistake is not None:
                yield goal.layer.name, mistake
                return


def _goal(drawing: Drawing) -> Goal | None:
    value = part_of(drawing.model, "compile_config").get("loss")
    name = value.get("class_name") if isinstance(value, dict) and "class_name" in value else value
    if name == "function" and isinstance(value, dict):
        name = value.get("config")
    outputs = _outputs(drawing)
    if not isinstance(name, str) or len(outputs) != 1:
        return None
    node, layer = outputs[0]
    outcome = drawing.outcomes.get(node)
    if outcome is None or len(outcome.outputs) != 1 or not isinstance(layer.data.get("config"), dict):
        return None
    config = value.get("config") if isinstance(value, dict) else None
    from_logits = isinstance(config, dict) and config.get("from_logits") is True
    return Goal(drawing, layer, outcome.outputs[0], _snake(name), from_logits)


def _outputs(drawing: Drawing) -> list[tuple[tuple[str, int], LayerConfig]]:
    layers = list(drawing.layers.values())
    if is_sequential(drawing.model):
        return [((layers[-1].name, 0), layers[-1])] if layers else []
    references = list(histories(drawing.model["config"].get("output_layers")))
    known = [r for r in references if r.layer in drawing.layers]
    return [((r.layer, r.call), drawing.layers[r.layer]) for r in known]


def _loss(name: str) -> Edit:
    return {"edit": "compile", "values": {"loss": name}}


def _snake(name: str) -> str:
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
