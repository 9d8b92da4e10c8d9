"""Says before training which losses and metrics are of no use for the targets that there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np

from kerasviz.config.fullconfig import full_compile_config
from kerasviz.config.oldnames import BY_TARGETS
from kerasviz.config.parts import part_of
from kerasviz.config.slim import slim
from kerasviz.data.alternatives import written
from kerasviz.data.losses import ONE_HOT_LOSSES, loss_name
from kerasviz.data.measures import UNFIT, by_output, is_of_keras, unfit_metrics
from kerasviz.data.sense import Output, Sense, holds_several, sense_of
from kerasviz.data.tables import map_arrays
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import Text, text


def judge(model: Any, y: Any, y_name: str) -> list[Text]:
    """Tries the losses and metrics of a model on a few targets, with good and bad predictions.

    Args:
        model: A compiled model that is built.
        y: Targets as `fit` takes them.
        y_name: What a person calls them.

    Returns:
        What would train, but mean nothing, for the notes of the run.

    Raises:
        RequestError: With code `loss` or `metrics` and the layer, where Keras would stop.
    """
    compiled = slim(full_compile_config(model) or {})
    names = list(getattr(model, "output_names", None) or [model.layers[-1].name])
    targets: list[tuple[Any, str]] = []
    map_arrays(y, y_name, lambda array, label: targets.append((array, label)))
    if len(model.outputs) != len(names) or (len(targets) != len(names) and not isinstance(y, dict)):
        return []  # an output without a loss, or a structure of them
    if isinstance(y, dict):
        targets = [targets[list(y).index(name)] if name in y else (None, name) for name in names]
    notes: list[Text] = []
    metrics = [by_output(compiled.get(part), names) for part in ("metrics", "weighted_metrics")]
    losses = of_outputs(compiled.get("loss"), names)
    for index, (name, tensor, (target, label)) in enumerate(zip(names, model.outputs, targets, strict=True)):
        if not isinstance(target, np.ndarray):
            continue
        output = Output(tensor.shape[1:], may_be_negative(_activation(model, name)))
        loss = losses[index]
        ignored = part_of(loss, "config").get("ignore_class") if isinstance(loss, dict) else None
        if ignored is not None:  # such samples count for nothing, and may have any number
            target = np.where(target == ignored, 0, target)
        if loss is not None and is_of_keras(loss):
            notes += _of_loss(loss, target, label, output, name)
        if holds_several(target, tuple(tensor.shape[1:])):
            notes += _of_several(loss, label, _activation(model, name), name)
        here = [metric for part in metrics for metric in part[index]]
        by_targets = isinstance(loss, str) and loss in BY_TARGETS["loss"]
        named = loss_name(loss) if is_of_keras(loss) and not by_targets else ""
        unfit = unfit_metrics(here, target, label, output, name, named)
        if unfit is not None and unfit.refused:
            raise RequestError("metrics", unfit.message, layer=name)
        notes += [] if unfit is None else [unfit.message]
    return notes


def may_be_negative(activation: Any) -> bool:
    """Whether an activation gives numbers below 0; where nobody knows, it is taken not to."""
    if not callable(activation):
        return False
    try:
        values = activation(keras.ops.convert_to_tensor([[-3.0, -0.5, 0.0, 2.0]]))
        return bool(keras.ops.convert_to_numpy(values).min() < 0)
    except Exception:  # an activation of the user's own may want something else
        return False


def useless(loss: Any, y_name: str, layer: str, sense: Sense) -> Text:
    """Says that a loss is of no use for the targets of an output."""
    if sense is Sense.NO_NUMBER:
        return text(
            "The loss {loss} is not a number where the output of layer {layer} is below 0. Use another loss, "
            "or an activation that is never below 0, such as softplus.",
            loss=written(loss),
            layer=repr(layer),
        )
    return text(
        "The loss {loss} can't tell good predictions of {y} from bad ones in the output of layer {layer}, so "
        "nothing would be learned. Use another loss.",
        loss=written(loss),
        y=y_name,
        layer=repr(layer),
    )


def _of_loss(loss: Any, y: Any, y_name: str, output: Output, layer: str) -> list[Text]:
    sense = sense_of("loss", loss, y, output)
    if sense not in UNFIT:
        return []
    message = useless(loss, y_name, layer, sense)
    if sense is Sense.REFUSED:
        raise RequestError("loss", message, layer=layer)
    return [message]


def _of_several(loss: Any, y_name: str, activation: Any, layer: str) -> list[Text]:
    """What gives one class of each sample, where samples have several."""
    is_one = loss is not None and is_of_keras(loss) and loss_name(loss) in ONE_HOT_LOSSES
    if not is_one and activation is not keras.activations.softmax:
        return []
    return [of_several(loss if is_one else None, y_name, layer)]


def of_several(loss: Any, y_name: str, layer: str) -> Text:
    """Says that samples have several classes, but a loss, or without one the softmax, is for one of them."""
    return text(
        "Samples of {y} have several classes, but {what} of layer {layer} is for one of them. Use the loss "
        "{right} and the activation {activation}.",
        y=y_name,
        what=text("the activation softmax") if loss is None else text("the loss {loss}", loss=written(loss)),
        layer=repr(layer),
        right="binary_crossentropy",
        activation="sigmoid",
    )


def of_outputs(losses: Any, names: Sequence[str]) -> list[Any]:
    """Sorts losses by the outputs that they are for; None for an output without one."""
    if isinstance(losses, dict) and "class_name" not in losses:
        return [losses.get(name) for name in names]
    if isinstance(losses, list | tuple):
        return list(losses) if len(losses) == len(names) else [None] * len(names)
    return [losses] * len(names)


def _activation(model: Any, name: str) -> Any:
    layer = next((layer for layer in model.layers if layer.name == name), None)
    return getattr(layer, "activation", None)
