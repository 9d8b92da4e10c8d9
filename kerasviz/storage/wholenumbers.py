"""Looks that weights are not cut to whole numbers as they go into a model."""

import contextlib
from collections.abc import Iterable, Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.protocol.text import text

if TYPE_CHECKING:
    import keras


def check_kind(variable: "keras.Variable", array: np.ndarray, layer: str | None) -> None:
    """Refuses numbers with a fraction for a weight that is of whole numbers.

    Raises:
        ModelFileError: With the layer, and the two dtypes.
    """
    if _is_whole(variable) and array.dtype.kind == "f" and not np.array_equal(array, np.trunc(array)):
        raise ModelFileError(
            text(
                "Expected whole numbers for {weight} ({expected}), received {received}. Set the dtype of the "
                "layer to float32.",
                weight=variable.name,
                expected=str(variable.dtype),
                received=str(array.dtype),
            ),
            layer=layer,
        )


@contextlib.contextmanager
def kinds_checked(variables: Iterable[Any]) -> Iterator[None]:
    """Checks as `check_kind` does whatever Keras assigns to these weights meanwhile."""
    whole = [variable for variable in variables if _is_whole(variable)]
    for variable in whole:
        variable.assign = partial(_assign_checked, variable)
    try:
        yield
    finally:
        for variable in whole:
            del variable.assign


def _assign_checked(variable: Any, value: Any) -> Any:
    check_kind(variable, np.asarray(value), None)
    return type(variable).assign(variable, value)


def _is_whole(variable: Any) -> bool:
    return str(variable.dtype).startswith(("int", "uint", "bool"))
