"""Says before training where weights of samples would count for something else than was meant, or fail."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np

from kerasviz.data.dataset import Data
from kerasviz.data.tables import as_numbers, keys_of, map_arrays
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import Text, text

WHAT = "sample_weight"


def fit_sample_weight(data: Data) -> Data:
    """Checks that there is a weight for each sample, and that it is one.

    Args:
        data: As `fit` takes it.

    Returns:
        The data with the weights as numbers.

    Raises:
        RequestError: With code `sample_weight` and the way out, or `dtype`.
    """
    weights = data.sample_weight
    if weights is None:
        return data
    if isinstance(weights, (list, dict)) != isinstance(data.y, (list, dict)) or (
        isinstance(weights, (list, dict)) and keys_of(weights) != keys_of(data.y)
    ):
        raise _refused(
            text("sample_weight must have an array for each array of {y}, as {y} has them.", y=data.y_name)
        )
    samples = len(next(iter(data.x.values())) if isinstance(data.x, dict) else _first(data.x))

    def numbers(array: Any, name: str) -> Any:
        weight = as_numbers(array, name)
        _check(weight, name, samples)
        return weight

    return dataclasses.replace(data, sample_weight=map_arrays(weights, WHAT, numbers))


def _check(array: Any, name: str, samples: int) -> None:
    if len(array) != samples:
        raise _refused(
            text(
                "Expected a weight for each of {samples} samples in {name}. Received: {count}.",
                samples=samples,
                name=name,
                count=len(array),
            )
        )
    if not np.isfinite(array).all() or (array < 0).any():
        raise _refused(
            text(
                "{name} holds weights that are missing, infinite or below 0. Set them to 0, so that these "
                "samples count for nothing.",
                name=name,
            )
        )
    if not array.any():
        raise _refused(text("All weights in {name} are 0, so nothing would be learned.", name=name))


def _first(x: Any) -> Any:
    return x[0] if isinstance(x, list) else x


def _refused(message: Text) -> RequestError:
    return RequestError(WHAT, message)
