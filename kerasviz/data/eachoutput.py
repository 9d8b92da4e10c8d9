"""Brings the targets of each output into what its loss compares."""

from __future__ import annotations

import dataclasses
from typing import Any

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
    layers = list(getattr(model, "output_names", None) or [model.layers[-1].name])
    names, tensors = layers, list(model.outputs)
    structure = None if isinstance(model, keras.Sequential) else model.output
    if isinstance(structure, dict) and isinstance(data.y, dict):
        made = {id(tensor): layer for layer, tensor in zip(layers, tensors, strict=False)}
        names, tensors = list(structure), list(structure.values())
        layers = [made.get(id(tensor), name) for name, tensor in structure.items()]
    keys = list(data.y) if isinstance(data.y, dict) else names
    if len(model.outputs) != len(names) or not set(keys) <= set(names):
        return data
    losses = dict(zip(names, of_outputs(model.loss, names), strict=True))
    shapes = {name: tensor.shape[1:] for name, tensor in zip(names, tensors, strict=True)}
    sized = {name: sized_layer(tensor) for name, tensor in zip(names, tensors, strict=True)}
    layer_of = dict(zip(names, layers, strict=True))
    count = 1 if isinstance(data.y, np.ndarray) else len(data.y)
    if count != len(keys):
        return data
    order = iter(keys)

    def fit(array: Any, label: str) -> Any:
        name = next(order)
        loss = _chosen(losses[name], array, shapes[name])
        if loss is None:
            return array
        target = look_at(array, label) if data.classes is None else None
        classes = data.classes if target is None else target.classes
        one = dataclasses.replace(
            data, y=array, y_name=label, classes=classes, name=data.name if count == 1 else label
        )
        one = dataclasses.replace(one, y=fit_targets(one, layer_of[name], shapes[name], loss, sized[name]))
        if note := sorted_by_class(one, loss, validation_split):
            data.notes.append(note)
        return one.y

    return dataclasses.replace(data, y=map_arrays(data.y, data.y_name, fit))


def _chosen(loss: Any, y: Any, shape: Shape) -> Any:
    """The loss that Keras chooses by the targets where it is called crossentropy."""
    if not isinstance(loss, str) or loss not in BY_TARGETS["loss"]:
        return loss
    if shape[-1:] == (1,):
        return "binary_crossentropy"
    return SPARSE_LOSS if y.ndim <= len(shape) or y.shape[-1] == 1 else ONE_HOT_LOSS
