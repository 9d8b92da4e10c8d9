"""Brings the targets of each output into what its loss compares."""

from __future__ import annotations

import dataclasses
from typing import Any, NamedTuple

import keras
import numpy as np

from kerasviz.config.oldnames import BY_TARGETS
from kerasviz.data.dataset import Data
from kerasviz.data.judging import of_outputs
from kerasviz.data.labels import fit_targets
from kerasviz.data.losses import ONE_HOT_LOSS, SPARSE_LOSS
from kerasviz.data.shapes import Shape
from kerasviz.data.sizedlayer import sized_layer
from kerasviz.data.sortedlabels import sorted_by_class
from kerasviz.data.tables import map_arrays
from kerasviz.data.target import look_at


def fit_outputs(data: Data, model: Any, validation_split: float) -> Data:
    """Fits the array of each output to its loss.

    Args:
        data: Numbers, with an array for each output; `notes` gets what was changed.
        model: A compiled model that is built.
        validation_split: The part of the samples, the last ones, that `fit` takes for validation.

    Returns:
        The data as `fit` takes it.

    Raises:
        RequestError: With the array, and the layer where it is the one to change.
    """
    outputs = named_outputs(model, by_name=isinstance(data.y, dict))
    names = [output.name for output in outputs]
    keys = list(data.y) if isinstance(data.y, dict) else names
    if len(model.outputs) != len(names) or not set(keys) <= set(names):
        return data
    losses = dict(zip(names, of_outputs(model.loss, names), strict=True))
    named = dict(zip(names, outputs, strict=True))
    count = 1 if isinstance(data.y, np.ndarray) else len(data.y)
    if count != len(keys):
        return data
    order = iter(keys)

    def fit(array: Any, label: str) -> Any:
        name = next(order)
        output = named[name]
        shape = output.tensor.shape[1:]
        loss = chosen_loss(losses[name], array, shape)
        if loss is None:
            return array
        target = look_at(array, label) if data.classes is None else None
        classes = data.classes if target is None else target.classes
        one = dataclasses.replace(
            data, y=array, y_name=label, classes=classes, name=data.name if count == 1 else label
        )
        one = dataclasses.replace(
            one, y=fit_targets(one, output.layer, shape, loss, sized_layer(output.tensor))
        )
        if note := sorted_by_class(one, loss, validation_split):
            data.notes.append(note)
        return one.y

    return dataclasses.replace(data, y=map_arrays(data.y, data.y_name, fit))


class NamedOutput(NamedTuple):
    """An output of a model: what targets and losses call it, the layer that makes it, and its tensor."""

    name: str
    layer: str
    tensor: Any


def named_outputs(model: Any, *, by_name: bool) -> list[NamedOutput]:
    """The outputs of a model, in order.

    Args:
        model: A model that is built.
        by_name: Whether targets are given by name: then those of a dict of outputs are its keys.
    """
    layers = list(getattr(model, "output_names", None) or [model.layers[-1].name])
    structure = None if isinstance(model, keras.Sequential) else model.output
    made = list(zip(layers, model.outputs, strict=False))
    if not by_name or not isinstance(structure, dict):
        return [NamedOutput(layer, layer, tensor) for layer, tensor in made]
    layer_of = {id(tensor): layer for layer, tensor in made}
    return [NamedOutput(name, layer_of.get(id(each)) or name, each) for name, each in structure.items()]


def chosen_loss(loss: Any, y: Any, shape: Shape) -> Any:
    """The loss that Keras chooses by the targets where it is called crossentropy.

    Args:
        loss: A loss of Keras, or its name.
        y: Targets.
        shape: Shape of the output for a sample.
    """
    if not isinstance(loss, str) or loss not in BY_TARGETS["loss"]:
        return loss
    if shape[-1:] == (1,):
        return "binary_crossentropy"
    return SPARSE_LOSS if y.ndim <= len(shape) or y.shape[-1] == 1 else ONE_HOT_LOSS
