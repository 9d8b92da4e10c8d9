"""Makes arrays that a model takes of tables of booleans, numbers and text, or says what they hold."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import numpy as np

from kerasviz.protocol import RequestError
from kerasviz.protocol.text import Text, all_of, text

Change = Callable[[Any, str], Any]


def map_arrays(value: Any, name: str, change: Change) -> Any:
    """Changes an array, or each of a list or dict of arrays.

    Args:
        value: Array, or a list or dict of arrays.
        name: What a person calls it.
        change: Gets each array and its name, such as `x['left']`.

    Returns:
        What `change` returned, in the structure of `value`.
    """
    if isinstance(value, dict):
        return {key: change(part, f"{name}[{key!r}]") for key, part in value.items()}
    if isinstance(value, list):
        return [change(part, f"{name}[{index}]") for index, part in enumerate(value)]
    return change(value, name)


def keys_of(value: Any) -> list[Any]:
    """The keys of a dict of arrays, or the positions of the arrays in a list; one array is at 0."""
    return (
        list(value) if isinstance(value, dict) else list(range(len(value) if isinstance(value, list) else 1))
    )


def is_text(array: Any) -> bool:
    """Whether an array holds text, perhaps among other things."""
    return array.dtype.kind in "US" or (array.dtype.kind == "O" and bool(_texts(array).any()))


def first_text(array: Any) -> tuple[tuple[int, ...], str]:
    """Finds the first text of an array: where it is, and what it says, shortened."""
    place = tuple(int(index) for index in np.argwhere(_texts(array))[0])
    return place, f"{array[place]!s:.40}"


def as_numbers(array: Any, name: str) -> Any:
    """Makes numbers of a table of booleans and numbers: whole numbers where all are, else float32.

    Raises:
        RequestError: With code `dtype`, the column and the first text in it, or what else there is.
    """
    if is_text(array):
        raise RequestError("dtype", _of_text(array, name))
    if array.dtype.kind in "iufbV" and not array.dtype.names:  # "V": bfloat16, and tables with named columns
        return array.astype("float64") if array.dtype.kind == "f" and array.dtype.itemsize > 8 else array
    values = [] if array.dtype.kind != "O" else array.ravel().tolist()
    if any(isinstance(value, (list, tuple, np.ndarray)) for value in values):
        raise uneven(name)
    if values and all(isinstance(value, (bool, int, np.bool_, np.integer)) for value in values):
        return array.astype("int64")
    try:
        # pandas' NA has no number: it is a missing value, as None is.
        numbers = [np.nan if value is None or type(value).__name__ == "NAType" else value for value in values]
        if not numbers:
            raise TypeError
        return np.array([float(value) for value in numbers], dtype="float32").reshape(array.shape)
    except (TypeError, ValueError, OverflowError):
        raise RequestError("dtype", _of_others(array, values, name)) from None


def _of_text(array: Any, name: str) -> Text:
    place, value = first_text(array)
    if all(_is_number(value) for value in array.ravel().tolist()):
        return text(
            "{name} holds numbers as text ({value}). Use {name}.astype(float) in its place.",
            name=name,
            value=repr(value),
        )
    if array.ndim != 2:
        return text("{name} holds text ({value}). Make it numbers.", name=name, value=repr(value))
    return text(
        "Column {column} of {name} holds text ({value}). Make it numbers.",
        column=place[1],
        name=name,
        value=repr(value),
    )


def _of_others(array: Any, values: list[Any], name: str) -> Text:
    if array.dtype.names:
        return text(
            "{name} has columns with names ({columns}). Use {way} in its place.",
            name=name,
            columns=all_of([repr(column) for column in array.dtype.names]),
            way=f"np.array({name}.tolist())",
        )
    if array.dtype.kind == "c":
        return text(
            "{name} holds complex numbers, but the layer takes real ones. Use {name}.real or np.abs({name}) "
            "in its place.",
            name=name,
        )
    position, value = next(
        ((place, value) for place, value in enumerate(values) if not _is_number(value)), (0, None)
    )
    kind = type(value).__name__ if values else str(array.dtype)
    where: str = name
    if array.ndim == 2 and values:
        where = text("Column {column} of {name}", column=position % array.shape[1], name=name)
    if array.dtype.kind in "mM" or isinstance(value, (date, time, timedelta)):
        return text(
            "{where} holds dates or times ({kind}). Use numbers in their place, such as the day or the hour.",
            where=where,
            kind=kind,
        )
    return text(
        "{where} holds values that are no numbers ({kind}). Make them numbers.", where=where, kind=kind
    )


def as_text(array: Any, name: str, layer: str) -> Any:
    """Makes the text that a model takes of an array of strings.

    Raises:
        RequestError: With code `dtype`, where the array holds something else, or the backend has no text.
    """
    if not is_text(array) or (array.dtype.kind == "O" and not _texts(array).all()):
        raise RequestError(
            "dtype",
            text(
                "Layer {layer} expects text, but {name} holds other values. Make all of them text.",
                layer=repr(layer),
                name=name,
            ),
            layer=layer,
        )
    check_text(name, layer)
    import keras

    return keras.ops.convert_to_tensor(array, dtype="string")


def check_text(name: str, layer: str) -> None:
    """Looks whether models of this backend take text.

    Raises:
        RequestError: With code `dtype`, where they don't.
    """
    from kerasviz.backend.texttensors import takes_text  # with Keras, which takes seconds

    if not takes_text():
        raise RequestError(
            "dtype",
            text(
                "Layer {layer} takes text, which only the TensorFlow backend of Keras can train on. Choose "
                "that backend, or turn {name} into numbers first.",
                layer=repr(layer),
                name=name,
            ),
            layer=layer,
        )


def uneven(name: str) -> RequestError:
    """Says that rows of different lengths make no array."""
    return RequestError(
        "shape",
        text(
            "The rows of {name} differ in length. Pad them, for example with keras.utils.pad_sequences.",
            name=name,
        ),
    )


def _is_number(value: Any) -> bool:
    try:
        float(value)
    except (TypeError, ValueError, OverflowError):
        return value is None
    return True


def _texts(array: Any) -> Any:
    if array.dtype.kind in "US":
        return np.ones(array.shape, dtype=bool)
    flat = [isinstance(value, (str, bytes)) for value in array.ravel()]
    return np.array(flat, dtype=bool).reshape(array.shape)
