"""Mistakes that Keras finds only in training, or never: an output that does not fit the loss or the data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from kerasviz.analysis.mistakes import judged
from kerasviz.analysis.mistakes.goal import BINARY, CATEGORICAL, PROBABILITIES, Goal, goals
from kerasviz.analysis.mistakes.perposition import not_flat
from kerasviz.analysis.mistakes.situation import (
    Drawing,
    Fix,
    Mistake,
    fix,
)
from kerasviz.backend.trying import tried
from kerasviz.data.judging import of_several
from kerasviz.data.losses import BINARY_LOSSES, ONE_HOT_LOSSES, SPARSE_LOSS
from kerasviz.data.sense import Sense
from kerasviz.data.target import Target
from kerasviz.protocol.text import all_of, text


def logits(goal: Goal) -> Mistake | None:
    """Probabilities go into a loss that would compute probabilities from them again."""
    if not goal.from_logits or goal.activation not in PROBABILITIES:
        return None
    message = text(
        "Layer {layer} already outputs probabilities ({activation}), but the loss has from_logits on and "
        "would compute them again, so the model would learn badly. Turn one of the two off.",
        layer=repr(goal.activated.name),
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
        layer=repr(goal.activated.name),
        activation=activation,
        right=right,
    )
    return Mistake(message, [goal.set(activation=right)], "no_probabilities")


def softmax_of_one(goal: Goal) -> Mistake | None:
    """The softmax of a single number is always 1."""
    if goal.activation != "softmax" or goal.output.shape[-1] != 1 or _needs_units(goal):
        return None
    right = "sigmoid" if goal.loss in CATEGORICAL | BINARY else "linear"
    message = text(
        "The softmax of layer {layer} is always 1, because it has only one unit. Set its activation to "
        "{right}.",
        layer=repr(goal.activated.name),
        right=right,
    )
    edits = [goal.use("binary_crossentropy")] if goal.loss in CATEGORICAL else []
    return Mistake(message, [goal.set(*edits, activation=right)], "softmax_of_one")


def _needs_units(goal: Goal) -> bool:
    """Tells whether the data wants more units, so that a softmax is right."""
    target = goal.target
    several = target is not None and (target.one_hot or (target.classes or 0) > 2)
    return several and goal.loss in CATEGORICAL


def sigmoid_of_classes(goal: Goal) -> Mistake | None:
    """One class of several is to be found, but each gets an independent probability."""
    if goal.from_logits or goal.activation != "sigmoid" or goal.loss not in CATEGORICAL:
        return None
    if goal.output.shape[-1] == 1:
        message = text(
            "The loss {loss} expects a probability for each class, but layer {layer} outputs only one "
            "number. For two classes, use the loss binary_crossentropy.",
            loss=goal.loss,
            layer=repr(goal.activated.name),
        )
        return Mistake(message, [_use(goal, "binary_crossentropy")], "sigmoid_of_classes")
    message = text(
        "The loss {loss} expects that exactly one class is right, but the sigmoid of layer {layer} rates "
        "each class independently. Set its activation to softmax.",
        loss=goal.loss,
        layer=repr(goal.activated.name),
    )
    return Mistake(message, [goal.set(activation="softmax")], "sigmoid_of_classes")


def several_classes(goal: Goal) -> Mistake | None:
    """Samples have several classes, but the loss or the softmax is for one of them."""
    target, units = goal.several, goal.output.shape[-1]
    is_one = goal.loss in CATEGORICAL | ONE_HOT_LOSSES
    if target is None or units != target.classes or not (is_one or goal.activation == "softmax"):
        return None
    message = of_several(goal.value if is_one else None, target.name, goal.layer.name)
    return Mistake(message, [_use(goal, target.loss, activation="sigmoid")], "loss")


def classes(goal: Goal) -> Mistake | None:
    """The output needs one value for each class."""
    target = goal.target
    if target is None or target.classes is None or (len(goal.output.shape) != 2 and not_flat(goal) is None):
        return None
    units, wanted = goal.output.shape[-1], target.classes
    if goal.loss not in CATEGORICAL and judged.loss_sense(goal) is Sense.SOUND:
        return None
    if goal.loss not in CATEGORICAL | BINARY | ONE_HOT_LOSSES | BINARY_LOSSES:
        if units == 1 or target.one_hot:
            return None
        message = text(
            "{data} has {classes} classes, but the loss {loss} can't compare class labels with the output of "
            "layer {layer}. Use {right}.",
            data=target.name,
            classes=wanted,
            loss=goal.loss,
            layer=repr(goal.layer.name),
            right=SPARSE_LOSS,
        )
        return Mistake(message, _for_classes(goal, SPARSE_LOSS, wanted), "loss")
    if goal.loss not in CATEGORICAL or units is None or _has_unit_for_each(goal, target, units):
        return None
    message = text(
        "{data} has {classes} classes, but the output of layer {layer} has size {units}. It needs one value "
        "for each class.",
        data=target.name,
        classes=wanted,
        layer=repr(goal.layer.name),
        units=str(units),
    )
    more: dict[str, Any] = {"activation": "softmax"} if goal.activation == "sigmoid" else {}
    return Mistake(message, [goal.set(units=wanted, **more)], "classes")


def _has_unit_for_each(goal: Goal, target: Target, units: int) -> bool:
    """Of a user's own classes, samples may hold only some."""
    wanted = target.classes or 0
    return units == wanted or (not target.complete and not target.one_hot and units > max(wanted, 2))


