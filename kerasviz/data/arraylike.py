"""What an array is: the variables of a kernel hold objects of any class, which may raise or lie."""

from __future__ import annotations

import operator
import sys
from inspect import getattr_static
from typing import Any

import numpy as np

from kerasviz.backend.interrupts import pass_interrupt
from kerasviz.data.noarray import no_array
from kerasviz.data.tables import uneven
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text


def is_array(value: object) -> bool:
    """Whether an object turns into an array: tables of pandas do, and tensors with values.

    Only its class is asked, so that no code of an object runs which is no array, nor any of its metaclass.
    """
    return getattr_static(type(value), "__array__", None) is not None and not _is_symbolic(value)


def is_lazy(value: object) -> bool:
    """Whether its values may lie in a file, or still have to be computed, as those of h5py, zarr and dask.

    They are read for training alone, as it may take minutes.
    """
    return any(getattr_static(type(value), name, None) is not None for name in ("chunks", "compute"))


def described(value: object) -> tuple[list[int], str] | None:
    """Tells shape and dtype of an array with at least one sample; None for whatever is no such array."""
    if not is_array(value):
        return None
    found: Any = value
    try:
        shape = [operator.index(length) for length in found.shape]
        dtype = getattr(found, "dtype", "table")
        dtype = str(dtype if isinstance(dtype, np.dtype) else getattr(dtype, "name", dtype))
        dtype = dtype.removeprefix("torch.")
    except BaseException as error:  # code of anybody's class may raise anything
        pass_interrupt(error)
        return None
    return (shape, dtype) if shape and shape[0] > 0 and min(shape) >= 0 else None


def as_arrays(value: Any, name: str) -> Any:
    """Makes an array of a variable, or a list or dict of arrays.

    Args:
        value: An array, a table, a list of numbers, or a list or dict of these.
        name: What a person calls it.

    Raises:
        RequestError: With code `no_data`, where it is something else; with code `shape`, where it is a list
            of rows of different lengths.
    """
    try:
        if issubclass(type(value), dict):
            return {key: _as_array(part, f"{name}[{key!r}]") for key, part in value.items()}
        if _is_list(value) and len(value) > 0 and all(is_array(part) for part in value):
            return [_as_array(part, f"{name}[{index}]") for index, part in enumerate(value)]
        return _as_array(value, name)
    except RequestError:
        raise
    except BaseException as error:  # code of anybody's class may raise anything
        pass_interrupt(error)
        if "inhomogeneous" in str(error):
            raise uneven(name) from None
        said = f"{type(error).__name__}: {error!s:.200}"
        raise RequestError(
            "no_data", text("{name} can't be turned into an array: {error}", name=name, error=said)
        ) from error


def _as_array(value: Any, name: str) -> Any:
    if isinstance(value, np.ma.MaskedArray):
        return _filled(value)
    if _is_list(value) or is_array(value):
        return _stacked(np.asarray(value), name)
    raise no_array(value, name)


def _filled(value: Any) -> Any:
    """What a mask hides is missing: the values under it are none."""
    if not np.ma.is_masked(value):
        return np.asarray(value)
    return value.astype(value.dtype if value.dtype.kind in "fcO" else "float64").filled(np.nan)


def _stacked(array: Any, name: str) -> Any:
    """Makes one array of arrays or lists in an array, such as a column of a table has."""
    rows = array.dtype.kind == "O" and array.ndim == 1 and len(array) > 0
    if not rows or not all(isinstance(row, (list, tuple, np.ndarray)) for row in array):
        return array
    try:
        return np.stack([np.asarray(row) for row in array])
    except ValueError:
        raise uneven(name) from None


def _is_list(value: object) -> bool:
    return issubclass(type(value), (list, tuple, range))


def _is_symbolic(value: object) -> bool:
    """Whether it is a tensor of a model, such as `keras.Input` gives, which has a shape but no values."""
    keras: Any = sys.modules.get("keras")
    kind = getattr(keras, "KerasTensor", None)
    return kind is not None and issubclass(type(value), kind)
