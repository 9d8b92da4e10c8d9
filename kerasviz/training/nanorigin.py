"""Finds the layer at which numbers stopped being finite."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import keras
import numpy as np

from kerasviz.protocol.text import Text, text


class Origin(NamedTuple):
    """Where numbers stopped being finite.

    Attributes:
        sentence: For people.
        layer: The name of the layer; None where all layers give finite numbers, and the loss does not.
    """

    sentence: Text
    layer: str | None


def origin(model: Any, x: Any, batch: int | None) -> Origin:
    """Says where a batch stopped giving finite numbers.

    Args:
        model: As it was before the batch, with which its loss is not finite.
        x: The samples of the batch.
        batch: Its number in the run; None of a stream, whose batches may come in another order once more.
    """
    weights = _layer_with(model, [keras.ops.convert_to_numpy(each) for each in model.variables])
    given = None if weights is not None else _first_output(model, x)
    return Origin(_sentence(model, x, batch, weights, given), weights or given)


def _sentence(model: Any, x: Any, batch: int | None, weights: str | None, given: str | None) -> Text:
    if weights is not None and batch is None:
        return text(
            "The weights of layer {layer} were not finite any more: its gradient was not.",
            layer=repr(weights),
        )
    if weights is not None and batch is not None:
        return text(
            "After batch {batch} the weights of layer {layer} are not finite: its gradient was not.",
            batch=batch - 1,
            layer=repr(weights),
        )
    if given is not None and batch is None:
        return text(
            "Layer {layer} is the first whose output is not finite (NaN or infinite).", layer=repr(given)
        )
    if given is not None and batch is not None:
        return text(
            "In batch {batch}, layer {layer} is the first whose output is not finite (NaN or infinite).",
            batch=batch,
            layer=repr(given),
        )
    predicted = keras.tree.flatten(model(x, training=False))
    largest = max(float(np.max(np.abs(keras.ops.convert_to_numpy(each)))) for each in predicted)
    if batch is None:
        return text(
            "The loss is not finite, although all layers give finite numbers; the largest output of the "
            "model is {largest}.",
            largest=f"{largest:.3g}",
        )
    return text(
        "In batch {batch} the loss is not finite, although all layers give finite numbers; the largest "
        "output of the model is {largest}.",
        batch=batch,
        largest=f"{largest:.3g}",
    )


def _first_output(model: Any, x: Any) -> str | None:
    """The first layer of a graph, in the order of the calls, whose output is not finite."""
    layers = [layer for layer in getattr(model, "layers", []) if _has_output(layer)]
    if not getattr(model, "inputs", None) or not layers:
        return None
    inputs: Any = model.inputs if len(model.inputs) > 1 else model.inputs[0]
    if isinstance(x, dict):
        inputs = {tensor.name: tensor for tensor in model.inputs}
    probe = keras.Model(inputs, [layer.output for layer in layers])
    names = [layer.name for layer in layers for _ in keras.tree.flatten(layer.output)]
    for name, output in zip(names, keras.tree.flatten(probe(x, training=True)), strict=True):
        if not _is_finite(keras.ops.convert_to_numpy(output)):
            return str(name)
    return None


def _has_output(layer: Any) -> bool:
    try:
        return layer.output is not None
    except (AttributeError, ValueError):  # called not at all, or several times
        return False


def _layer_with(model: Any, values: Sequence[np.ndarray]) -> str | None:
    """The last layer, the one nearest to the loss, of those with a variable that is not finite."""
    broken = {id(each) for each, value in zip(model.variables, values, strict=True) if not _is_finite(value)}
    names = [layer.name for layer in model.layers if any(id(each) in broken for each in layer.variables)]
    return names[-1] if names else None


def _is_finite(value: np.ndarray) -> bool:
    return value.dtype.kind not in "fc" or bool(np.all(np.isfinite(value)))