def binary(goal: Goal) -> Mistake | None:
    """A loss for two classes on data with several."""
    target = goal.target
    classes = (target and target.classes) or 2
    if goal.loss not in BINARY or target is None or classes <= 2 or _one_for_each(goal, target):
        return None
    right = "categorical_crossentropy" if target.one_hot else SPARSE_LOSS
    message = text(
        "{data} has {classes} classes, but the loss binary_crossentropy is for two. Use {right}, and one "
        "value for each class in the output of layer {layer}.",
        data=target.name,
        classes=classes,
        right=right,
        layer=repr(goal.layer.name),
    )
    return Mistake(message, [_use(goal, right, units=classes, activation="softmax")], "loss")


def _one_for_each(goal: Goal, target: Target) -> bool:
    """Tells whether each class is rated by itself, which trains well."""
    return goal.output.shape[-1] == target.classes and (goal.activation == "sigmoid" or goal.from_logits)


def regression(goal: Goal) -> Mistake | None:
    """A loss for classes on data that has none."""
    target = goal.target
    if target is None or target.classes is not None:
        return None
    of_classes = CATEGORICAL | ONE_HOT_LOSSES | BINARY_LOSSES
    if goal.loss not in of_classes or (goal.loss in BINARY_LOSSES and target.fraction):
        return _one_number(goal, target)
    message = text(
        "{data} has a number to predict, not classes, so the loss {loss} does not fit. Use {right}, and one "
        "value in the output of layer {layer}.",
        data=target.name,
        loss=goal.loss,
        right=target.loss,
        layer=repr(goal.layer.name),
    )
    return Mistake(message, [_use(goal, target.loss, units=1, activation="linear")], "loss")


def _one_number(goal: Goal, target: Target) -> Mistake | None:
    if len(goal.output.shape) == 2 and goal.output.shape[-1] not in (1, None):
        message = text(
            "{data} has one number to predict, but the output of layer {layer} has size {units}. It needs "
            "one value.",
            data=target.name,
            layer=repr(goal.layer.name),
            units=str(goal.output.shape[-1]),
        )
        more: dict[str, Any] = {"activation": "linear"} if goal.activation == "softmax" else {}
        if goal.activation == "sigmoid" and not target.fraction:
            more = {"activation": "linear"}
        return Mistake(message, [goal.set(units=1, **more)], "regression")
    if goal.activation not in PROBABILITIES or target.fraction:
        return None
    message = text(
        "{data} has a number to predict, but layer {layer} outputs probabilities ({activation}), which are "
        "never above 1. Set its activation to linear.",
        data=target.name,
        layer=repr(goal.activated.name),
        activation=str(goal.activation),
    )
    return Mistake(message, [goal.set(activation="linear")], "regression")


def other_size(goal: Goal) -> Mistake | None:
    """The output has another number of values than the targets that it is compared with, value by value."""
    data = goal.drawing.data
    if data is None or goal.target is not None or goal.outputs > 1 or goal.loss == SPARSE_LOSS:
        return None
    units = goal.output.shape[-1]
    if len(data.target_shape) != 1 or len(goal.output.shape) != 2 or units is None:
        return None
    wanted = data.target_shape[0]
    if wanted in (1, units):
        return None
    message = text(
        "Samples of {data} hold {wanted} values, but the output of layer {layer} has size {units}.",
        data=data.target_name,
        wanted=wanted,
        layer=repr(goal.layer.name),
        units=units,
    )
    return Mistake(message, [goal.set(units=wanted)], "other_size")


def _use(goal: Goal, loss: str, **arguments: Any) -> Fix:
    """Returns the fix that sets another loss, and arguments of the last layers."""
    if not arguments:
        return fix(text("Use {name}", name=loss), goal.use(loss))
    title = text(
        "Use {name}, and set {arguments} in {layer}",
        name=loss,
        arguments=", ".join(f"{key}={value}" for key, value in goal.named(arguments).items()),
        layer=all_of(list(dict.fromkeys(repr(layer.name) for layer in goal.setting(arguments)))),
    )
    return goal.set(goal.use(loss), title=title, **arguments)


def _for_classes(goal: Goal, loss: str, units: int) -> list[Fix]:
    """Returns fixes that set a loss, and what the last layer lacks for it."""
    return [
        _use(goal, loss),
        _use(goal, loss, activation="softmax"),
        _use(goal, loss, units=units, activation="softmax"),
    ]


GOAL_RULES = (
    not_flat,
    other_size,
    several_classes,
    softmax_of_one,
    binary,
    regression,
    classes,
    sigmoid_of_classes,
    logits,
    no_probabilities,
    judged.loss,
    judged.metrics,
)


def mistakes(drawing: Drawing) -> Iterator[tuple[str | None, Mistake]]:
    """Yields what would go wrong in training, with the layer of each mistake."""
    for goal in goals(drawing):
        # What comes behind one that was not tried may be another mistake than the one that is to be said.
        found = list(tried(mistake for rule in GOAL_RULES if (mistake := rule(goal)) is not None))
        if found:
            yield goal.layer.name, replace(found[0], also=[str(each.code) for each in found[1:]])
