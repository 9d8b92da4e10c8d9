"""Brings data into the shapes that a model takes and its loss compares, or says what does not fit."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from kerasviz.config.naming import to_snake_case
from kerasviz.data.dataset import Data
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text, text_n

ONE_HOT_LOSSES = frozenset(
    {"categorical_crossentropy", "categorical_focal_crossentropy", "categorical_hinge", "kl_divergence"}
)
"""Losses of Keras that compare a probability for each class: they want classes one-hot."""

SPARSE_LOSS = "sparse_categorical_crossentropy"
BINARY_LOSSES = frozenset({"binary_crossentropy", "binary_focal_crossentropy"})

Shape = tuple[int | None, ...]


def fit_to_model(data: Data, model: Any) -> Data:
    """Adapts data to a compiled model.

    Samples are reshaped where their number of elements is right, and class numbers become one-hot where the
    loss compares one value for each class. Models of several inputs or outputs get what they are given.

    Args:
        data: Data of one or several arrays.
        model: A compiled `keras.Model`.

    Returns:
        The data as `fit` takes it; `notes` says what was changed.

    Raises:
        RequestError: With code `shape`, the layer, what it expects and what it got.
    """
    fitted = dataclasses.replace(data, notes=data.notes.copy())
    if not model.built:  # a Sequential without an input shape takes the shape of the samples
        return fitted
    if len(model.inputs) == 1 and isinstance(data.x, np.ndarray):
        name = model.inputs[0].name
        fitted = dataclasses.replace(fitted, x=_samples(fitted, name, model.inputs[0].shape[1:]))
    elif len(model.inputs) != _count(data.x):
        names = ", ".join(tensor.name for tensor in model.inputs)
        raise RequestError(
            "shape",
            text_n(
                "The model has {n} input ({names}), but x holds {count} arrays. Use one array.",
                "The model has {n} inputs ({names}), but x holds {count} arrays. Use a list or dict with "
                "one array for each input.",
                len(model.inputs),
                names=names,
                count=_count(data.x),
            ),
        )
    if (
        len(model.outputs) == 1
        and isinstance(data.y, np.ndarray)
        and not isinstance(model.loss, (dict, list))
    ):
        layer = model.layers[-1].name if not hasattr(model, "output_names") else model.output_names[0]
        fitted = dataclasses.replace(
            fitted, y=_targets(fitted, layer, model.outputs[0].shape[1:], model.loss)
        )
    return fitted


def _samples(data: Data, layer: str, expected: Shape) -> Any:
    received = data.x.shape[1:]
    if _matches(received, expected):
        return data.x
    if None not in expected and math.prod(received) == math.prod(expected):  # type: ignore[arg-type]
        data.notes.append(
            text(
                "{data}: samples reshaped from {received} to {expected}.",
                data=data.name,
                received=str(received),
                expected=str(expected),
            )
        )
        return data.x.reshape(-1, *expected)
    raise RequestError(
        "shape",
        text(
            "Layer {layer} expects samples of shape {expected}, but those of {data} have the shape "
            "{received}. Set its shape to {received}.",
            layer=repr(layer),
            expected=str(expected),
            data=data.name,
            received=str(received),
        ),
        layer=layer,
    )


def _targets(data: Data, layer: str, expected: Shape, loss: Any) -> Any:
    y = data.y
    if y.dtype.kind not in "iufb":
        raise RequestError(
            "dtype",
            text(
                "y must hold numbers, but {data} holds {dtype}. Number the classes from 0.",
                data=data.name,
                dtype=str(y.dtype),
            ),
        )
    name = loss_name(loss)
    if None in expected or not expected:
        return y
    last = int(expected[-1] or 0)
    column = y.reshape(-1) if y.ndim == 2 and y.shape[1] == 1 else y
    if name == SPARSE_LOSS:
        _check_classes(column, last, layer, data.name)
        return y
    by_class = name in ONE_HOT_LOSSES or (name in BINARY_LOSSES and data.classes == last)
    if by_class and column.ndim == 1 and len(expected) == 1 and last > 1:
        _check_classes(column, last, layer, data.name)
        data.notes.append(
            text("{data}: classes made one-hot, as {loss} expects them.", data=data.name, loss=name)
        )
        return np.eye(last, dtype="float32")[column.astype("int64")]
    received = y.shape[1:]
    if math.prod(received) != math.prod(expected):  # type: ignore[arg-type]
        raise RequestError(
            "shape",
            text(
                "The output of layer {layer} has the shape {expected}, but y of {data} has the shape "
                "{received}, and {loss} compares them value by value. Change its units, or use a loss for "
                "classes, such as {right}.",
                layer=repr(layer),
                expected=str(expected),
                data=data.name,
                received=str(received),
                loss=name,
                right=SPARSE_LOSS,
            ),
            layer=layer,
        )
    return y if received == expected else y.reshape(-1, *expected)


def _check_classes(y: Any, units: int, layer: str, name: str) -> None:
    """Class numbers are positions in the output: one beyond it is NaN or a crash, depending on the device."""
    low, high = int(y.min()), int(y.max())
    if low < 0:
        raise RequestError(
            "classes",
            text("Classes must be numbered from 0, but {data} has class {low}.", data=name, low=low),
        )
    if high >= units:
        raise RequestError(
            "classes",
            text(
                "Layer {layer} has {units} units, but {data} has classes 0 to {high}. Set its units to "
                "{count}.",
                layer=repr(layer),
                units=units,
                data=name,
                high=high,
                count=high + 1,
            ),
            layer=layer,
        )


def loss_name(loss: Any) -> str:
    """Names a loss as Keras names its function: `mse`, `MeanSquaredError` and their objects are one loss."""
    if isinstance(loss, str):
        import keras

        loss = keras.losses.get(loss)
    return to_snake_case(getattr(loss, "__name__", type(loss).__name__))


def _matches(received: Sequence[int], expected: Shape) -> bool:
    return len(received) == len(expected) and all(
        wanted in (None, length) for length, wanted in zip(received, expected, strict=True)
    )


def _count(x: Any) -> int:
    return len(x) if isinstance(x, (list, dict)) else 1
