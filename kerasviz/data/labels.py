"""Brings targets into what a loss compares with the output of a layer, or says what does not fit."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerasviz.data.dataset import Data
from kerasviz.data.facts.classofeach import are_whole, is_one_hot
from kerasviz.data.losses import (
    BINARY_LOSSES,
    GENERALIZED_LOSS,
    ONE_HOT_LOSSES,
    SEQUENCE_LOSS,
    SPARSE_LOSS,
    is_own_loss,
    loss_name,
)
from kerasviz.data.othershape import other_shape
from kerasviz.data.sense import Output, Sense, holds_classes, holds_several, sense_of
from kerasviz.data.shapes import Shape, only_folds
from kerasviz.data.sizedlayer import Sized, way_to
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import Text, text


def fit_targets(data: Data, layer: str, expected: Shape, loss: Any, sized: Sized | None = None) -> Any:
    """Makes class numbers one-hot, or the other way round, and adds or drops axes of 1.

    Args:
        data: Numbers; `notes` gets what was changed.
        layer: The layer of the output.
        expected: Shape of the output for one sample.
        loss: A loss of Keras, or its name.
        sized: The layer whose units are the size of the output, where that is known.

    Returns:
        The targets as `fit` takes them.

    Raises:
        RequestError: With code `shape` or `classes`, and the layer where it is the one to change.
    """
    y, name = data.y, loss_name(loss)
    if not expected:
        return y
    if is_own_loss(loss):  # only its author knows what it takes
        return y.reshape(-1, *expected) if only_folds(y.shape[1:], expected) else y
    if name == SEQUENCE_LOSS:
        return y
    if name == SPARSE_LOSS:
        return _class_numbers(data, layer, expected, getattr(loss, "ignore_class", None), sized)
    if name == GENERALIZED_LOSS and len(expected) == 1:
        return _class_numbers(data, layer, expected, None, sized).reshape(-1)
    if None in expected:
        return y
    last = int(expected[-1] or 0)
    column = y.reshape(-1) if y.ndim == 2 and y.shape[1] == 1 else y
    by_class = name in ONE_HOT_LOSSES or (name in BINARY_LOSSES and data.classes == last)
    if by_class and column.ndim == 1 and len(expected) == 1 and last > 1:
        _check_classes(column, last, layer, data, name, sized)
        data.notes.append(
            text("{data}: classes made one-hot, as {loss} expects them.", data=data.name, loss=name)
        )
        return np.eye(last, dtype="float32")[column.astype("int64")]
    received = y.shape[1:]
    if not (received == expected or only_folds(received, expected)):
        if _takes_class_numbers(loss, y, expected):
            return y
        raise other_shape(data, layer, expected, name, sized)
    if name in BINARY_LOSSES:
        _check_binary(data, layer, name, sized, one_unit=expected == (1,))
    return y if received == expected else y.reshape(-1, *expected)


def numbered(name: str) -> str:
    """Writes the expression that numbers the classes of an array from 0."""
    return f"np.unique({name}, return_inverse=True)[1]"


def _takes_class_numbers(loss: Any, y: Any, expected: Shape) -> bool:
    """Whether a loss is made for the class of each sample, though the output has several values for it."""
    numbers = holds_classes(y, expected) or (y.size == len(y) and are_whole(y))
    return numbers and sense_of("loss", loss, y, Output(expected)) is Sense.SOUND


def _class_numbers(data: Data, layer: str, expected: Shape, ignored: int | None, sized: Sized | None) -> Any:
    y, units = data.y, expected[-1]
    _check_positions(data, layer, expected)
    if units and units > 1 and y.ndim == len(expected) + 1 and y.shape[-1] > 1:
        if y.shape[-1] != units or not is_one_hot(y):
            if are_whole(y) and y.max() > 1:
                raise RequestError("classes", _for_each_step(data, layer), layer=layer)
            raise RequestError(
                "classes",
                text(
                    "{loss} expects one class number, but {name} holds {units} values for each. Use the loss "
                    "{right}.",
                    loss=SPARSE_LOSS,
                    name=data.y_name,
                    units=y.shape[-1],
                    right="binary_crossentropy"
                    if holds_several(y, tuple(y.shape[1:]))
                    else "categorical_crossentropy",
                ),
            )
        data.notes.append(
            text(
                "{data}: one-hot classes made numbers, as {loss} expects them.",
                data=data.name,
                loss=SPARSE_LOSS,
            )
        )
        return y.argmax(axis=-1)
    classes = y if ignored is None else y[y != ignored]
    if classes.size:
        _check_classes(classes, units, layer, data, SPARSE_LOSS, sized)
    return y


def _for_each_step(data: Data, layer: str) -> Text:
    return text(
        "{name} has {count} class numbers for each sample, but the output of layer {layer} predicts one. "
        "Predict one for each step (return_sequences=True in recurrent layers), or train on one for each "
        "sample.",
        name=data.y_name,
        count=data.y.shape[-1],
        layer=repr(layer),
    )


def _check_positions(data: Data, layer: str, expected: Shape) -> None:
    """A class for each position needs as many positions in the output, such as the pixels of an image."""
    received = data.y.shape[1:-1] if data.y.shape[-1] == 1 else data.y.shape[1:]
    positions = expected[:-1]
    if len(received) != len(positions) or not positions:
        return
    if any(given not in (None, size) for size, given in zip(received, positions, strict=True)):
        said = text(
            "The output of layer {layer} has {expected} positions, but the classes of {name} have "
            "{received}. Keep the size in the layers before it, for example with padding='same', or change "
            "{name}.",
            layer=repr(layer),
            expected=" x ".join(map(str, positions)),
            name=data.y_name,
            received=" x ".join(map(str, received)),
        )
        raise RequestError("shape", said, layer=layer)


def _check_classes(y: Any, units: int | None, layer: str, data: Data, loss: str, sized: Sized | None) -> None:
    """Class numbers are positions in the output: one beyond it is NaN or a crash, depending on the device."""
    if not are_whole(y):
        raise RequestError(
            "classes",
            text(
                "{loss} expects whole numbers as classes, but {name} holds {value}. For numbers use a loss "
                "such as {right}.",
                loss=loss,
                name=data.y_name,
                value=f"{y[y != np.floor(y)].flat[0]:g}",
                right="mean_squared_error",
            ),
        )
    low, high, count = int(y.min()), int(y.max()), len(np.unique(y))
    if low >= 0 and (units is None or high < units):
        return
    if low == 1 and high == units:
        raise RequestError(
            "classes",
            text(
                "Classes must be numbered from 0, but {name} has classes 1 to {high}. Use {name} - 1.",
                name=data.y_name,
                high=high,
            ),
        )
    if units is None or count <= units:
        raise RequestError(
            "classes",
            text(
                "Classes must be numbered from 0, but {name} has classes {low} to {high}. Use "
                "{numbered} in its place.",
                name=data.y_name,
                low=low,
                high=high,
                numbered=numbered(data.y_name),
            ),
        )
    if low == 0 and high + 1 < 2 * count:
        said = text(
            "The output of layer {layer} has size {units}, but {data} has classes 0 to {high}. {way}",
            layer=repr(layer),
            units=units,
            data=data.name,
            high=high,
            way=way_to(layer, sized, high + 1),
        )
    else:
        said = text(
            "The output of layer {layer} has size {units}, but {name} has {count} classes, numbered {low} to "
            "{high}. {way} Use {numbered} in place of {name}.",
            layer=repr(layer),
            units=units,
            name=data.y_name,
            count=count,
            low=low,
            high=high,
            way=way_to(layer, sized, count),
            numbered=numbered(data.y_name),
        )
    raise RequestError("classes", said, layer=layer)


def _check_binary(data: Data, layer: str, loss: str, sized: Sized | None, *, one_unit: bool) -> None:
    """Values outside 0 to 1 train on in silence: the loss falls below 0 and means nothing."""
    low, high = data.y.min(), data.y.max()
    if low >= 0 and high <= 1:
        return
    labels = np.unique(data.y)
    whole = one_unit and are_whole(labels)
    if whole and len(labels) == 2:
        said = text(
            "{loss} expects 0 and 1, but {name} holds {low} and {high}. Use {name} == {high} in its place.",
            loss=loss,
            name=data.y_name,
            low=int(low),
            high=int(high),
        )
    elif whole and high - low < len(labels):  # without gaps: classes, and not amounts
        said = text(
            "{loss} expects two classes, but {name} holds {count}. {way} Number the classes from 0, and use "
            "the loss {right}.",
            loss=loss,
            name=data.y_name,
            count=len(labels),
            way=way_to(layer, sized, len(labels)),
            right=SPARSE_LOSS,
        )
    else:
        said = text(
            "{loss} expects values from 0 to 1, but {name} holds {low} to {high}. Scale them, or use a loss "
            "for numbers, such as {right}.",
            loss=loss,
            name=data.y_name,
            low=f"{low:g}",
            high=f"{high:g}",
            right="mean_squared_error",
        )
    raise RequestError("classes", said, layer=layer)
