"""Brings data into the shapes that a model takes and its loss compares, or says what does not fit."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from kerasviz.config.fullconfig import full_compile_config
from kerasviz.data.dataset import Data
from kerasviz.data.eachoutput import fit_outputs
from kerasviz.data.indices import check_indices
from kerasviz.data.judging import judge, of_outputs
from kerasviz.data.labels import numbered
from kerasviz.data.lookups import check_lookups
from kerasviz.data.missingvalues import check_finite, check_samples
from kerasviz.data.pixels import unscaled_pixels
from kerasviz.data.shapes import Shape, axes_to, matches, only_folds
from kerasviz.data.tables import as_numbers, as_text, first_text, is_text, map_arrays
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import all_of, text, text_n


def fit_to_model(data: Data, model: Any, validation_split: float = 0.0) -> Data:
    """Adapts data to a compiled model.

    Samples are reshaped where their number of elements is right, and class numbers become one-hot where the
    loss compares one value for each class.

    Args:
        data: Data of one or several arrays.
        model: A compiled `keras.Model`.
        validation_split: The part of the samples, the last ones, that `fit` takes for validation.

    Returns:
        The data as `fit` takes it; `notes` says what was changed.

    Raises:
        RequestError: With the layer or the array, what is expected and what there is.
    """
    check_samples(data, validation_split)
    inputs = _inputs(model, data)
    fitted = dataclasses.replace(
        data,
        x=_by_input(data.x, data.x_name, inputs, _numbers_or_text),
        y=map_arrays(data.y, data.y_name, _class_numbers),
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
        y=_for_outputs(fitted.y, data.y_name, model),
    )
    given: list[tuple[Any, Any, str]] = []
    _by_input(fitted.x, data.x_name, inputs, lambda array, name, tensor: given.append((tensor, array, name)))
    check_indices(model, given)
    check_lookups(model, given)
    fitted.notes.extend(unscaled_pixels(model, given))
    fitted = dataclasses.replace(fitted, x=_by_input(fitted.x, data.x_name, inputs, _text_as_tensor))
    fitted = fit_outputs(fitted, model, validation_split)
    fitted.notes.extend(judge(model, fitted.y, data.y_name))
    return fitted


def _inputs(model: Any, data: Data) -> dict[Any, Any] | None:
    """The inputs of a model by the names or positions of the arrays in x; None where nobody knows them yet.

    Raises:
        RequestError: With code `shape`, where x has other arrays.
    """
    if not model.built:
        return None
    x, tensors = data.x, list(model.inputs)
    if len(tensors) != _count(x):
        raise RequestError(
            "shape",
            text_n(
                "The model has {n} input ({names}), but {name} holds {count} arrays. Use one array.",
                "The model has {n} inputs ({names}), but the number of arrays in {name} is {count}. Use a "
                "list or dict with one array for each input.",
                len(tensors),
                names=", ".join(tensor.name for tensor in tensors),
                name=data.x_name,
                count=_count(x),
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
                name=data.x_name,
                received=all_of([repr(key) for key in x]),
                expected=all_of([repr(key) for key in inputs]),
            ),
        )
    return inputs


def _for_outputs(y: Any, name: str, model: Any) -> Any:
    """Checks that y has an array for each output; one in a list or dict of its own is taken out.

    Raises:
        RequestError: With code `shape`, where y has other arrays.
    """
    structure = None if isinstance(model, keras.Sequential) else model.output
    if isinstance(structure, dict):
        expected = list(structure)
    else:
        expected = list(getattr(model, "output_names", None) or [model.layers[-1].name])
    if model.loss is None or (
        isinstance(model.loss, list) and None in model.loss and _count(y) < len(expected)
    ):
        return y  # outputs without a loss need no targets
    compiled = full_compile_config(model) or {}
    with_metrics = any(compiled.get(part) for part in ("metrics", "weighted_metrics"))
    if isinstance(structure, dict) and not with_metrics:  # Keras' metrics want targets for each output
        needed = _with_loss(model.loss, expected)
        if isinstance(y, dict) and set(y) < set(expected):
            _check_needed(y, name, needed)
            return y
        if not isinstance(y, dict) and _count(y) == len(needed) < len(expected):
            return y
    if _count(y) != len(expected):
        raise RequestError(
            "shape",
            text_n(
                "The model has {n} output ({names}), but {name} holds {count} arrays. Use one array.",
                "The model has {n} outputs ({names}), but the number of arrays in {name} is {count}. Use a "
                "list or dict with one array for each output.",
                len(expected),
                names=", ".join(expected),
                name=name,
                count=_count(y),
            ),
        )
    if isinstance(y, dict) and set(y) != set(expected):
        raise RequestError(
            "shape",
            text(
                "{name} holds arrays for {received}, but the outputs of the model are {expected}. Name the "
                "arrays as the outputs.",
                name=name,
                received=all_of([repr(key) for key in y]),
                expected=all_of([repr(key) for key in expected]),
            ),
        )
    if isinstance(structure, dict) and isinstance(y, list) and expected != sorted(expected):
        said = text(
            "The outputs are a dict, for which Keras sorts the list {name}. Make it a dict.", name=name
        )
        raise RequestError("shape", said)
    if len(expected) == 1 and not isinstance(structure, (dict, list)) and not isinstance(y, np.ndarray):
        return next(iter(y.values())) if isinstance(y, dict) else y[0]
    return y


def _with_loss(loss: Any, outputs: list[str]) -> list[str]:
    """The outputs that a loss is for; a list of another length is Keras' to refuse."""
    if isinstance(loss, list) and len(loss) != len(outputs):
        return outputs
    each = of_outputs(loss, outputs)
    return [name for name, one in zip(outputs, each, strict=True) if one is not None]


def _check_needed(y: dict[Any, Any], name: str, needed: list[str]) -> None:
    """Checks that a dict has targets for each output with a loss.

    Raises:
        RequestError: With code `shape` and the output.
    """
    for output in needed:
        if output not in y:
            raise RequestError(
                "shape",
                text(
                    "{name} has no array for the output {output}, which has a loss. Add one to {name}, or "
                    "remove the loss of {output}.",
                    name=name,
                    output=repr(output),
                ),
            )


def _by_input(
    x: Any, name: str, inputs: dict[Any, Any] | None, change: Callable[[Any, str, Any], Any]
) -> Any:
    """Changes each array of x, given the input of the model that takes it."""
    tensors = iter([None] * _count(x) if inputs is None else [inputs[key] for key in _keys(x)])
    return map_arrays(x, name, lambda array, label: change(array, label, next(tensors)))


def _numbers_or_text(array: Any, name: str, tensor: Any) -> Any:
    if tensor is not None and tensor.dtype.startswith("complex"):
        return array
    takes_text = is_text(array) if tensor is None else tensor.dtype == "string"
    return array if takes_text else as_numbers(array, name)


def _text_as_tensor(array: Any, name: str, tensor: Any) -> Any:
    return as_text(array, name, tensor.name) if tensor.dtype == "string" else array


def _class_numbers(array: Any, name: str) -> Any:
    if is_text(array):
        raise RequestError(
            "dtype",
            text(
                "y must hold numbers, but {name} holds text ({value}). Number the classes from 0, for "
                "example with {numbered}.",
                name=name,
                value=repr(first_text(array)[1]),
                numbered=numbered(name),
            ),
        )
    return as_numbers(array, name)


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


def _count(x: Any) -> int:
    return len(_keys(x))


def _keys(x: Any) -> list[Any]:
    return list(x) if isinstance(x, dict) else list(range(len(x) if isinstance(x, list) else 1))
