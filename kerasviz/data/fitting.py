"""Brings data into the shapes that a model takes and its loss compares, or says what does not fit."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from kerasviz.data.dataset import Data
from kerasviz.data.eachoutput import fit_outputs
from kerasviz.data.indices import check_indices
from kerasviz.data.judging import judge
from kerasviz.data.lookups import check_lookups
from kerasviz.data.missingvalues import check_finite, check_samples
from kerasviz.data.outputtargets import targets_as_numbers, targets_for_outputs
from kerasviz.data.pixels import unscaled_pixels
from kerasviz.data.shapes import Shape, axes_to, matches, only_folds
from kerasviz.data.tables import as_numbers, as_text, is_text, keys_of, map_arrays
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import all_of, text, text_n


def fit_to_model(
    data: Data,
    model: Any,
    validation_split: float = 0.0,
    *,
    judges: bool = True,
    needs_targets: bool = True,
) -> Data:
    """Adapts data to a compiled model.

    Samples are reshaped where their number of elements is right, and class numbers become one-hot where the
    loss compares one value for each class.

    Args:
        data: Data of one or several arrays.
        model: A compiled `keras.Model`.
        validation_split: The part of the samples, the last ones, that `fit` takes for validation.
        judges: Whether the losses and metrics are tried on the targets, of which there must be all.
        needs_targets: Whether something is learned; samples are predicted without targets.

    Returns:
        The data as `fit` takes it; `notes` says what was changed.

    Raises:
        RequestError: With the layer or the array, what is expected and what there is.
    """
    check_samples(data, validation_split)
    inputs = inputs_by_key(model, data.x, data.x_name)
    fitted = dataclasses.replace(
        data,
        x=_by_input(data.x, data.x_name, inputs, _numbers_or_text),
        y=targets_as_numbers(data, model) if needs_targets else None,
        notes=data.notes.copy(),
    )
    fitted = check_finite(fitted)
    if inputs is None:  # a Sequential without an input shape takes the shape of the samples
        return fitted
    single = isinstance(fitted.x, np.ndarray)
    fitted = dataclasses.replace(
        fitted,
        x=_by_input(
            fitted.x,
            data.x_name,
            inputs,
            lambda array, name, tensor: _samples(
                array, name, tensor.name, tensor.shape[1:], fitted.notes, data.name if single else name
            ),
        ),
        y=None if fitted.y is None else targets_for_outputs(fitted.y, data.y_name, model),
    )
    given: list[tuple[Any, Any, str]] = []
    _by_input(fitted.x, data.x_name, inputs, lambda array, name, tensor: given.append((tensor, array, name)))
    check_indices(model, given)
    check_lookups(model, given)
    fitted.notes.extend(unscaled_pixels(model, given))
    fitted = dataclasses.replace(fitted, x=_by_input(fitted.x, data.x_name, inputs, _text_as_tensor))
    if fitted.y is None:
        return fitted
    fitted = fit_outputs(fitted, model, validation_split)
    if judges:
        fitted.notes.extend(judge(model, fitted.y, data.y_name))
    return fitted


def inputs_by_key(model: Any, x: Any, x_name: str) -> dict[Any, Any] | None:
    """The inputs of a model by the names or positions of the arrays in x; None where nobody knows them yet.

    Args:
        model: A `keras.Model`.
        x: Array, or a list or dict of arrays.
        x_name: What a person calls it.

    Raises:
        RequestError: With code `shape`, where x has other arrays.
    """
    if not model.built:
        return None
    tensors = list(model.inputs)
    if len(tensors) != len(keys_of(x)):
        raise RequestError(
            "shape",
            text_n(
                "The model has {n} input ({names}), but {name} holds {count} arrays. Use one array.",
                "The model has {n} inputs ({names}), but the number of arrays in {name} is {count}. Use a "
                "list or dict with one array for each input.",
                len(tensors),
                names=", ".join(tensor.name for tensor in tensors),
                name=x_name,
                count=len(keys_of(x)),
            ),
        )
    if not isinstance(x, dict):
        return dict(enumerate(tensors))
    structure = None if isinstance(model, keras.Sequential) else model.input
    inputs = structure if isinstance(structure, dict) else {tensor.name: tensor for tensor in tensors}
    if set(x) != set(inputs):
        raise RequestError(
            "shape",
            text(
                "{name} holds arrays for {received}, but the inputs of the model are {expected}. Name the "
                "arrays as the inputs.",
                name=x_name,
                received=all_of([repr(key) for key in x]),
                expected=all_of([repr(key) for key in inputs]),
            ),
        )
    return inputs


def _by_input(
    x: Any, name: str, inputs: dict[Any, Any] | None, change: Callable[[Any, str, Any], Any]
) -> Any:
    """Changes each array of x, given the input of the model that takes it."""
    tensors = iter([None] * len(keys_of(x)) if inputs is None else [inputs[key] for key in keys_of(x)])
    return map_arrays(x, name, lambda array, label: change(array, label, next(tensors)))


def _numbers_or_text(array: Any, name: str, tensor: Any) -> Any:
    if tensor is not None and tensor.dtype.startswith("complex"):
        return array
    takes_text = is_text(array) if tensor is None else tensor.dtype == "string"
    return array if takes_text else as_numbers(array, name)


def _text_as_tensor(array: Any, name: str, tensor: Any) -> Any:
    return as_text(array, name, tensor.name) if tensor.dtype == "string" else array


def _samples(array: Any, name: str, layer: str, expected: Shape, notes: list[str], data: str) -> Any:
    received = array.shape[1:]
    if matches(received, expected):
        return array
    if only_folds(received, expected):
        notes.append(
            text(
                "{data}: samples reshaped from {received} to {expected}.",
                data=data,
                received=str(received),
                expected=str(expected),
            )
        )
        return array.reshape(-1, *expected)
    if order := axes_to(received, expected):
        raise RequestError(
            "shape",
            text(
                "Layer {layer} expects samples of shape {expected}, but those of {name} have the shape "
                "{received}: the axes seem to be in another order. Use np.transpose({name}, {order}).",
                layer=repr(layer),
                expected=str(expected),
                name=name,
                received=str(received),
                order=str(order),
            ),
            layer=layer,
        )
    if not received:
        raise RequestError(
            "shape",
            text(
                "Layer {layer} expects samples of shape {expected}, but {name} holds one value for each. "
                "Set its shape to (1,), or choose an array with all values of a sample.",
                layer=repr(layer),
                expected=str(expected),
                name=name,
            ),
            layer=layer,
        )
    raise RequestError(
        "shape",
        text(
            "Layer {layer} expects samples of shape {expected}, but those of {data} have the shape "
            "{received}. Set its shape to {received}.",
            layer=repr(layer),
            expected=str(expected),
            data=data,
            received=str(received),
        ),
        layer=layer,
    )
